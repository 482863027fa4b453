/**
 * The callbacks that a trigger has processed. Kept twice: in this process, because n8n gives each
 * request its own copy of the static data, and in that static data, for the next process.
 *
 * What this guarantees: n8n saves the static data after it has responded, in regular and queue mode
 * alike, so a delivery that is repeated later is recognized, also after a restart and in another
 * process. Of simultaneous deliveries one process accepts one; two webhook processes may accept one
 * each. n8n's processed data would not change that: it reads and writes without a lock, and is not
 * available to webhooks. An execution of the same workflow that writes static data at the same time
 * may save an older copy; the process that handled a callback still knows it.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { Marks, type Mark } from '../callbacks/marks';

export interface ProcessedCallbacks {
	has(mark: Mark): boolean;
	add(...marks: readonly Mark[]): void;
	forget(...marks: readonly Mark[]): void;
}

const SLOT = 'callbacks';
/** Milliseconds; by then the results have expired and the provider has stopped retrying. */
const WEEK = 7 * 24 * 3600 * 1000;
const inThisProcess = new Map<string, Marks>();

/** Something that happened to a task, once. */
export const taskMark = (taskId: string, what: 'begun' | 'ended'): Mark => ({
	name: `${taskId} ${what}`,
	age: WEEK,
});

/** The callbacks processed by this node. The editor's test URL remembers none, so that a test can be repeated. */
export function processedBy(context: IWebhookFunctions): ProcessedCallbacks {
	const test = context.getMode() === 'manual';
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const marks = (test ? undefined : inThisProcess.get(key)) ?? new Marks();
	const saved = test ? {} : context.getWorkflowStaticData('node');
	if (!test) inThisProcess.set(key, marks);
	marks.merge(saved[SLOT], Date.now());
	return {
		has: ({ name }) => marks.has(name, Date.now()),
		add: (...added) => {
			const now = Date.now();
			for (const { name, age } of added) marks.add(name, now, age);
			saved[SLOT] = marks.saved;
		},
		forget: (...gone) => gone.forEach(({ name }) => marks.forget(name)),
	};
}

/**
 * Which callbacks a trigger has handled. Kept twice: in this process, since n8n gives each request a
 * copy of the static data of its own, and in that static data, for the next process.
 *
 * What holds: n8n saves the static data when it has answered, in regular and in queue mode alike, so
 * a delivery that is repeated after that is known, after a restart and in another process too. Of
 * deliveries at the same moment one process lets one through; two webhook processes may let one
 * through each. n8n's processed data would not change that: it reads and writes without a lock, and
 * webhooks are not given it. An execution of the same workflow that writes static data itself at the
 * same time can put an older copy in the database; the process that handled a callback still knows it.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { Marks } from '../callbacks/marks';

/** What a callback is known by. */
export interface Mark {
	readonly name: string;
	/** How long it is kept, in milliseconds. */
	readonly age: number;
}

export interface ProcessedCallbacks {
	has(mark: Mark): boolean;
	add(...marks: readonly Mark[]): void;
	forget(...marks: readonly Mark[]): void;
}

const SLOT = 'callbacks';
/** Milliseconds; results are gone by then, and so are the provider's tries. */
const WEEK = 7 * 24 * 3600 * 1000;
const inThisProcess = new Map<string, Marks>();

/** A nonce: its signed date may lie the clock skew (milliseconds) ahead, and is good until it lies as far behind. */
export const nonceMark = (nonce: string, maxClockSkew: number): Mark => ({
	name: `nonce ${nonce}`,
	age: 2 * maxClockSkew,
});

/** Something that happened to a task, once. */
export const taskMark = (taskId: string, what: 'begun' | 'ended'): Mark => ({
	name: `${taskId} ${what}`,
	age: WEEK,
});

/** The callbacks handled by this node. The editor's test URL remembers nothing, so that a test can be repeated. */
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

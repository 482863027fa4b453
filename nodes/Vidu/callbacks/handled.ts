/**
 * Which callbacks a trigger has handled, for the last 250 or so of a week. Kept twice: in this
 * process, since n8n gives each request a copy of the static data of its own, and in that static
 * data, for the next process.
 *
 * What holds: n8n saves the static data when it has answered, in regular and in queue mode alike, so
 * a delivery that is repeated after that is known, after a restart and in another process too. Of
 * deliveries at the same moment one process lets one through; two webhook processes may let one
 * through each. An execution of the same workflow that writes static data itself at the same time
 * can put an older copy in the database; the process that handled a callback still knows it.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { seenIn, type Marks, type Seen } from './nonces';

const SLOT = 'callbacks';
/** Milliseconds. */
const WEEK = 7 * 24 * 3600 * 1000;
const inThisProcess = new Map<string, Marks>();

/** The callbacks handled by this node. The editor's test URL remembers nothing, so that a test can be repeated. */
export function handledBy(context: IWebhookFunctions): Seen {
	if (context.getMode() === 'manual') return seenIn(new Map(), Date.now(), WEEK);
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const marks: Marks = inThisProcess.get(key) ?? new Map();
	inThisProcess.set(key, marks);
	const saved = context.getWorkflowStaticData('node');
	for (const [mark, at] of Object.entries((saved[SLOT] ?? {}) as Record<string, number>)) {
		if (!marks.has(mark)) marks.set(mark, at);
	}
	const seen = seenIn(marks, Date.now(), WEEK);
	const save = () => {
		saved[SLOT] = Object.fromEntries(marks);
	};
	return {
		has: seen.has,
		add: (...added) => {
			seen.add(...added);
			save();
		},
		forget: (...gone) => {
			seen.forget(...gone);
			save();
		},
	};
}

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
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { seenIn, type Seen } from './nonces';

const SLOT = 'callbacks';
/** Milliseconds. */
const WEEK = 7 * 24 * 3600 * 1000;
const inThisProcess = new Map<string, IDataObject>();

/** The callbacks handled by this node. The editor's test URL remembers nothing, so that a test can be repeated. */
export function handledBy(context: IWebhookFunctions): Seen {
	if (context.getMode() === 'manual') return seenIn({}, SLOT, Date.now(), WEEK);
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const saved = context.getWorkflowStaticData('node');
	const known = inThisProcess.get(key) ?? {};
	inThisProcess.set(key, known);
	known[SLOT] = { ...(saved[SLOT] as IDataObject), ...(known[SLOT] as IDataObject) };
	const seen = seenIn(known, SLOT, Date.now(), WEEK);
	const save = () => {
		saved[SLOT] = { ...(known[SLOT] as IDataObject) };
	};
	return {
		has: seen.has,
		add: (...marks) => {
			seen.add(...marks);
			save();
		},
		forget: (...marks) => {
			seen.forget(...marks);
			save();
		},
	};
}

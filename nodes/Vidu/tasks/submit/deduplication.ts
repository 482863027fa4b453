/**
 * Which task was submitted under a deduplication key (`dedupeKey`, such as a row ID), for later
 * executions. Only a hint: n8n saves static data as a whole, at the end of production executions, and
 * the last writer wins. Who may submit is decided in `claims`.
 */
import type { IDataObject } from 'n8n-workflow';
import type { SubmissionStore, Submission } from './submissions';

type Kept = Pick<Submission, 'state' | 'taskId' | 'at'>;

/** Keeps the workflow's row in n8n's database small. */
const MAX_KEYS = 1000;
/** Milliseconds. Providers keep results for a day; their task lists reach back further. */
export const MAX_AGE = 30 * 24 * 3600 * 1000;

/** The hints of a node; `staticData` of the whole workflow, because that of a node depends on its name. `now` in milliseconds. */
export function keyedSubmissionsIn(
	staticData: IDataObject,
	nodeId: string,
	now: () => number,
): SubmissionStore {
	const slot = `vidu:${nodeId}`;
	const kept = () => (staticData[slot] ?? {}) as unknown as Record<string, Kept>;
	// n8n only detects that the slot itself is set.
	const keep = (entries: Array<[string, Kept]>) => {
		staticData[slot] = Object.fromEntries(entries) as unknown as IDataObject;
	};
	const isYoung = ({ at }: Kept) => now() - at < MAX_AGE;
	return {
		get: (key) => {
			const known = kept()[key];
			return known && isYoung(known) ? known : undefined;
		},
		set: (key, { state, taskId, at }) => {
			// An answer without a task is not kept here.
			if (!taskId) return;
			const young = Object.entries({ ...kept(), [key]: { state, taskId, at } }).filter(([, one]) =>
				isYoung(one),
			);
			keep(young.sort(([, a], [, b]) => b.at - a.at).slice(0, MAX_KEYS));
		},
		delete: (key) => {
			if (key in kept()) keep(Object.entries(kept()).filter(([other]) => other !== key));
		},
	};
}

/**
 * The user's own key for a purchase (`dedupeKey`, such as a row id): within the memory of the
 * workflow the same key gives the task that was bought, instead of buying another. n8n saves that
 * memory after production executions only, and each execution reads it when it starts.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Memory, Purchase } from './memory';

type Kept = Pick<Purchase, 'state' | 'taskId' | 'at' | 'marker'>;

const SLOT = 'dedupe';
/** So that the workflow's row in n8n's database stays small. */
const MAX_KEYS = 1000;
/** Milliseconds. Providers keep results for a day; their task lists reach back further. */
const MAX_AGE = 30 * 24 * 3600 * 1000;

/** The memory of this node in this workflow, across executions. `now` in milliseconds. */
export function dedupeMemoryOf(staticData: IDataObject, now: () => number): Memory {
	const kept = () => (staticData[SLOT] ?? {}) as unknown as Record<string, Kept>;
	// n8n notices only that the slot itself is set.
	const keep = (entries: Array<[string, Kept]>) => {
		staticData[SLOT] = Object.fromEntries(entries) as unknown as IDataObject;
	};
	const isYoung = ({ at }: Kept) => now() - at < MAX_AGE;
	return {
		recall: (key) => {
			const known = kept()[key];
			return known && isYoung(known) ? known : undefined;
		},
		remember: (key, { state, taskId, at, marker }) => {
			const entry: Kept = { state, taskId, at, ...(marker !== undefined && { marker }) };
			const young = Object.entries({ ...kept(), [key]: entry }).filter(([, one]) => isYoung(one));
			keep(young.sort(([, a], [, b]) => b.at - a.at).slice(0, MAX_KEYS));
		},
		forget: (key) => keep(Object.entries(kept()).filter(([other]) => other !== key)),
	};
}

/**
 * The user's own key for a purchase (`dedupeKey`, such as a row id): within the memory of the
 * workflow the same key gives the task that was bought, instead of buying another. n8n saves that
 * memory after production executions only, and each execution reads it when it starts.
 */
import type { IDataObject } from 'n8n-workflow';

interface Known {
	readonly taskId: string;
	/** Milliseconds since 1970. */
	readonly at: number;
}

export interface DedupeMemory {
	/** The task bought under this key, if it is not too old. */
	find(key: string): string | undefined;
	remember(key: string, taskId: string): void;
}

const SLOT = 'dedupe';
/** So that the workflow's row in n8n's database stays small. */
const MAX_KEYS = 1000;
/** Milliseconds. Providers keep results for a day; their task lists reach back further. */
const MAX_AGE = 30 * 24 * 3600 * 1000;

/** The memory of this node in this workflow. `now` in milliseconds. */
export function dedupeMemoryOf(staticData: IDataObject, now: () => number): DedupeMemory {
	const keys = () => (staticData[SLOT] ?? {}) as unknown as Record<string, Known>;
	return {
		find: (key) => {
			const known = keys()[key];
			return known && now() - known.at < MAX_AGE ? known.taskId : undefined;
		},
		remember: (key, taskId) => {
			const entries = Object.entries({ ...keys(), [key]: { taskId, at: now() } })
				.filter(([, { at }]) => now() - at < MAX_AGE)
				.sort(([, a], [, b]) => b.at - a.at)
				.slice(0, MAX_KEYS);
			staticData[SLOT] = Object.fromEntries(entries) as unknown as IDataObject;
		},
	};
}

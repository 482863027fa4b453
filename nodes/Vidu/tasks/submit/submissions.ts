/**
 * What was bought, kept in the node's execution context: it survives n8n's Retry On Fail and the
 * retry of a failed execution, so that a paid task is picked up again instead of bought twice.
 */
import type { IContextObject } from 'n8n-workflow';
import { createHash } from 'crypto';
import type { Task } from '../../providers/types';

/**
 * `sending` is written before the request leaves: if nothing follows, the task may exist.
 * `doubtful`: the answer did not say. `submitted`: the task exists under `taskId`.
 */
export interface Purchase {
	readonly state: 'sending' | 'doubtful' | 'submitted';
	readonly taskId: string | null;
	/** Milliseconds since 1970. */
	readonly at: number;
	/** What the provider answered, where that was final: it may not be told again. */
	readonly ended?: Task;
	/** As in the request's payload, where it is ours. */
	readonly marker?: string;
}

export interface Memory {
	recall(key: string): Purchase | undefined;
	remember(key: string, purchase: Purchase): void;
	forget(key: string): void;
}

const SLOT = 'viduPurchases';

/** The memory of this node in this execution. */
export function memoryOf(context: IContextObject): Memory {
	const purchases = (context[SLOT] ??= {}) as Record<string, Purchase>;
	return {
		recall: (key) => purchases[key],
		remember: (key, purchase) => {
			purchases[key] = purchase;
		},
		forget: (key) => {
			delete purchases[key];
		},
	};
}

/** The tasks that this node has bought in this execution. */
export function tasksIn(context: IContextObject): Set<string> {
	const purchases = Object.values((context[SLOT] ?? {}) as Record<string, Purchase>);
	return new Set(purchases.flatMap(({ taskId }) => taskId ?? []));
}

/** Several memories as one: the newest that any of them knows counts, since another execution may have bought since. */
export function together(...memories: readonly Memory[]): Memory {
	return {
		recall: (key) =>
			memories
				.map((memory) => memory.recall(key))
				.reduce((newest, one) => ((one?.at ?? 0) > (newest?.at ?? 0) ? one : newest), undefined),
		remember: (key, purchase) => {
			for (const memory of memories) memory.remember(key, purchase);
		},
		forget: (key) => {
			for (const memory of memories) memory.forget(key);
		},
	};
}

/** What stands for a request in a key: a changed one is a new purchase. */
export function digestOf(request: unknown): string {
	return createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 16);
}

/** The key of the purchase that follows one whose task failed without a charge. */
export function keyAfter(key: string, taskId: string): string {
	return `${key}#${taskId}`;
}

/** The last purchase under a key, after those that failed without a charge. */
export function lastPurchase(memory: Memory, key: string): Purchase | undefined {
	const purchase = memory.recall(key);
	const { taskId = null } = purchase ?? {};
	return (taskId === null ? undefined : lastPurchase(memory, keyAfter(key, taskId))) ?? purchase;
}

/**
 * What was bought, kept in the node's execution context: it survives n8n's Retry On Fail and the
 * retry of a failed execution, so that a paid task is picked up again instead of bought twice.
 */
import type { IContextObject } from 'n8n-workflow';
import { createHash } from 'crypto';
import type { Task } from '../providers/types';

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
	/** Where the provider was told to report, if it was. */
	readonly callbackUrl?: string;
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

/** Tells apart runs of the node in a loop, items, and what was asked: a changed request is a new purchase. */
export function purchaseKey(runIndex: number, itemIndex: number, request: unknown): string {
	const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 16);
	return `${runIndex}:${itemIndex}:${digest}`;
}

/** The types that the scheduler shares with what submits, polls and delivers. Plain data. */
import type { Task } from '../../providers/types';
import type { Failure } from '../../transport/failure';
import type { ItemContext } from './itemContext';
import type { RunSettings } from './settings';

export interface Pace {
	/** How long the task is expected to take. A guess that affects when to poll, never the result. */
	readonly expected: number;
	/** The user's fixed interval, if any. */
	readonly interval: number | null;
	/** Whether the provider sends a callback when the task has ended. */
	readonly rings?: boolean;
	/** Tasks with the same text take about as long; absent: how long they take is not learned. */
	readonly timedAs?: string;
}

/** A task that is being polled. */
export interface Followed {
	/** When it was submitted or re-attached to. */
	readonly since: number;
	task: Task;
	/** Since when every poll was refused, or showed a success without a result; null if it is neither. */
	refusedSince: number | null;
	emptySince: number | null;
}

/** How long a task was in the provider's queue and in work, as seen by polling, in milliseconds. */
export interface Took {
	readonly queued: number;
	readonly rendered: number;
}

export interface Job {
	readonly pace: Pace;
	/** Maximum time that the task may take, in milliseconds from its submission. */
	readonly timeout: number;
	/** False outputs the task as soon as it is submitted. */
	readonly wait: boolean;
	/** How long reading the task must be refused until that counts, in milliseconds; absent: as for a task that this node submitted. */
	readonly patience?: number;
	/** Its task, if an earlier run has submitted it. */
	readonly going?: Followed;
}

/** A job of the node. Plain data, because it is kept during a suspension. */
export interface ItemJob extends Job {
	readonly itemIndex: number;
	readonly settings: RunSettings;
	/** Identifies its submissions in the execution and its retries. */
	readonly key: string;
	readonly item: ItemContext;
}

export type Submitted =
	/** `fresh`: submitted just now. */
	| { readonly kind: 'task'; readonly task: Task; readonly fresh?: true }
	/**
	 * Not accepted; `retryAfter` in milliseconds. `failure` is what to report when time runs out: soon
	 * if `unreachable`, else after the job's timeout.
	 */
	| {
			readonly kind: 'busy';
			readonly retryAfter: number | null;
			readonly unreachable?: true;
			readonly failure: Failure;
	  }
	| { readonly kind: 'failure'; readonly failure: Failure };

export interface Statuses {
	/** The tasks that could be read, by task ID. */
	readonly tasks: ReadonlyMap<string, Task>;
	/** Tasks that the provider refused to show this time. */
	readonly refused: ReadonlyMap<string, Failure>;
	/** Set if a request got no usable response; `retryAfter` in milliseconds, `reason` for the user. */
	readonly trouble: { readonly retryAfter: number | null; readonly reason?: string } | null;
}

export type Outcome<R> =
	| { readonly ok: true; readonly result: R }
	| { readonly ok: false; readonly failure: Failure };

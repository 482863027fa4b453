/** The types that the scheduler shares with what submits, polls and delivers. Plain data. */
import type { Task } from '../../providers/types';
import type { Failure } from '../../transport/failure';
import type { Followed } from '../poll/follow';
import type { Pace } from '../poll/intervals';

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

export type Submitted =
	| { readonly kind: 'task'; readonly task: Task }
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

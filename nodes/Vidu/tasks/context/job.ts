/** What the scheduler, what it is given and what comes of it speak of. Plain data. */
import type { Task } from '../../providers/types';
import type { Failure } from '../../transport/failure';
import type { Followed } from '../poll/follow';
import type { Pace } from '../poll/intervals';

export interface Job {
	readonly pace: Pace;
	/** How long the task may take, in milliseconds from its submission. */
	readonly timeout: number;
	/** False hands the task over as soon as it is submitted. */
	readonly wait: boolean;
	/** How long a refusal to show the task must repeat until it counts, in milliseconds; absent: as for a task that was bought. */
	readonly patience?: number;
	/** Its task, where an earlier run has submitted it. */
	readonly going?: Followed;
}

export type Submitted =
	| { readonly kind: 'task'; readonly task: Task }
	/**
	 * Not taken; `retryAfter` in milliseconds. `failure` is what to report when time runs out:
	 * where `unreachable` soon, else with the job's timeout.
	 */
	| {
			readonly kind: 'busy';
			readonly retryAfter: number | null;
			readonly unreachable?: true;
			readonly failure: Failure;
	  }
	| { readonly kind: 'failure'; readonly failure: Failure };

export interface Statuses {
	/** The tasks that could be read, by task id. */
	readonly tasks: ReadonlyMap<string, Task>;
	/** Tasks whose status the provider refused to tell this time. */
	readonly refused: ReadonlyMap<string, Failure>;
	/** Set when a request got no usable answer; `retryAfter` in milliseconds, `reason` for the user. */
	readonly trouble: { readonly retryAfter: number | null; readonly reason?: string } | null;
}

export type Outcome<R> =
	| { readonly ok: true; readonly result: R }
	| { readonly ok: false; readonly failure: Failure };

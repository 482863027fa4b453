/** What the scheduler needs, and the result of a run. */
import type { Task } from '../../providers/types';
import type { Failure } from '../../transport/failure';
import type { Job, Outcome, Statuses, Submitted, Took } from '../context/job';
import type { LearnedTimes } from './learned';
import type { Running } from './watch';

export interface SchedulerDeps<J extends Job, R> {
	/** Milliseconds: of a monotonic clock, or since 1970 if the run sleeps. */
	now(): number;
	/** Waits; may return early if the execution is stopped. */
	sleep(milliseconds: number): Promise<void>;
	stopped(): boolean;
	/** What is known of how long tasks take, and where it is noted. */
	readonly times: LearnedTimes;
	submit(job: J): Promise<Submitted>;
	/** Polls these tasks. */
	fetchStatuses(taskIds: readonly string[]): Promise<Statuses>;
	/** Turns a task into a result: one that succeeded (including downloads), or one that is not awaited. `took` if this run has seen all of it. */
	deliver(job: J, task: Task, took?: Took): Promise<R | Failure>;
	isFailure(result: R | Failure): result is Failure;
	/** Explains why a task failed or was cancelled. */
	explain(job: J, task: Task): Failure;
	/** Waits even if the execution was stopped. */
	sleepIgnoringStop(milliseconds: number): Promise<void>;
	/** Called before each pause in submitting, with its length in milliseconds and the reason. */
	pausing(milliseconds: number, reason: Failure): void;
}

export interface RunOptions {
	/** Most tasks in flight at the same time. */
	readonly maxConcurrency: number;
	/** Least time between two submits, in milliseconds. */
	readonly submitGap: number;
	/** Whether to end the run at the first failure, which then names the running tasks. */
	readonly stopAtFailure: boolean;
	/** Lets the run end when it would have to wait; null makes it wait. `blockedSince`: from the last turn. */
	readonly asleep: { readonly blockedSince: number | null } | null;
}

export interface RunResult<R> {
	/** By position of the job; undefined for unfinished jobs. */
	readonly outcomes: ReadonlyArray<Outcome<R> | undefined>;
	readonly stopped: boolean;
	/** Tasks that were running or not yet delivered when the run ended early. */
	readonly leftRunning: readonly Running[];
	/** When to continue, if the run ended only to sleep; null if it is over. */
	readonly sleepUntil: number | null;
	/** Since when no job was accepted; null if submitting is possible. */
	readonly blockedSince: number | null;
}

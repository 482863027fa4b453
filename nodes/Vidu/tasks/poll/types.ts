/** What the scheduler is given, and what comes of a run. */
import type { Task } from '../../providers/types';
import type { Failure } from '../../transport/failure';
import type { Job, Outcome, Statuses, Submitted } from '../context/job';
import type { Running } from './watch';

export interface SchedulerDeps<J extends Job, R> {
	/** Milliseconds: of a clock that nobody sets, or since 1970 where the run sleeps. */
	now(): number;
	/** Waits; may return early when the execution is stopped. */
	sleep(milliseconds: number): Promise<void>;
	stopped(): boolean;
	submit(job: J): Promise<Submitted>;
	/** One look at these tasks. */
	fetchStatuses(taskIds: readonly string[]): Promise<Statuses>;
	/** Turns a task into a result: one that succeeded (downloads and all), or one that is not waited for. */
	deliver(job: J, task: Task): Promise<R | Failure>;
	isFailure(result: R | Failure): result is Failure;
	/** Says why a task that failed or was cancelled did so. */
	explain(job: J, task: Task): Failure;
	/** Waits, also when the execution was stopped. */
	sleepIgnoringStop(milliseconds: number): Promise<void>;
	/** Told before each pause in which nothing is submitted, in milliseconds, and why. */
	pausing(milliseconds: number, reason: Failure): void;
}

export interface RunOptions {
	/** Tasks in flight at once. */
	readonly maxConcurrency: number;
	/** Least time between two submits, in milliseconds. */
	readonly submitGap: number;
	/** End the run at the first failure; tasks already running are named in it. */
	readonly stopAtFailure: boolean;
	/** Ends the run where nothing is to be done for a while; null waits in it. `blockedSince`: as that of the last run. */
	readonly asleep: { readonly blockedSince: number | null } | null;
}

export interface RunResult<R> {
	/** By position of the job; undefined for jobs that were not reached. */
	readonly outcomes: ReadonlyArray<Outcome<R> | undefined>;
	readonly stopped: boolean;
	/** Tasks still running, or not yet delivered, when the run ended early. */
	readonly leftRunning: readonly Running[];
	/** When to go on, where the run ended only to sleep; null where it is over. */
	readonly sleepUntil: number | null;
	/** Since when no job was taken; null while the way is free. */
	readonly blockedSince: number | null;
}

/**
 * Runs the jobs of one node run side by side: submits up to the limit, looks at all running tasks
 * together, hands finished ones over. Knows neither n8n nor HTTP; clock and network are passed in.
 *
 * Rules that must not regress:
 * - `submit` is called again for a job only after it said `busy`, that is: certainly not taken.
 * - Trouble while looking at tasks never ends a job before its deadline, and the last look comes after that.
 * - One pause holds all submits back, not one each; after it one submit goes first to see whether the way is free.
 * - Whatever is passed in may throw: that is the failure of its job, and the others go on.
 * - A run that sleeps ends where it would have to wait for long, and its jobs go on in the next one.
 */
import type { Task } from '../../providers/types';
import { failureOf, sentences, type Failure } from '../../transport/failure';
import { followed, takeIn, takeInLook, untilRecheck, type Followed, type Seen } from './follow';
import { PATIENCE } from './patience';
import { backoff, LEAST_SLEEP, untilNextPoll, untilNextWake, type Pace } from './intervals';

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

export type Outcome<R> =
	| { readonly ok: true; readonly result: R }
	| { readonly ok: false; readonly failure: Failure };

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

/** A task that is waited for, and the position of its job. */
export interface Running extends Followed {
	readonly position: number;
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

/** How long a wait lasts at most before the stop signal is looked at again. */
const STOP_CHECK = 250;
/** Downloads at the same time. */
export const MAX_DELIVERIES = 3;
/** How long a stopped run waits for the answers to its last orders, in slices. Milliseconds. */
const LAST_ANSWERS = 600;
const SLICE = 50;

/** A pause that is too short to sleep, in milliseconds. */
const NAP = 15_000;

/** After so many refusals in a row the pause is long enough to sleep; the run that wakes tries once. */
const TRIES_AWAKE = 4;

/** A task that rings may have done so in vain while the run was awake for longer than this, in milliseconds. */
const DEAF = 2_000;

interface Watched extends Running {
	lookAt: number;
	seenAt: number;
}

type Busy = Extract<Submitted, { kind: 'busy' }>;

/** Runs all jobs to their end. Resolves when each has an outcome, when stopped, at the first failure if asked, or to sleep if it may. Never throws. */
export async function runJobs<J extends Job, R>(
	jobs: readonly J[],
	deps: SchedulerDeps<J, R>,
	{ maxConcurrency, submitGap, stopAtFailure, asleep }: RunOptions,
): Promise<RunResult<R>> {
	const outcomes: Array<Outcome<R> | undefined> = jobs.map(() => undefined);
	const start = deps.now();
	const waiting: number[] = [];
	const running = new Set<Watched>();
	for (const [position, { going }] of jobs.entries()) {
		if (going === undefined) waiting.push(position);
		else running.add({ ...going, position, lookAt: start, seenAt: start });
	}
	const ready: Watched[] = [];
	let submitting = 0;
	const delivering = new Set<Watched>();
	let looking = false;
	let submitFrom = start;
	/** Since when nothing was taken; null while the way is free. */
	let blockedSince = asleep?.blockedSince ?? null;
	let busyInARow = blockedSince === null ? 0 : TRIES_AWAKE;
	let busySince = start;
	let sleepUntil: number | null = null;
	let troubleInARow = 0;
	let wake = (): void => undefined;
	/** A defect of ours: ends the run instead of leaving it waiting. */
	const defects: unknown[] = [];
	const inBackground = (work: Promise<void>) => {
		work.catch((defect: unknown) => {
			defects.push(defect);
			wake();
		});
	};

	const untilNext = asleep === null ? untilNextPoll : untilNextWake;
	const jobAt = (position: number) => jobs[position] as J;
	const unsettled = () => outcomes.some((outcome) => outcome === undefined);
	const failed = () => outcomes.some((outcome) => outcome?.ok === false);
	const settle = (position: number, outcome: Outcome<R>) => {
		outcomes[position] = outcome;
		wake();
	};
	const fail = (position: number, reason: Failure) =>
		settle(position, { ok: false, failure: reason });

	async function submit(position: number): Promise<void> {
		const begun = deps.now();
		submitting += 1;
		submitFrom = Math.max(submitFrom, begun + submitGap);
		const answer = await orElse(
			async () => await deps.submit(jobAt(position)),
			(defect): Submitted => ({ kind: 'failure', failure: failureOf(defect) }),
		);
		submitting -= 1;
		if (answer.kind === 'busy') {
			holdBack(position, answer, begun);
		} else {
			busyInARow = 0;
			blockedSince = null;
			if (answer.kind === 'failure') fail(position, answer.failure);
			else follow(position, answer.task);
		}
		wake();
	}

	/** Puts a job that was not taken back in front, or gives it up. */
	function holdBack(position: number, { retryAfter, unreachable, failure }: Busy, begun: number) {
		const now = deps.now();
		blockedSince ??= begun;
		const { timeout } = jobAt(position);
		const left =
			blockedSince + Math.min(timeout, unreachable ? PATIENCE.unreachable : Infinity) - now;
		if (left <= 0) {
			const seconds = Math.round((retryAfter ?? 0) / 1000);
			const tooLong =
				(retryAfter ?? 0) > timeout &&
				`The provider asked for a pause of ${seconds} s, longer than the "Timeout" of this node`;
			const reason = { ...failure, description: sentences(failure.description, tooLong) };
			fail(position, reason);
			// The others would try no other server.
			if (unreachable) for (const other of waiting.splice(0)) fail(other, reason);
			return;
		}
		// Refusals of submits that were on their way together are one.
		if (begun >= busySince) {
			busyInARow += 1;
			busySince = now;
		}
		// A run that may sleep does not stay awake for a server that says "in a second" for hours.
		const least = asleep === null ? 0 : backoff(busyInARow, null);
		const pause = Math.min(Math.max(least, backoff(busyInARow, retryAfter)), left);
		if (now + pause > submitFrom) {
			submitFrom = now + pause;
			deps.pausing(pause, failure);
		}
		waiting.unshift(position);
	}

	/** Takes up a task: new, or found again after a retry. */
	function follow(position: number, task: Task): void {
		const now = deps.now();
		const { pace, timeout, wait } = jobAt(position);
		const lookAt = now + Math.min(untilNext(0, pace), timeout);
		const entry: Watched = { ...followed(task, now), position, lookAt, seenAt: now };
		if (wait) place(entry, takeIn(entry, task, now));
		else ready.push(entry);
	}

	/** Puts a task where it belongs after it was seen. */
	function place(entry: Watched, seen: Seen): void {
		if (seen === 'running') {
			running.add(entry);
			return;
		}
		running.delete(entry);
		if (seen === 'ready') ready.push(entry);
		else if (seen === 'failed') fail(entry.position, explained(entry));
		else fail(entry.position, seen);
	}

	function explained({ position, task }: Watched): Failure {
		try {
			return deps.explain(jobAt(position), task);
		} catch (defect) {
			return failureOf(defect, { task });
		}
	}

	async function look(): Promise<void> {
		looking = true;
		const begun = deps.now();
		const entries = [...running];
		const statuses = await orElse(
			async () => await deps.fetchStatuses([...new Set(entries.map(({ task }) => task.taskId))]),
			(defect): Statuses => ({
				tasks: new Map(),
				refused: new Map(),
				trouble: { retryAfter: null, reason: failureOf(defect).message },
			}),
		);
		const { tasks, trouble } = statuses;
		const now = deps.now();
		troubleInARow = trouble === null ? 0 : troubleInARow + 1;
		for (const entry of entries) {
			const job = jobAt(entry.position);
			place(entry, takeInLook(entry, job, statuses, begun));
			entry.seenAt = now;
			const unread = trouble !== null && !tasks.has(entry.task.taskId);
			const next = unread
				? backoff(troubleInARow, trouble.retryAfter)
				: Math.min(untilNext(now - entry.since, job.pace), untilRecheck(entry, job));
			const pause = asleep === null ? next : Math.max(next, LEAST_SLEEP);
			entry.lookAt = Math.max(now, Math.min(now + pause, entry.since + job.timeout));
		}
		looking = false;
		wake();
	}

	async function deliver(entry: Watched): Promise<void> {
		const { position, task } = entry;
		delivering.add(entry);
		const result = await orElse(
			async () => await deps.deliver(jobAt(position), task),
			(defect) => failureOf(defect, { task }),
		);
		delivering.delete(entry);
		settle(
			position,
			deps.isFailure(result) ? { ok: false, failure: result } : { ok: true, result },
		);
	}

	/** A failure ends the run, but not before the answers to requests on their way are known. */
	const ending = () => (stopAtFailure && failed()) || defects.length > 0;
	const over = () => deps.stopped() || !unsettled() || (ending() && submitting === 0);

	/** Whether nothing is being done, or can be at this moment. */
	const idle = () => submitting + delivering.size + ready.length === 0 && !looking;

	while (!over()) {
		const now = deps.now();
		while (
			waiting.length > 0 &&
			!ending() &&
			now >= submitFrom &&
			running.size + submitting < maxConcurrency &&
			(busyInARow === 0 || submitting === 0)
		) {
			inBackground(submit(waiting.shift() as number));
		}
		while (ready.length > 0 && delivering.size < MAX_DELIVERIES)
			inBackground(deliver(ready.shift() as Watched));
		// A few early looks are cheaper than another request a moment later.
		if (!looking && [...running].some(({ lookAt }) => lookAt <= now)) inBackground(look());
		if (over()) break;
		const due = [
			...[...running].map(({ lookAt }) => lookAt),
			...(waiting.length > 0 && running.size < maxConcurrency ? [submitFrom] : []),
		].filter((time) => time > now);
		const first = Math.min(...due);
		if (asleep !== null && idle() && first > now + NAP) {
			const unheard = [...running].filter(
				({ position, seenAt }) => jobAt(position).pace.rings === true && now - seenAt > DEAF,
			);
			for (const entry of unheard) entry.lookAt = now;
			if (unheard.length > 0) continue;
			sleepUntil = first;
			break;
		}
		const next = Math.min(now + STOP_CHECK, first);
		await Promise.race([
			deps.sleep(Math.max(1, next - now)),
			new Promise<void>((resolve) => {
				wake = resolve;
			}),
		]);
	}
	// Orders on their way when the execution is stopped: their answers say what is paid for.
	for (let waited = 0; deps.stopped() && submitting > 0 && waited < LAST_ANSWERS; waited += SLICE) {
		await deps.sleepIgnoringStop(SLICE);
	}
	const leftRunning = [...running, ...ready, ...delivering];
	if (defects.length > 0) {
		for (const [position, outcome] of outcomes.entries()) {
			const task = leftRunning.find((left) => left.position === position)?.task ?? null;
			if (outcome === undefined) fail(position, failureOf(defects[0], { task }));
		}
	}
	return { outcomes, stopped: deps.stopped(), leftRunning, sleepUntil, blockedSince };
}

/** The result of work, or what stands for it where it throws. */
async function orElse<T>(work: () => Promise<T>, otherwise: (defect: unknown) => T): Promise<T> {
	try {
		return await work();
	} catch (defect) {
		return otherwise(defect);
	}
}

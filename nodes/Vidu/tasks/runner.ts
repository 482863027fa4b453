/**
 * Runs the jobs of one node run side by side: submits up to the limit, looks at all running tasks
 * together, hands finished ones over. Knows neither n8n nor HTTP; clock and network are passed in.
 *
 * Rules that must not regress:
 * - `submit` is called again for a job only after it said `busy`, that is: certainly not taken.
 * - Trouble while looking at tasks never ends a job before its deadline.
 * - One pause holds all submits back, not one each; after it one submit goes first to see whether the way is free.
 */
import { hasFailed, type Task } from '../providers/types';
import { failure, fetchLater, sentences, type Failure } from '../transport/failure';
import { backoff, untilNextLook, type Pace } from './schedule';

export interface Job {
	readonly pace: Pace;
	/** How long the task may take, in milliseconds from its submission. */
	readonly timeout: number;
	/** False hands the task over as soon as it is submitted. */
	readonly wait: boolean;
}

export type Submitted =
	| { readonly kind: 'task'; readonly task: Task }
	/** Not taken; `retryAfter` in milliseconds. `failure` is what to report when time runs out. */
	| { readonly kind: 'busy'; readonly retryAfter: number | null; readonly failure: Failure }
	| { readonly kind: 'failure'; readonly failure: Failure };

export interface Statuses {
	/** The tasks that could be read, by task id. */
	readonly tasks: ReadonlyMap<string, Task>;
	/** Tasks whose status the provider refuses to tell, for good. */
	readonly refused: ReadonlyMap<string, Failure>;
	/** Set when a request got no usable answer; `retryAfter` in milliseconds, `reason` for the user. */
	readonly trouble: { readonly retryAfter: number | null; readonly reason?: string } | null;
}

export interface Surroundings<J extends Job, R> {
	/** Milliseconds. */
	now(): number;
	/** Waits; may return early when the execution is stopped. */
	sleep(milliseconds: number): Promise<void>;
	stopped(): boolean;
	submit(job: J): Promise<Submitted>;
	/** One look at these tasks. */
	look(taskIds: readonly string[]): Promise<Statuses>;
	/** Turns a task into a result: one that succeeded (downloads and all), or one that is not waited for. */
	deliver(job: J, task: Task): Promise<R | Failure>;
	isFailure(result: R | Failure): result is Failure;
	/** Says why a task that failed or was cancelled did so. */
	explain(job: J, task: Task): Failure;
	/** Waits, also when the execution was stopped. */
	linger(milliseconds: number): Promise<void>;
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
}

export interface RunResult<R> {
	/** By position of the job; undefined for jobs that were not reached. */
	readonly outcomes: ReadonlyArray<Outcome<R> | undefined>;
	readonly stopped: boolean;
	/** Tasks still running, or not yet delivered, when the run ended early. */
	readonly leftRunning: ReadonlyArray<{ readonly position: number; readonly task: Task }>;
}

/** How long a wait lasts at most before the stop signal is looked at again. */
const STOP_CHECK = 250;
/** Downloads at the same time. */
export const MAX_DELIVERIES = 3;
/** How long a stopped run waits for the answers to its last orders, in slices. Milliseconds. */
const LAST_ANSWERS = 600;
const SLICE = 50;
/** A gateway may not know a task yet that it has just taken. Milliseconds. */
const NEW_TASK = 30_000;

function reallyRefused(refusal: Failure | undefined, age: number): Failure | undefined {
	return refusal?.httpStatus === 404 && age < NEW_TASK ? undefined : refusal;
}

/** Some values are told once only, with the answer to the create request. */
export type Told = Pick<Task, 'createdAt' | 'credits' | 'payload'>;

/** A task as it was seen, with what only an earlier answer told. */
export function withEarlier(seen: Task, earlier: Told): Task {
	return {
		...seen,
		createdAt: seen.createdAt ?? earlier.createdAt,
		credits: seen.credits ?? earlier.credits,
		payload: seen.payload ?? earlier.payload,
	};
}

interface Running {
	readonly position: number;
	readonly since: number;
	task: Task;
	lookAt: number;
}

/** Runs all jobs to their end. Resolves when each has an outcome, when stopped, or at the first failure if asked. */
export async function runJobs<J extends Job, R>(
	jobs: readonly J[],
	around: Surroundings<J, R>,
	{ maxConcurrency, submitGap, stopAtFailure }: RunOptions,
): Promise<RunResult<R>> {
	const outcomes: Array<Outcome<R> | undefined> = jobs.map(() => undefined);
	const waiting = jobs.map((_, position) => position);
	const running = new Set<Running>();
	const ready: Running[] = [];
	const start = around.now();
	let submitting = 0;
	const delivering = new Set<Running>();
	let looking = false;
	let submitFrom = start;
	let busyInARow = 0;
	let busySince = start;
	let troubleInARow = 0;
	let wake = (): void => undefined;
	/** A defect in what was passed in: ends the run instead of leaving it waiting. */
	const defects: unknown[] = [];
	const inBackground = (work: Promise<void>) => {
		work.catch((defect: unknown) => {
			defects.push(defect);
			wake();
		});
	};

	const unsettled = () => outcomes.some((outcome) => outcome === undefined);
	const failed = () => outcomes.some((outcome) => outcome?.ok === false);
	const settle = (position: number, outcome: Outcome<R>) => {
		outcomes[position] = outcome;
		wake();
	};
	const fail = (position: number, reason: Failure) =>
		settle(position, { ok: false, failure: reason });

	async function submit(position: number): Promise<void> {
		const job = jobs[position] as J;
		const begun = around.now();
		submitting += 1;
		submitFrom = Math.max(submitFrom, around.now() + submitGap);
		const answer = await around.submit(job);
		submitting -= 1;
		if (answer.kind === 'task') {
			busyInARow = 0;
			follow(position, answer.task);
		} else if (answer.kind === 'failure') {
			fail(position, answer.failure);
		} else if (around.now() - start >= job.timeout) {
			fail(position, answer.failure);
		} else {
			// Refusals of submits that were on their way together are one.
			if (begun >= busySince) {
				busyInARow += 1;
				busySince = around.now();
			}
			submitFrom = Math.max(submitFrom, around.now() + backoff(busyInARow, answer.retryAfter));
			waiting.unshift(position);
		}
		wake();
	}

	/** Takes up a task: new, or found again after a retry. */
	function follow(position: number, task: Task): void {
		const since = around.now();
		const { pace, wait } = jobs[position] as J;
		const entry = { position, since, task, lookAt: since + untilNextLook(0, pace) };
		if (!wait) ready.push(entry);
		else if (!place(entry, task)) running.add(entry);
	}

	/** Moves an ended task on; false while it runs. */
	function place(entry: Running, seen: Task): boolean {
		const task = withEarlier(seen, entry.task);
		entry.task = task;
		if (task.state === 'succeeded') ready.push(entry);
		else if (hasFailed(task)) {
			fail(entry.position, around.explain(jobs[entry.position] as J, task));
		} else return false;
		running.delete(entry);
		return true;
	}

	async function look(): Promise<void> {
		looking = true;
		const { tasks, refused, trouble } = await around.look([
			...new Set([...running].map(({ task }) => task.taskId)),
		]);
		const now = around.now();
		troubleInARow = trouble === null ? 0 : troubleInARow + 1;
		for (const entry of [...running]) {
			const refusal = reallyRefused(refused.get(entry.task.taskId), now - entry.since);
			const task = tasks.get(entry.task.taskId);
			if (refusal !== undefined) {
				running.delete(entry);
				fail(entry.position, { ...refusal, task: entry.task });
			} else if (task === undefined || !place(entry, task)) {
				const { pace } = jobs[entry.position] as J;
				entry.lookAt =
					now +
					(trouble !== null && task === undefined
						? backoff(troubleInARow, trouble.retryAfter)
						: untilNextLook(now - entry.since, pace));
			}
		}
		looking = false;
		wake();
	}

	async function deliver(entry: Running): Promise<void> {
		delivering.add(entry);
		const result = await around.deliver(jobs[entry.position] as J, entry.task);
		delivering.delete(entry);
		settle(
			entry.position,
			around.isFailure(result) ? { ok: false, failure: result } : { ok: true, result },
		);
	}

	function giveUpOverdue(): void {
		for (const entry of [...running]) {
			const { timeout } = jobs[entry.position] as J;
			if (around.now() - entry.since < timeout) continue;
			running.delete(entry);
			fail(
				entry.position,
				failure(
					`The task was still ${entry.task.state} after ${Math.round(timeout / 1000)} s, the "Timeout" of this node`,
					sentences('The task goes on at the provider', fetchLater(entry.task.taskId)),
					{ task: entry.task },
				),
			);
		}
	}

	/** A failure ends the run, but not before the answers to requests on their way are known. */
	const ending = () => stopAtFailure && failed();
	const over = () =>
		defects.length > 0 || around.stopped() || !unsettled() || (ending() && submitting === 0);

	while (!over()) {
		const now = around.now();
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
			inBackground(deliver(ready.shift() as Running));
		if (!looking) {
			giveUpOverdue();
			// A few early looks are cheaper than another request a moment later.
			if ([...running].some(({ lookAt }) => lookAt <= now)) inBackground(look());
		}
		if (over()) break;
		const due = [
			...[...running].map(({ lookAt }) => lookAt),
			...(waiting.length > 0 ? [submitFrom] : []),
		];
		const next = Math.min(now + STOP_CHECK, ...due.filter((time) => time > now));
		await Promise.race([
			around.sleep(Math.max(1, next - now)),
			new Promise<void>((resolve) => {
				wake = resolve;
			}),
		]);
	}
	// Orders on their way when the execution is stopped: their answers say what is paid for.
	for (
		let waited = 0;
		around.stopped() && submitting > 0 && waited < LAST_ANSWERS;
		waited += SLICE
	) {
		await around.linger(SLICE);
	}
	if (defects.length > 0) throw defects[0];
	return {
		outcomes,
		stopped: around.stopped(),
		leftRunning: [...running, ...ready, ...delivering].map(({ position, task }) => ({
			position,
			task,
		})),
	};
}

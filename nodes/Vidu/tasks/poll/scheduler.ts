/**
 * Runs the jobs of one node execution concurrently: submits up to the limit, polls all running tasks
 * together, delivers finished ones. Knows neither n8n nor HTTP; clock and network are injected.
 *
 * Rules that must not regress:
 * - `submit` is called again for a job only after `busy`, which means: certainly not accepted.
 * - Trouble while polling never ends a job before its deadline, and the last poll comes after that.
 * - One pause holds back all submits, not one each; after it a single submit probes first.
 * - Anything injected may throw: that fails its job, and the others continue.
 * - A run that may sleep ends when it would have to wait long, and its jobs continue in the next turn.
 */
import { failureOf, type Failure } from '../../transport/failure';
import type { Job, Outcome, Submitted } from '../context/job';
import { followed, type Seen } from './follow';
import { SubmitGate, type Busy } from './submitGate';
import type { RunOptions, RunResult, SchedulerDeps } from './types';
import { Watch, type Running } from './watch';

/** The longest wait before the stop signal is checked again. */
const STOP_CHECK = 250;
/** Concurrent downloads. */
const MAX_DELIVERIES = 3;
/** How long a stopped run waits for the responses to its last requests, in slices. Milliseconds. */
const LAST_ANSWERS = 600;
const SLICE = 50;
/** A pause that is too short to sleep, in milliseconds. */
const NAP = 15_000;

/** Runs all jobs. Resolves when each has an outcome, when stopped, at the first failure if so chosen, or to sleep if it may. Never throws. */
export async function runJobs<J extends Job, R>(
	jobs: readonly J[],
	deps: SchedulerDeps<J, R>,
	options: RunOptions,
): Promise<RunResult<R>> {
	return await new Scheduler(jobs, deps, options).run();
}

class Scheduler<J extends Job, R> {
	private readonly outcomes: Array<Outcome<R> | undefined>;

	/** Positions of the jobs that are not submitted yet. */
	private readonly waiting: number[];

	private readonly gate: SubmitGate;

	private readonly watch: Watch;

	private readonly ready: Running[] = [];

	private readonly delivering = new Set<Running>();

	private submitting = 0;

	/** Bugs in this code end the run instead of leaving it waiting. */
	private readonly defects: unknown[] = [];

	private wake = (): void => undefined;

	constructor(
		private readonly jobs: readonly J[],
		private readonly deps: SchedulerDeps<J, R>,
		private readonly options: RunOptions,
	) {
		const { submitGap, asleep } = options;
		const { now, fetchStatuses, times } = deps;
		this.outcomes = jobs.map(() => undefined);
		this.waiting = [...jobs.keys()].filter((position) => jobs[position]?.going === undefined);
		this.gate = new SubmitGate(submitGap, asleep !== null, asleep?.blockedSince ?? null, now());
		const ended = (entry: Running, seen: Exclude<Seen, 'running'>) => this.ended(entry, seen);
		this.watch = new Watch(jobs, { now, fetchStatuses, times, ended }, asleep !== null);
	}

	async run(): Promise<RunResult<R>> {
		let sleepUntil: number | null = null;
		while (!this.over() && sleepUntil === null) {
			const now = this.deps.now();
			this.startWhatCan(now);
			if (this.over()) break;
			const next = this.nextDue(now);
			if (!this.maySleep(next, now)) await this.waitUntil(next, now);
			else if (!this.watch.pollUnheard(now)) sleepUntil = next;
		}
		await this.lastAnswers();
		const leftRunning = [...this.watch.tasks, ...this.ready, ...this.delivering];
		this.reportDefects(leftRunning);
		const { outcomes } = this;
		const { blockedSince } = this.gate;
		return { outcomes, stopped: this.deps.stopped(), leftRunning, sleepUntil, blockedSince };
	}

	private jobAt(position: number): J {
		return this.jobs[position] as J;
	}

	/** A failure ends the run, but only after the responses to pending requests have arrived. */
	private ending(): boolean {
		const failed = this.outcomes.some((outcome) => outcome?.ok === false);
		return (this.options.stopAtFailure && failed) || this.defects.length > 0;
	}

	private over(): boolean {
		const settled = !this.outcomes.includes(undefined);
		return this.deps.stopped() || settled || (this.ending() && this.submitting === 0);
	}

	private startWhatCan(now: number): void {
		while (this.maySubmit(now)) this.start(this.submit(this.waiting.shift() as number));
		while (this.ready.length > 0 && this.delivering.size < MAX_DELIVERIES) {
			this.start(this.deliver(this.ready.shift() as Running));
		}
		if (!this.watch.polling && this.watch.pollTimes.some((at) => at <= now)) {
			this.start(this.watch.poll());
		}
	}

	private start(work: Promise<void>): void {
		work
			.catch((defect: unknown) => {
				this.defects.push(defect);
			})
			.finally(() => this.wake());
	}

	private maySubmit(now: number): boolean {
		return (
			this.waiting.length > 0 &&
			!this.ending() &&
			now >= this.gate.opensAt &&
			this.watch.size + this.submitting < this.options.maxConcurrency &&
			!(this.gate.probes && this.submitting > 0)
		);
	}

	/** When there is something to do next; infinite while only responses are awaited. */
	private nextDue(now: number): number {
		const free = this.waiting.length > 0 && this.watch.size < this.options.maxConcurrency;
		const due = [...this.watch.pollTimes, ...(free ? [this.gate.opensAt] : [])];
		return Math.min(...due.filter((at) => at > now));
	}

	private maySleep(next: number, now: number): boolean {
		const busy = this.submitting + this.delivering.size + this.ready.length > 0;
		return this.options.asleep !== null && !busy && !this.watch.polling && next > now + NAP;
	}

	private async waitUntil(next: number, now: number): Promise<void> {
		await Promise.race([
			this.deps.sleep(Math.max(1, Math.min(now + STOP_CHECK, next) - now)),
			new Promise<void>((resolve) => {
				this.wake = resolve;
			}),
		]);
	}

	private fail(position: number, failure: Failure): void {
		this.outcomes[position] = { ok: false, failure };
	}

	private async submit(position: number): Promise<void> {
		const begun = this.deps.now();
		const job = this.jobAt(position);
		this.submitting += 1;
		this.gate.begin(begun);
		const answer = await orElse(
			async () => await this.deps.submit(job),
			(defect): Submitted => ({ kind: 'failure', failure: failureOf(defect) }),
		);
		this.submitting -= 1;
		if (answer.kind === 'busy') {
			this.holdBack(position, answer, begun);
			return;
		}
		this.gate.taken();
		if (answer.kind === 'failure') this.fail(position, answer.failure);
		else if (job.wait) this.watch.follow(position, answer.task, answer.fresh);
		else this.ready.push({ ...followed(answer.task, this.deps.now()), position });
	}

	/** Puts a job that was not accepted back to the front of the queue, or gives it up. */
	private holdBack(position: number, answer: Busy, begun: number): void {
		const pause = this.gate.refused(answer, this.jobAt(position), begun, this.deps.now());
		if (typeof pause === 'object' && pause !== null) {
			this.fail(position, pause);
			// The others would use the same server.
			if (answer.unreachable) for (const other of this.waiting.splice(0)) this.fail(other, pause);
			return;
		}
		this.waiting.unshift(position);
		if (pause !== null) this.deps.pausing(pause, answer.failure);
	}

	private ended(entry: Running, seen: Exclude<Seen, 'running'>): void {
		if (seen === 'ready') this.ready.push(entry);
		else this.fail(entry.position, seen === 'failed' ? this.explained(entry) : seen);
	}

	private explained({ position, task }: Running): Failure {
		try {
			return this.deps.explain(this.jobAt(position), task);
		} catch (defect) {
			return failureOf(defect, { task });
		}
	}

	private async deliver(entry: Running): Promise<void> {
		const { position, task, took } = entry;
		this.delivering.add(entry);
		const result = await orElse(
			async () => await this.deps.deliver(this.jobAt(position), task, took),
			(defect) => failureOf(defect, { task }),
		);
		this.delivering.delete(entry);
		if (this.deps.isFailure(result)) this.fail(position, result);
		else this.outcomes[position] = { ok: true, result };
	}

	/** Waits for the responses to requests that were pending when the execution was stopped: they name the tasks that are billed. */
	private async lastAnswers(): Promise<void> {
		for (let waited = 0; waited < LAST_ANSWERS; waited += SLICE) {
			if (!this.deps.stopped() || this.submitting === 0) return;
			await this.deps.sleepIgnoringStop(SLICE);
		}
	}

	private reportDefects(leftRunning: readonly Running[]): void {
		if (this.defects.length === 0) return;
		for (const [position, outcome] of this.outcomes.entries()) {
			const task = leftRunning.find((left) => left.position === position)?.task ?? null;
			if (outcome === undefined) this.fail(position, failureOf(this.defects[0], { task }));
		}
	}
}

/** The result of work, or its replacement if it throws. */
async function orElse<T>(work: () => Promise<T>, otherwise: (defect: unknown) => T): Promise<T> {
	try {
		return await work();
	} catch (defect) {
		return otherwise(defect);
	}
}

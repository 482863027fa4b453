/** The running tasks of a run: when to poll them, and what to do with the result. All times in milliseconds. */
import type { Task } from '../../providers/types';
import { failureOf } from '../../transport/failure';
import type { Followed, Job, Pace, Statuses, Took } from '../context/job';
import type { StatusReader } from '../context/taskStatus';
import { followed, takeIn, takeInLook, untilRecheck, type Seen } from './follow';
import { backoff, LEAST_SLEEP, untilNextPoll, untilNextWake } from './intervals';
import type { LearnedTimes } from './learned';

/** A running task, and the position of its job. */
export interface Running extends Followed {
	readonly position: number;
	/** Set when it has ended, if this run has submitted it. */
	took?: Took;
}

interface Watched extends Running {
	pollAt: number;
	polledAt: number;
	/** Whether it was submitted in this turn, so that its age is known. */
	readonly fresh: boolean;
	/** When it was first seen in work. */
	begunAt?: number;
}

interface WatchDeps {
	now(): number;
	readonly fetchStatuses: StatusReader;
	readonly times: LearnedTimes;
	/** Called for each task that has ended. */
	ended(entry: Running, seen: Exclude<Seen, 'running'>): void;
}

/** A run that was awake for longer than this may have missed callbacks. */
const DEAF = 2_000;

export class Watch {
	private readonly running = new Set<Watched>();

	private troubleInARow = 0;

	/** Whether a poll is in progress. */
	polling = false;

	constructor(
		private readonly jobs: readonly Job[],
		private readonly deps: WatchDeps,
		private readonly maySleep: boolean,
	) {
		const now = deps.now();
		for (const [position, { going }] of jobs.entries()) {
			if (going) {
				this.running.add({ ...going, position, pollAt: now, polledAt: now, fresh: false });
			}
		}
	}

	get tasks(): readonly Running[] {
		return [...this.running];
	}

	get size(): number {
		return this.running.size;
	}

	/** When each task is polled next. */
	get pollTimes(): number[] {
		return [...this.running].map(({ pollAt }) => pollAt);
	}

	/** Starts polling a task: a new one, or one that a retry re-attaches to. */
	follow(position: number, task: Task, fresh = false): void {
		const now = this.deps.now();
		const { pace, timeout } = this.jobs[position] as Job;
		const pollAt = now + Math.min(this.untilNext(0, pace), timeout);
		const entry: Watched = { ...followed(task, now), position, pollAt, polledAt: now, fresh };
		this.running.add(entry);
		this.place(entry, takeIn(entry, task, now));
	}

	/** Polls all tasks together: including early ones is cheaper than another request a moment later. */
	async poll(): Promise<void> {
		this.polling = true;
		const begun = this.deps.now();
		const entries = [...this.running];
		const statuses = await this.read([...new Set(entries.map(({ task }) => task.taskId))]);
		this.troubleInARow = statuses.trouble === null ? 0 : this.troubleInARow + 1;
		for (const entry of entries) {
			const job = this.jobs[entry.position] as Job;
			const seen = takeInLook(entry, job, statuses, begun);
			if (entry.task.state === 'processing') entry.begunAt ??= begun;
			if (seen === 'ready') this.learn(entry, job.pace);
			this.place(entry, seen);
			this.pollAgain(entry, job, statuses);
		}
		this.polling = false;
	}

	/** Before a sleep, schedules polls of tasks whose callbacks may have been missed. @returns whether there are any */
	pollUnheard(now: number): boolean {
		const unheard = [...this.running].filter(
			({ position, polledAt }) => this.jobs[position]?.pace.rings && now - polledAt > DEAF,
		);
		for (const entry of unheard) entry.pollAt = now;
		return unheard.length > 0;
	}

	private async read(ids: readonly string[]): Promise<Statuses> {
		try {
			return await this.deps.fetchStatuses(ids);
		} catch (defect) {
			const trouble = { retryAfter: null, reason: failureOf(defect).message };
			return { tasks: new Map(), refused: new Map(), trouble };
		}
	}

	private place(entry: Watched, seen: Seen): void {
		if (seen === 'running') return;
		this.running.delete(entry);
		this.deps.ended(entry, seen);
	}

	/** Schedules the next poll of a task that was just polled. */
	private pollAgain(entry: Watched, job: Job, { tasks, trouble }: Statuses): void {
		const now = this.deps.now();
		const unread = trouble !== null && !tasks.has(entry.task.taskId);
		const next = unread
			? backoff(this.troubleInARow, trouble.retryAfter)
			: Math.min(this.untilNext(now - entry.since, job.pace), untilRecheck(entry, job));
		const pause = this.maySleep ? Math.max(next, LEAST_SLEEP) : next;
		entry.polledAt = now;
		entry.pollAt = Math.max(now, Math.min(now + pause, entry.since + job.timeout));
	}

	private untilNext(elapsed: number, pace: Pace): number {
		if (this.maySleep) return untilNextWake(elapsed, pace);
		return untilNextPoll(elapsed, pace, this.deps.times.usual(pace.timedAs));
	}

	/** Notes how long a task took, which has ended since the last poll. */
	private learn(entry: Watched, { timedAs }: Pace): void {
		const { since, polledAt, fresh, begunAt = since } = entry;
		if (!fresh) return;
		const endedAt = (polledAt + this.deps.now()) / 2;
		entry.took = { queued: begunAt - since, rendered: Math.max(0, endedAt - begunAt) };
		if (timedAs !== undefined) this.deps.times.note(timedAs, endedAt - since);
	}
}

/**
 * The life of a task and what was billed for it, whatever the dialect it was ordered in.
 *
 * created → queueing → processing → success, computed from the provider clock when asked; failed and
 * cancelled tasks give their credits back.
 */
import type { ProviderClock } from './clock.mts';
import type { Faults } from './faults.mts';
import type { Snowflakes } from './ids.mts';
import type { Card } from './standIn.mts';

/** Provider-seconds after which a task is queued, and processed; sooner for very short tasks. */
const QUEUED_AFTER = 1;
const PROCESSED_AFTER = 3;

export type Stage = 'created' | 'queueing' | 'processing' | 'success' | 'failed' | 'cancelled';

/** What a task makes: a clip, a PNG, an MP3 of speech, a WAV of effects, or no file at all. */
export type Medium = 'video' | 'image' | 'speech' | 'sound' | 'none';

/** The video to be made: `seconds` long, of a class such as `720p`, with an aspect such as `16:9`. */
export interface ClipOrder {
	readonly seconds: number;
	readonly resolution: string;
	readonly aspect: string;
	readonly audio: boolean;
	/** Absent for a video. */
	readonly medium?: Medium;
	/** What it shows, where somebody looks. */
	readonly card?: Card;
}

export interface Order {
	readonly dialect: string;
	/** The API key that ordered and pays. */
	readonly key: string;
	/** The dialect's name for the operation. */
	readonly kind: string;
	readonly model: string;
	readonly prompt: string;
	readonly credits: number;
	readonly clip: ClipOrder;
	/** The request as the dialect echoes it. */
	readonly echo: Readonly<Record<string, unknown>>;
	readonly callbackUrl?: string;
	readonly faults: Faults;
	/** The error that the task will end with, known already: an unreachable image, say. */
	readonly failure?: string;
	/** Answered by the create request itself: done as soon as it is accepted. */
	readonly instant?: boolean;
}

export interface Task extends Order {
	readonly id: string;
	readonly creationId: string;
	/** Real time, milliseconds. */
	readonly acceptedAt: number;
	/** Provider time, seconds. */
	readonly startedAt: number;
	readonly queuedAt: number;
	readonly processedAt: number;
	/** Provider time of the end; Infinity for a task that never finishes. */
	readonly endsAt: number;
	cancelled: boolean;
	/** How often the task's faults are still due. */
	readonly due: { poll500: number; poll429: number; expired: number; truncate: number };
}

export interface LedgerEntry {
	readonly taskId: string;
	readonly credits: number;
	/** ISO time. */
	readonly at: string;
	refunded: boolean;
}

export class TaskBook {
	private readonly byId = new Map<string, Task>();
	private readonly entries: LedgerEntry[] = [];
	/** By key: what its tasks cost, but for those that were cancelled. */
	private readonly spent = new Map<string, number>();
	/** Tasks that fail, and give their credits back then. */
	private failing: Task[] = [];

	/** @param clock provider time @param ids names for tasks and results @param startCredits what each key begins with */
	constructor(
		private readonly clock: ProviderClock,
		private readonly ids: Snowflakes,
		private readonly startCredits: (key: string) => number,
		public renderSeconds: number,
	) {}

	/** Books an order: the task exists and is paid from here on. Check `balance` first. */
	accept(order: Order): Task {
		const { instant = false, faults } = order;
		const render = instant ? 0 : (faults.render ?? this.renderSeconds);
		const wait = instant ? 0 : (faults.queue ?? Math.min(PROCESSED_AFTER, render / 30));
		const startedAt = this.clock.seconds();
		const processedAt = startedAt + wait;
		const normalEnd = Math.max(processedAt, startedAt + render);
		// What cannot be downloaded is noticed as soon as the work begins.
		const failedAt = order.failure === undefined ? normalEnd : processedAt;
		const task: Task = {
			...order,
			failure: order.failure ?? faults.fail,
			id: this.ids.next(),
			creationId: this.ids.next(),
			acceptedAt: this.clock.now(),
			startedAt,
			queuedAt: startedAt + Math.min(QUEUED_AFTER, render / 90),
			processedAt,
			endsAt: faults.never && !instant ? Infinity : failedAt,
			cancelled: false,
			due: {
				poll500: faults.poll500,
				poll429: faults.poll429,
				expired: faults.expired,
				truncate: faults.truncate,
			},
		};
		this.byId.set(task.id, task);
		this.spend(task, task.credits);
		if (task.failure !== undefined) this.failing.push(task);
		this.entries.push({
			taskId: task.id,
			credits: task.credits,
			at: new Date(task.acceptedAt).toISOString(),
			refunded: false,
		});
		return task;
	}

	stage(task: Task): Stage {
		if (task.cancelled) return 'cancelled';
		const seconds = this.clock.seconds();
		if (seconds >= task.endsAt) return task.failure === undefined ? 'success' : 'failed';
		if (seconds >= task.processedAt) return 'processing';
		return seconds >= task.queuedAt ? 'queueing' : 'created';
	}

	/** What the task costs as things stand: nothing once it failed or was cancelled. */
	charged(task: Task): number {
		const stage = this.stage(task);
		return stage === 'failed' || stage === 'cancelled' ? 0 : task.credits;
	}

	/** The finished task that made a creation, if this key ordered it. */
	maker(creationId: string, key: string): Task | undefined {
		const task = this.all().find((one) => one.creationId === creationId && one.key === key);
		return task && this.stage(task) === 'success' ? task : undefined;
	}

	/** Cancels a task that still waits; false when it is too late. */
	cancel(task: Task): boolean {
		const stage = this.stage(task);
		if (stage !== 'created' && stage !== 'queueing') return false;
		task.cancelled = true;
		this.spend(task, -task.credits);
		return true;
	}

	get(id: string): Task | undefined {
		return this.byId.get(id);
	}

	/** How many tasks of a key have not ended. */
	underWay(key: string): number {
		const ended: readonly Stage[] = ['success', 'failed', 'cancelled'];
		return this.all().filter((task) => task.key === key && !ended.includes(this.stage(task)))
			.length;
	}

	/** All tasks, the newest first. */
	all(): Task[] {
		return [...this.byId.values()].reverse();
	}

	ledger(): LedgerEntry[] {
		for (const entry of this.entries) {
			const task = this.byId.get(entry.taskId);
			entry.refunded = task !== undefined && this.charged(task) < entry.credits;
		}
		return this.entries;
	}

	/** Credits that a key has left. */
	balance(key: string): number {
		const failed = this.failing.filter((task) => task.key === key && this.stage(task) === 'failed');
		const left = this.startCredits(key) - (this.spent.get(key) ?? 0);
		return failed.reduce((sum, { credits }) => sum + credits, left);
	}

	private spend({ key }: Task, credits: number): void {
		this.spent.set(key, (this.spent.get(key) ?? 0) + credits);
	}

	clear(): void {
		this.byId.clear();
		this.entries.length = 0;
		this.spent.clear();
		this.failing = [];
	}
}

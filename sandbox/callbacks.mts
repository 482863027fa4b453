/**
 * Callbacks, signed as Vidu documents it (platform.vidu.com/docs/callback-signature): the body is not
 * part of the signature, the key is the API key that created the task.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ProviderClock } from './clock.mts';
import type { Task, TaskBook } from './tasks.mts';

/** "If sending fails, it will retry the callback three times": tries for success and failed. */
const TRIES = 3;
/** How long a receiver may take, real milliseconds. */
const TIMEOUT_MS = 10_000;
/** Lateness of `[callback=late]`, provider-seconds. */
const LATE_SECONDS = 30;
/** Node fires longer timers at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type CallbackEvent = 'processing' | 'success' | 'failed';

export interface Delivery {
	readonly taskId: string;
	readonly event: CallbackEvent;
	readonly url: string;
	/** 1 for the first try. */
	readonly attempt: number;
	readonly nonce: string;
	/** ISO time. */
	readonly at: string;
	/** The receiver's answer; null when there was none. */
	status: number | null;
	error: string | null;
}

/** Path (`/` if empty) and raw query of a URL, split by hand because `new URL` re-encodes. */
export function splitTarget(url: string): { path: string; query: string } {
	const [, path = '', query = ''] = /^[a-z]+:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
	return { path: path || '/', query };
}

/** The headers of a callback, signed. `listed` names the two in any case. */
export function signCallback(
	key: string,
	url: string,
	date: string,
	nonce: string,
	listed = 'Date;x-request-nonce',
): Record<string, string> {
	const { path, query } = splitTarget(url);
	const signed = { Date: date, 'x-request-nonce': nonce };
	const lines = ['POST', path, query, 'vidu', date];
	for (const name of listed.split(';')) {
		lines.push(`${name}:${name.toLowerCase() === 'date' ? date : nonce}`);
	}
	const text = `${lines.join('\n')}\n`;
	return {
		...signed,
		'X-HMAC-SIGNED-HEADERS': listed,
		'X-HMAC-SIGNATURE': createHmac('sha256', key).update(text).digest('base64'),
		'X-HMAC-ALGORITHM': 'hmac-sha256',
		'X-HMAC-ACCESS-KEY': 'vidu',
	};
}

/** Sends the callbacks of all tasks that asked for one, and keeps a list of what happened. */
export class Callbacks {
	readonly deliveries: Delivery[] = [];
	private readonly told = new Map<Task, CallbackEvent | undefined>();
	private readonly timers = new Map<Task, NodeJS.Timeout>();
	private readonly queues = new WeakMap<Task, Promise<void>>();
	private readonly stop = new AbortController();

	/**
	 * @param body what the dialect sends for a task @param key what signs its callbacks
	 * @param retrySeconds gap between tries, provider-seconds
	 */
	constructor(
		private readonly clock: ProviderClock,
		private readonly book: TaskBook,
		private readonly body: (task: Task) => unknown,
		private readonly key: (task: Task) => string,
		public retrySeconds: number,
	) {
		// All that is on its way waits for the one end.
		setMaxListeners(0, this.stop.signal);
	}

	/** Follows a task from now on. */
	follow(task: Task): void {
		if (task.callbackUrl === undefined || task.faults.callback === 'none') return;
		this.told.set(task, undefined);
		this.look(task);
	}

	/** Looks at every followed task again: after a cancellation, or a change of speed. */
	refresh(): void {
		for (const task of this.told.keys()) this.look(task);
	}

	/** Forgets all tasks and deliveries. */
	clear(): void {
		for (const timer of this.timers.values()) clearTimeout(timer);
		this.timers.clear();
		this.told.clear();
		this.deliveries.length = 0;
	}

	/** Forgets everything and breaks off what is being sent. */
	close(): void {
		this.stop.abort();
		this.clear();
	}

	/** Tells what is new about a task, and sets the one timer for what comes next. */
	private look(task: Task): void {
		clearTimeout(this.timers.get(task));
		const stage = this.book.stage(task);
		const late = task.faults.callback === 'late' ? LATE_SECONDS : 0;
		const end = task.endsAt + late;
		const over = stage === 'cancelled' || this.clock.msUntil(end) === 0;
		if (over) {
			this.told.delete(task);
			this.enqueue(task, stage === 'success' ? 'success' : 'failed', TRIES);
			return;
		}
		const begun = this.clock.msUntil(task.processedAt) === 0;
		if (begun && this.told.get(task) === undefined) {
			this.told.set(task, 'processing');
			this.enqueue(task, 'processing', 1);
		}
		this.wake(task, begun ? end : task.processedAt);
	}

	private wake(task: Task, at: number): void {
		if (at === Infinity) return;
		// One millisecond more, so that a rounded timer never fires before its moment.
		const ms = Math.min(Math.ceil(this.clock.msUntil(at)) + 1, LONGEST_TIMER_MS);
		const timer = setTimeout(() => this.look(task), ms);
		this.timers.set(task, timer);
	}

	/** The callbacks of a task go out one after another, each with the state of its moment. */
	private enqueue(task: Task, event: CallbackEvent, tries: number): void {
		const body = JSON.stringify(this.body(task));
		const before = this.queues.get(task) ?? Promise.resolve();
		this.queues.set(
			task,
			before.then(async () => await this.send(task, event, tries, body)),
		);
	}

	private async send(task: Task, event: CallbackEvent, tries: number, body: string): Promise<void> {
		for (let attempt = 1; attempt <= tries; attempt++) {
			const headers = this.headers(task);
			const delivered = await this.post(task, event, attempt, headers, body);
			if (task.faults.callback === 'replay') await this.post(task, event, attempt, headers, body);
			if (task.faults.callback === 'twice') {
				await this.post(task, event, attempt, this.headers(task), body);
			}
			if (delivered || this.stop.signal.aborted) return;
			if (attempt < tries) await this.pause();
		}
	}

	private headers(task: Task): Record<string, string> {
		const own = this.key(task);
		const key = task.faults.callback === 'forged' ? `not-${own}` : own;
		const date = new Date(this.clock.now()).toUTCString();
		return signCallback(key, task.callbackUrl ?? '', date, randomUUID());
	}

	private async pause(): Promise<void> {
		const ms = (this.retrySeconds / this.clock.speed) * 1000;
		const { signal } = this.stop;
		await new Promise<void>((resolve) => {
			const end = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			signal.addEventListener('abort', end);
		});
	}

	/** Posts once and records it. @returns whether the receiver answered 2xx */
	private async post(
		task: Task,
		event: CallbackEvent,
		attempt: number,
		headers: Record<string, string>,
		body: string,
	): Promise<boolean> {
		const url = task.callbackUrl ?? '';
		const delivery: Delivery = {
			taskId: task.id,
			event,
			url,
			attempt,
			status: null,
			error: null,
			nonce: headers['x-request-nonce'] ?? '',
			at: new Date(this.clock.now()).toISOString(),
		};
		this.deliveries.push(delivery);
		try {
			delivery.status = await postJson(url, headers, body, this.stop.signal);
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
		}
		return delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
	}
}

/** `fetch` would re-encode the query and own the Date header, hence plain HTTP. */
async function postJson(
	url: string,
	headers: Record<string, string>,
	body: string,
	signal: AbortSignal,
): Promise<number> {
	const { protocol, hostname, port } = new URL(url);
	const { path, query } = splitTarget(url);
	const send = protocol === 'https:' ? httpsRequest : httpRequest;
	return await new Promise<number>((resolve, reject) => {
		const call = send({
			method: 'POST',
			protocol,
			port,
			signal,
			timeout: TIMEOUT_MS,
			agent: false,
			hostname: hostname.replace(/^\[|\]$/g, ''),
			path: query === '' ? path : `${path}?${query}`,
			headers: {
				'Content-Type': 'application/json',
				'Content-Length': Buffer.byteLength(body),
				...headers,
			},
		});
		call.on('response', (answer) => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		});
		call.on('timeout', () => call.destroy(new Error('the receiver did not answer in time')));
		call.on('error', reject);
		call.end(body);
	});
}

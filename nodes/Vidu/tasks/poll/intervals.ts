/** When to poll again. Pure; all times in milliseconds. */
import { PATIENCE } from './patience';

/** The shortest time between two polls of a task: near the expected end, results are noticed at most this late. */
const NEAR_END = 3_000;
const FIRST_LOOK = 5_000;
const SLOWEST = 15_000;

export interface Pace {
	/** How long the task is expected to take. A guess that affects when to poll, never the result. */
	readonly expected: number;
	/** The user's fixed interval, if any. */
	readonly interval: number | null;
	/** Whether the provider sends a callback when the task has ended. */
	readonly rings?: boolean;
}

/**
 * How long to wait until the next poll of a task that is `elapsed` old: soon at first, for immediate
 * failures; then in long steps towards the expected end; every 3 s around it; more slowly after.
 */
export function untilNextPoll(elapsed: number, { expected, interval }: Pace): number {
	if (interval !== null) return interval;
	if (elapsed < FIRST_LOOK) return Math.min(FIRST_LOOK, Math.max(NEAR_END, expected / 4));
	const nearEnd = 0.95 * expected;
	if (elapsed < nearEnd) return Math.max(NEAR_END, 0.7 * (nearEnd - elapsed));
	const slowest = Math.max(SLOWEST, expected / 12);
	return Math.min(slowest, Math.max(NEAR_END, 0.1 * (elapsed - expected)));
}

/** The shortest sleep: n8n checks every minute for executions that are due. */
export const LEAST_SLEEP = 60_000;

/**
 * How long a run sleeps before it polls a task that is `elapsed` old: until its expected end (later if
 * the provider sends callbacks, when polling is only a safeguard), then in growing steps: from one to
 * five minutes, for off-peak tasks from ten to thirty.
 */
export function untilNextWake(elapsed: number, { expected, interval, rings }: Pace): number {
	if (interval !== null) return Math.max(LEAST_SLEEP, interval);
	const end = rings ? 2 * expected + LEAST_SLEEP : expected;
	const least = Math.max(LEAST_SLEEP, expected / 6);
	if (elapsed < end) return Math.max(least, end - elapsed);
	return Math.min(Math.max(5 * LEAST_SLEEP, expected / 2), Math.max(least, elapsed - end));
}

/** How long to wait after `count` consecutive troubles: doubling up to 30 s, or as long as the server asked for. */
export function backoff(count: number, retryAfter: number | null): number {
	return retryAfter ?? Math.min(30_000, PATIENCE.firstPause * 2 ** (count - 1));
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`, null if absent or malformed
 */
export function readRetryAfter(header: unknown, now: number): number | null {
	if (typeof header !== 'string' || header.trim() === '') return null;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
	const date = Date.parse(header);
	return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** When to poll again. Pure; all times in milliseconds. */
import type { Pace } from '../context/job';
import { PATIENCE } from '../context/patience';

/** The shortest time between two polls of a task: near the expected end, results are noticed at most this late. */
const NEAR_END = 3_000;
const FIRST_LOOK = 5_000;
const SLOWEST = 15_000;

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

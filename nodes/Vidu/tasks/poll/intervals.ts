/** When to poll again. Pure; all times in milliseconds. */
import type { Pace } from '../context/job';
import { PATIENCE } from '../context/patience';
import type { Usual } from './learned';

/** The first poll, for immediate failures: of a kind of task that is not known, and of one that is. */
const FIRST = { unknown: 5_000, known: 6_000 };
/** The wait, as a share of the task's age, and the least one. */
const SHARE = 0.11;
const LEAST = 1_900;
/** The longest wait from the time on when most tasks end, here as a share of the guess. */
const LONGEST = 2_500;
const NEAR = 0.9;
/** While those before have ended: so many polls in that time, but not more often than this. */
const POLLS = 24;
const DENSEST = 1_500;
/** An expected time of ten minutes is one that nobody waits for, such as off-peak; its longest wait. */
const PATIENT = 600_000;
const PATIENT_LONGEST = 1_800_000;

/**
 * How long to wait until the next poll of a task that is `elapsed` old: never longer than a share of
 * that, so that a result is late by no more than a share of what it took, and briefly from the time
 * on when it may be expected. If it is known when such tasks end, there are few polls before.
 */
export function untilNextPoll(
	elapsed: number,
	{ expected, interval }: Pace,
	usual?: Usual,
): number {
	if (interval !== null) return interval;
	if (expected >= PATIENT) {
		return Math.min(PATIENT_LONGEST, Math.max(FIRST.unknown, SHARE * elapsed));
	}
	if (usual && elapsed < usual.until) return untilUsual(elapsed, usual);
	if (elapsed < LEAST) return FIRST.unknown;
	const wait = Math.max(LEAST, SHARE * elapsed);
	if (!usual && elapsed < NEAR * expected) return wait;
	return Math.min(wait, Math.max(LONGEST, elapsed / 100));
}

/** The wait before and while tasks of this kind usually end: as long as the age is, until the first did. */
function untilUsual(elapsed: number, { from, until }: Usual): number {
	if (elapsed >= from) return Math.min(LONGEST, Math.max(DENSEST, (until - from) / POLLS));
	return Math.max(DENSEST, Math.min(Math.max(FIRST.known, elapsed), from - elapsed));
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

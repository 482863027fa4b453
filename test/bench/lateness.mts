/** How late a result is seen, and what that costs in requests: the node's own scheduler in virtual time. */
import { expectedSeconds } from '../../nodes/Vidu/catalogue/index.ts';
import { LearnedTimes } from '../../nodes/Vidu/tasks/poll/learned.ts';
import { bar, markdown, median } from './table.mts';
import { watch } from './virtual.mts';

const JOBS = 1000;
/** Seconds that random jobs take. */
const SHORTEST = 5;
const LONGEST = 300;
/** What the catalogue guesses for a clip of 5 s. */
const GUESS = expectedSeconds('viduq2', 5) * 1000;
/** That of an off-peak task, and how long one may take, in milliseconds. */
const OFF_PEAK = { expected: 3_600_000, takes: 48 * 3_600_000 };
/** Jobs of one kind: what they really take, give or take, in seconds. */
const KINDS = [20, 45, 90, 150, 240];
const SPREAD = 0.05;
const OF_A_KIND = 30;
const LEARNED = 10;

/** Bars: late by so many milliseconds, or by this share of the job. */
const LATE = 2000;
const SHARE = 0.12;

/** The table. */
export async function lateness(): Promise<string> {
	const random = seeded(1);
	const takes = Array.from({ length: JOBS }, () => seconds(random, SHORTEST, LONGEST));
	const late = await alone(takes);
	const within = late.filter((each, at) => each <= Math.max(LATE, SHARE * (takes[at] ?? 0)));
	const kinds = await Promise.all(
		KINDS.map(async (usual) => {
			const each = Array.from({ length: OF_A_KIND }, () =>
				seconds(random, usual * (1 - SPREAD), usual * (1 + SPREAD)),
			);
			return median((await alone(each, new LearnedTimes())).slice(LEARNED));
		}),
	);
	const { requests: one } = await watch([{ takes: 90_000, expected: GUESS }]);
	const times = new LearnedTimes();
	const before = Array.from({ length: LEARNED }, () =>
		seconds(random, 90 * (1 - SPREAD), 90 * (1 + SPREAD)),
	);
	await alone(before, times);
	const { requests: known } = await watch([{ takes: 90_000, expected: GUESS }], { times });
	const { requests: five } = await watch(
		Array.from({ length: 5 }, () => ({ takes: 90_000, expected: GUESS })),
	);
	const { requests: days } = await watch([OFF_PEAK]);
	const shown = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
	const share = within.length / JOBS;
	return markdown([
		['the schedule, in virtual time', 'this node', 'bar'],
		[
			`late, ${JOBS} jobs of ${SHORTEST}–${LONGEST} s at random: median (worst)`,
			`${shown(median(late))} (${shown(Math.max(...late))})`,
			bar('median ≤ 1.5 s', median(late) <= 1500),
		],
		[
			'… by no more than 2 s or 12 % of the job',
			`${(100 * share).toFixed(0)} % of the jobs`,
			bar('all', share === 1),
		],
		[
			`… median, after ${LEARNED} jobs of one kind that take ${KINDS.join(', ')} s`,
			kinds.map(shown).join(', '),
			bar('≤ 1 s each', Math.max(...kinds) <= 1000),
		],
		['status requests, the first job of 90 s', String(one), bar('≤ 9', one <= 9)],
		[`… a job of 90 s after ${LEARNED} of its kind`, String(known), bar('≤ 9', known <= 9)],
		['… 5 jobs of 90 s together', String(five), ''],
		['… off-peak, 48 h', String(days), bar('≤ 200', days <= 200)],
	]);
}

/** Jobs one after the other, each in a run of its own; without `times` nothing is learned between them. */
async function alone(takes: readonly number[], times?: LearnedTimes): Promise<number[]> {
	const late: number[] = [];
	for (const each of takes) {
		late.push(...(await watch([{ takes: each, expected: GUESS }], { times })).late);
	}
	return late;
}

/** Milliseconds, spread evenly between two times in seconds. */
const seconds = (random: () => number, from: number, to: number) =>
	1000 * (from + random() * (to - from));

/** The same numbers in every run (mulberry32). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

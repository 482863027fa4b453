import fc from 'fast-check';
import {
	backoff,
	LEAST_SLEEP,
	untilNextPoll,
	untilNextWake,
} from '../../nodes/Vidu/tasks/poll/intervals';
import { LearnedTimes, type Usual } from '../../nodes/Vidu/tasks/poll/learned';
import { readRetryAfter } from '../../nodes/Vidu/transport/exchange';

/** The times of all looks at a task that takes `actual` milliseconds. */
function looks(actual: number, expected = 90_000, usual?: Usual): number[] {
	const times: number[] = [];
	for (let now = 0; now < actual; ) {
		now += untilNextPoll(now, { expected, interval: null }, usual);
		times.push(now);
	}
	return times;
}

/** What is known after tasks that took these times. */
function after(...times: number[]): Usual | undefined {
	const learned = new LearnedTimes();
	for (const time of times) learned.note('kind', time);
	return learned.usual('kind');
}

describe('the polling schedule', () => {
	const ages = fc.integer({ min: 0, max: 2e8 });
	const seconds = (min: number, max: number) => fc.integer({ min: 1000 * min, max: 1000 * max });

	it('sees a clip within 2 s or 12 % of its time, however far off the guess is', () => {
		fc.assert(
			fc.property(seconds(5, 300), seconds(20, 500), (actual, expected) => {
				const late = (looks(actual, expected).at(-1) ?? 0) - actual;
				expect(late).toBeLessThanOrEqual(Math.max(2_000, 0.12 * actual));
			}),
		);
	});

	it('sees a clip within 3 s that takes as long as guessed, or longer up to five minutes', () => {
		fc.assert(
			fc.property(seconds(90, 300), (actual) => {
				expect((looks(actual).at(-1) ?? 0) - actual).toBeLessThanOrEqual(3_000);
			}),
		);
	});

	it('asks 24 times for a first clip of 90 s, more often from the time on when it may be expected', () => {
		expect(looks(90_000)).toHaveLength(24);
		expect(looks(90_000).filter((time) => time < 60_000)).toHaveLength(19);
		expect(looks(200_000).filter((time) => time > 100_000)).toHaveLength(41);
	});

	it('sees a clip of 90 s within 2 s, with 9 requests, once ten have shown how long they take', () => {
		const known = after(...[88, 91, 90, 87, 92, 89, 90, 93, 86, 91.5].map((each) => 1000 * each));
		for (let actual = 86_000; actual <= 92_000; actual += 500) {
			const times = looks(actual, 90_000, known);
			expect((times.at(-1) ?? 0) - actual).toBeLessThanOrEqual(2_000);
			if (actual <= 90_000) expect(times.length).toBeLessThanOrEqual(9);
		}
	});

	it('never waits longer than the age of a task, even of one that ends much sooner than those before', () => {
		const many = fc.array(seconds(5, 600), { minLength: 3, maxLength: 12 });
		fc.assert(
			fc.property(many, seconds(7, 600), (before, age) => {
				const wait = untilNextPoll(age, { expected: 90_000, interval: null }, after(...before));
				expect(wait).toBeGreaterThanOrEqual(1_500);
				expect(wait).toBeLessThanOrEqual(age);
			}),
		);
	});

	it('asks no more often than every 1.9 s while nothing is known', () => {
		fc.assert(
			fc.property(ages, seconds(1, 3600), (age, expected) => {
				const wait = untilNextPoll(age, { expected, interval: null });
				expect(wait).toBeGreaterThanOrEqual(1_900);
			}),
		);
	});

	it('looks once early, for failures that come at once', () => {
		expect(looks(1)[0]).toBeLessThanOrEqual(5_000);
		expect(looks(1, 90_000, after(90_000, 90_000, 90_000))[0]).toBeLessThanOrEqual(6_000);
	});

	it('asks at most 200 times in the two days that an off-peak task may take', () => {
		expect(looks(48 * 3_600_000, 3_600_000).length).toBeLessThanOrEqual(200);
	});

	it("keeps the user's own interval, whatever is known", () => {
		const pace = { expected: 90_000, interval: 7_000 };
		expect(untilNextPoll(70_000, pace)).toBe(7_000);
		expect(untilNextPoll(70_000, pace, after(90_000, 90_000, 90_000))).toBe(7_000);
	});

	it('doubles the pause after trouble up to 30 s, or does what the server asks', () => {
		expect([1, 2, 3, 9].map((count) => backoff(count, null))).toEqual([
			1_000, 2_000, 4_000, 30_000,
		]);
		expect(backoff(1, 12_000)).toBe(12_000);
	});

	it('reads Retry-After in seconds and as a date', () => {
		const now = Date.parse('2026-11-21T10:00:00Z');
		expect(readRetryAfter('7', now)).toBe(7_000);
		expect(readRetryAfter('Sat, 21 Nov 2026 10:00:30 GMT', now)).toBe(30_000);
		expect(readRetryAfter('Sat, 21 Nov 2026 09:00:00 GMT', now)).toBe(0);
		expect(readRetryAfter('0', now)).toBe(0);
		for (const none of [undefined, '', 'soon', '-1']) expect(readRetryAfter(none, now)).toBeNull();
	});
});

describe('the schedule of a run that sleeps', () => {
	const MINUTE = 60_000;
	const ages = fc.integer({ min: 0, max: 2e8 });
	/** From the expected end. */
	const around = fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE });
	const times = { expected: fc.integer({ min: 1, max: 3.6e6 }), rings: fc.boolean() };
	const paces = fc.record({
		...times,
		interval: fc.option(fc.integer({ min: 1, max: 86_400_000 })),
	});
	const own = fc.record({ ...times, interval: fc.constant(null) });
	const endOf = ({ expected, rings }: { expected: number; rings: boolean }) =>
		rings ? 2 * expected + MINUTE : expected;

	it('never sleeps for less than a minute, in which n8n looks once', () => {
		fc.assert(
			fc.property(ages, around, paces, (age, offset, pace) => {
				for (const at of [age, Math.max(0, endOf(pace) + offset)])
					expect(untilNextWake(at, pace)).toBeGreaterThanOrEqual(LEAST_SLEEP);
			}),
		);
	});

	it('sleeps until the expected end, and then for five minutes or half the expected time at most', () => {
		fc.assert(
			fc.property(ages, own, (age, pace) => {
				const wakeAt = age + untilNextWake(age, pace);
				const late = wakeAt - Math.max(age, endOf(pace));
				expect(late).toBeLessThanOrEqual(Math.max(5 * MINUTE, pace.expected / 2));
				if (age < endOf(pace)) expect(wakeAt).toBeGreaterThanOrEqual(endOf(pace));
			}),
		);
	});

	it('sleeps longer and longer after the expected end', () => {
		fc.assert(
			fc.property(ages, ages, own, (one, other, pace) => {
				const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map(
					(age) => endOf(pace) + age,
				) as [number, number];
				expect(untilNextWake(later, pace)).toBeGreaterThanOrEqual(untilNextWake(sooner, pace));
			}),
		);
	});

	it('looks later by itself where the provider says when it is ready', () => {
		fc.assert(
			fc.property(ages, own, (age, pace) => {
				const rung = untilNextWake(age, { ...pace, rings: true });
				if (age < pace.expected) {
					expect(rung).toBeGreaterThanOrEqual(untilNextWake(age, { ...pace, rings: false }));
				}
			}),
		);
	});

	it('wakes for a clip of four minutes at its end, then after 1, 1, 2, 4 and 5 minutes', () => {
		const wakes = (rings: boolean) => {
			const minutes: number[] = [];
			for (let age = 0; minutes.length < 7; minutes.push(age / MINUTE))
				age += untilNextWake(age, { expected: 4 * MINUTE, interval: null, rings });
			return minutes;
		};
		expect(wakes(false)).toEqual([4, 5, 6, 8, 12, 17, 22]);
		// When its callback must have come.
		expect(wakes(true)).toEqual([9, 10, 11, 13, 17, 22, 27]);
		expect(untilNextWake(MINUTE, { expected: 4 * MINUTE, interval: null })).toBe(3 * MINUTE);
	});

	it("keeps the user's own interval, if it is a minute at least", () => {
		expect(untilNextWake(70_000, { expected: 90_000, interval: 120_000 })).toBe(120_000);
		expect(untilNextWake(70_000, { expected: 90_000, interval: 5_000 })).toBe(MINUTE);
	});

	it('looks at an off-peak task, thought to take an hour, every ten to thirty minutes', () => {
		const pace = { expected: 60 * MINUTE, interval: null };
		for (let age = 60 * MINUTE; age < 48 * 60 * MINUTE; age += 7 * MINUTE) {
			expect(untilNextWake(age, pace)).toBeGreaterThanOrEqual(10 * MINUTE);
			expect(untilNextWake(age, pace)).toBeLessThanOrEqual(30 * MINUTE);
		}
	});
});

describe('what is learned of how long tasks take', () => {
	it('is nothing until three of a kind have ended', () => {
		expect(after(90_000, 90_000)).toBeUndefined();
		expect(after(90_000, 90_000, 90_000)).toMatchObject({
			from: expect.closeTo(88_200),
			until: expect.closeTo(91_800),
		});
	});

	it('is kept for each kind, and follows when a model becomes faster', () => {
		const learned = new LearnedTimes();
		for (let at = 0; at < 10; at++) {
			learned.note('slow', 200_000);
			learned.note('faster', at < 5 ? 90_000 : 40_000);
		}
		for (let at = 0; at < 5; at++) learned.note('faster', 40_000);
		expect(learned.usual('slow')?.from).toBeGreaterThan(190_000);
		expect(learned.usual('faster')?.until).toBeLessThan(42_000);
		expect(learned.usual('another')).toBeUndefined();
		expect(learned.usual(undefined)).toBeUndefined();
	});

	it('is forgotten for the kinds that have not been made for longest, so that memory is bounded', () => {
		const learned = new LearnedTimes();
		for (let at = 0; at < 1000; at++) {
			for (let again = 0; again < 3; again++) {
				learned.note('made all the time', 60_000);
				learned.note(`kind ${at}`, 60_000);
			}
		}
		expect(learned.usual('kind 0')).toBeUndefined();
		expect(learned.usual('kind 999')).toBeDefined();
		expect(learned.usual('made all the time')).toBeDefined();
	});
});

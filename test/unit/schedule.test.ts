import fc from 'fast-check';
import {
	backoff,
	LEAST_SLEEP,
	untilNextPoll,
	untilNextWake,
} from '../../nodes/Vidu/tasks/poll/intervals';
import { readRetryAfter } from '../../nodes/Vidu/transport/retryAfter';

/** The times of all looks at a task that takes `actual` milliseconds. */
function looks(expected: number, actual: number): number[] {
	const times: number[] = [];
	for (let now = 0; now < actual; ) {
		now += untilNextPoll(now, { expected, interval: null });
		times.push(now);
	}
	return times;
}

describe('the polling schedule', () => {
	it('sees a 90 s clip within 3 s of its end with at most 8 requests', () => {
		const times = looks(90_000, 90_000);
		expect(times.length).toBeLessThanOrEqual(8);
		expect((times.at(-1) ?? 0) - 90_000).toBeLessThanOrEqual(3_000);
	});

	it('stays within 8 requests and 3 s when the clip takes a little less or more than expected', () => {
		for (let actual = 84_000; actual <= 93_000; actual += 500) {
			const times = looks(90_000, actual);
			expect(times.length).toBeLessThanOrEqual(8);
			expect((times.at(-1) ?? 0) - actual).toBeLessThanOrEqual(3_000);
		}
	});

	it('looks once early, for failures that come at once', () => {
		expect(looks(90_000, 1)[0]).toBeLessThanOrEqual(5_000);
		expect(looks(16_000, 1)[0]).toBe(4_000);
	});

	it('never waits longer than a tenth of the age of an overdue task, nor asks more often than every 3 s', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2e8 }),
				fc.integer({ min: 1e4, max: 3.6e6 }),
				(age, expected) => {
					const wait = untilNextPoll(age, { expected, interval: null });
					expect(wait).toBeGreaterThanOrEqual(3_000);
					if (age > expected) expect(wait).toBeLessThanOrEqual(Math.max(3_000, age / 10));
				},
			),
		);
	});

	it("keeps the user's own interval", () => {
		expect(untilNextPoll(70_000, { expected: 90_000, interval: 7_000 })).toBe(7_000);
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
			fc.property(ages, paces, (age, pace) => {
				expect(untilNextWake(age, pace)).toBeGreaterThanOrEqual(LEAST_SLEEP);
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

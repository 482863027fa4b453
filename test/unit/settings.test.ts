import fc from 'fast-check';
import {
	runWideProblem,
	settingsProblem,
	type RunSettings,
} from '../../nodes/Vidu/tasks/context/settings';

/** What a run is set to when nobody has set anything. */
const usual: RunSettings = {
	waitMode: 'poll',
	timeout: null,
	pollInterval: null,
	maxConcurrency: 5,
	requestsPerMinute: null,
	maxCredits: null,
	checkBalance: false,
	cancelOnStop: false,
	dedupeKey: null,
};

const items = (...changes: Array<Partial<RunSettings>>) =>
	changes.map((change, itemIndex) => ({ itemIndex, settings: { ...usual, ...change } }));

describe('a setting that holds for the whole run', () => {
	it.each<[Array<Partial<RunSettings>>, string]>([
		[
			[{ maxConcurrency: 2 }, { maxConcurrency: 2 }, { maxConcurrency: 2 }, {}],
			'"Max Concurrency" is 2 for item 0 and 5 for item 3, but must be the same for all items',
		],
		[
			[{}, { requestsPerMinute: 60 }],
			'"Requests per Minute" is not set for item 0 and 60 for item 1, but must be',
		],
		[[{ maxCredits: 0 }, {}], '"Max Credits" is 0 for item 0 and not set for item 1, but must be'],
		[
			[{}, { checkBalance: true }],
			'"Check Balance" is off for item 0 and on for item 1, but must be',
		],
	])('is refused when items differ: %j', (changes, says) => {
		expect(runWideProblem(items(...changes))).toContain(says);
	});

	it('is fine when all agree, also with other settings of their own', () => {
		expect(runWideProblem([])).toBeNull();
		const own = [{ timeout: 5 }, { cancelOnStop: true }, { waitMode: 'none' }, { dedupeKey: 'a' }];
		expect(runWideProblem(items(...own))).toBeNull();
	});

	it('is never taken from one item alone', () => {
		const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 1 });
		const change = fc.record({
			maxConcurrency: fc.integer({ min: 1, max: 2 }),
			requestsPerMinute: maybe(fc.constantFrom(1, 60)),
			maxCredits: maybe(fc.constantFrom(0, 9)),
			checkBalance: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
				const agree = changes.every((one) => JSON.stringify(one) === JSON.stringify(changes[0]));
				expect(runWideProblem(items(...changes)) === null).toBe(agree);
			}),
		);
	});
});

describe('a setting that no run can have is refused with what it may be', () => {
	it.each<[Partial<RunSettings>, string]>([
		[
			{ timeout: 0 },
			'"Timeout (Seconds)" is 0, but must be a number of seconds above 0, at most 2592000',
		],
		[{ timeout: 1e13 }, '"Timeout (Seconds)" is 10000000000000, but must be'],
		[{ timeout: 2592001 }, '(30 days)'],
		[{ pollInterval: 0 }, '"Poll Interval (Seconds)" is 0'],
		[{ pollInterval: 86_401 }, '"Poll Interval (Seconds)" is 86401, but must be'],
		[{ maxConcurrency: 0 }, '"Max Concurrency" is 0, but must be a whole number from 1 to 1000'],
		[{ maxConcurrency: 2.5 }, '"Max Concurrency" is 2.5'],
		[{ maxConcurrency: 1e9 }, '"Max Concurrency" is 1000000000'],
		[{ requestsPerMinute: 0.5 }, '"Requests per Minute" is 0.5, but must be a whole number'],
		[{ requestsPerMinute: 1e6 }, 'from 1 to 6000'],
		[{ maxCredits: -1 }, '"Max Credits" is -1, but must be a number of at least 0'],
	])('%j', (change, says) => {
		expect(settingsProblem({ ...usual, ...change })).toContain(says);
	});

	it.each<[Partial<RunSettings>]>([
		[{}],
		[{ timeout: 2592000, pollInterval: 86_400 }],
		[{ timeout: 0.3, pollInterval: 0.05 }],
		[{ maxConcurrency: 1000, requestsPerMinute: 6000, maxCredits: 0 }],
	])('%j is fine', (change) => {
		expect(settingsProblem({ ...usual, ...change })).toBeNull();
	});
});

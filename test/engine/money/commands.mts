/** What a user, a provider and a network may do, as fast-check commands. */
import fc from 'fast-check';
import { assertMoneyIsSafe } from './invariants.mts';
import { WAYS, type WayName } from './providers.mts';
import type { Ending, Place, Setting, Story, Wish, World } from './world.mts';

type Model = Record<string, never>;
export type Command = fc.AsyncCommand<Model, World>;

/** A command that always may run, and after which the invariants hold. */
function command(name: string, act: (world: World) => Promise<unknown>): Command {
	return {
		check: () => true,
		run: async (_, world) => {
			await act(world);
			assertMoneyIsSafe(world);
		},
		toString: () => name,
	};
}

const render = fc.constantFrom('', '[render=0]', '[render=30]', '[render=200]');
const twice = fc.constantFrom('[times=1]', '[times=2]', '');

/** Faults by how often they come; those that n8n or the node wait a second for are rare. */
const fault = fc.oneof(
	{ weight: 30, arbitrary: fc.constant('') },
	{
		weight: 8,
		arbitrary: fc.constantFrom('[busy=1] [retryAfter=0]', '[busy=3] [retryAfter=0.01]'),
	},
	{ weight: 8, arbitrary: twice.map((times) => `[fail=CreationPolicyViolation] ${times}`) },
	{ weight: 6, arbitrary: twice.map((times) => `[reject=FieldInvalid] ${times}`) },
	{ weight: 4, arbitrary: fc.constantFrom('[slow=20]', '[slow=60]') },
	{ weight: 4, arbitrary: fc.constant('[poll429=1] [retryAfter=0]') },
	{ weight: 2, arbitrary: fc.constant('[expired=1]') },
	{
		weight: 10,
		arbitrary: fc
			.constantFrom('none', 'late', 'twice', 'replay', 'forged')
			.map((kind) => `[callback=${kind}]`),
	},
	{ weight: 3, arbitrary: fc.constantFrom('[drop]', '[create500]') },
	{ weight: 1, arbitrary: fc.constantFrom('[poll500=1]', '[truncate=1]') },
);

const wish: fc.Arbitrary<Wish> = fc.record({
	faults: fc.tuple(fault, render).map((parts) => parts.join(' ').trim()),
	key: fc.oneof(
		{ weight: 5, arbitrary: fc.constant('') },
		{ weight: 1, arbitrary: fc.constantFrom('row 1', 'row 2') },
	),
});

const setting: fc.Arbitrary<Setting> = fc.record({
	waitMode: fc.constantFrom('poll', 'poll', 'callback', 'none'),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	tries: fc.constantFrom(1, 1, 2, 3, 5),
	maxConcurrency: fc.integer({ min: 1, max: 4 }),
	timeout: fc.constantFrom(60, 60, 60, 0.4),
	ownPayload: fc.boolean(),
	downloadVideo: fc.constantFrom(false, false, true),
	onStop: fc.constantFrom('leave', 'cancel'),
	tool: fc.constantFrom(false, false, false, true),
});

/** At whose door, and whether it is honest. */
export const place: fc.Arbitrary<Place> = fc.record({
	way: fc.constantFrom(...(Object.keys(WAYS) as WayName[])),
	hostile: fc.oneof(
		{ weight: 1, arbitrary: fc.constant(null) },
		{
			weight: 3,
			arbitrary: fc.record({ seed: fc.nat(), rate: fc.constantFrom(0.1, 0.2, 0.4) }),
		},
	),
});

const ending: fc.Arbitrary<Ending> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(null) },
	{ weight: 1, arbitrary: fc.record({ stopAfter: fc.integer({ min: 0, max: 120 }) }) },
	{ weight: 1, arbitrary: fc.record({ diesAt: fc.integer({ min: 1, max: 40 }) }) },
);
const words = (value: unknown) => JSON.stringify(value);

const wishes = fc.array(wish, { minLength: 1, maxLength: 4 });

/** A retry needs an execution that failed, and whose node n8n runs again: after a deadline it does not. */
const retryable = ({ stories }: World): Story[] =>
	stories.filter(
		({ runs, suspended, stopped, overdue }) =>
			suspended === null && !stopped && !overdue && mayRetry(runs),
	);

/** n8n fails a retry at once with the error that a resumption has left. */
export function mayRetry(runs: Story['runs']): boolean {
	const last = runs.at(-1);
	const [entry] = last?.data.executionData?.nodeExecutionStack ?? [];
	return last?.status === 'error' && entry?.metadata?.resumeError === undefined;
}

const pick = <T,>(list: readonly T[], at: number): T | undefined => list[at % list.length];

/** What every run begins with. */
export const execute: fc.Arbitrary<Command> = fc
	.tuple(wishes, setting)
	.map(([items, how]) =>
		command(
			`execute ${JSON.stringify({ items, how })}`,
			async (world) => await world.execute(items, how, null),
		),
	);

export const commands: Array<fc.Arbitrary<Command>> = [
	execute,
	fc
		.tuple(wishes, setting, ending)
		.map(([items, how, end]) =>
			command(
				`execute ${words({ items, how, end })}`,
				async (world) => await world.execute(items, how, end),
			),
		),
	fc
		.tuple(wishes, setting, ending, wishes, setting, ending)
		.map(([items, how, end, ...other]) =>
			command(
				`execute ${words({ items, how, end })} together with ${words(other)}`,
				async (world) =>
					await Promise.all([world.execute(items, how, end), world.execute(...other)]),
			),
		),
	fc.tuple(fc.nat({ max: 9 }), fc.boolean(), setting).map(([at, current, how]) =>
		command(`retry ${at}${current ? ` as ${JSON.stringify(how)}` : ''}`, async (world) => {
			const story = pick(retryable(world), at);
			// Whether a payload is asked for is part of the request: it stays.
			const { ownPayload, tool, waitMode } = story?.setting ?? how;
			const now = { ...how, ownPayload, tool, ...(how.waitMode === 'callback' && { waitMode }) };
			if (story) await world.retry(story, current ? now : story.setting);
		}),
	),
	fc
		.tuple(
			fc.nat({ max: 9 }),
			fc.nat({ max: 3 }),
			fc.constantFrom('processing', 'success', 'success', 'failed'),
			fc.constantFrom(undefined, undefined, 'vda_forged'),
		)
		.map(([at, item, state, key]) =>
			command(`call back ${at}.${item} ${state} ${key ?? ''}`, async (world) => {
				const story = pick(
					world.stories.filter(({ setting: { waitMode } }) => waitMode === 'callback'),
					at,
				);
				if (story) await world.callBack(story, item % story.wishes.length, state, key);
			}),
		),
	fc.nat({ max: 9 }).map((at) =>
		command(`deadline ${at}`, async (world) => {
			const story = pick(
				world.stories.filter(({ suspended }) => suspended !== null),
				at,
			);
			if (story) await world.expire(story);
		}),
	),
	fc.constant(command('restart', async ({ room }) => await room.restart())),
];

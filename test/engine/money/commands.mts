/** What a user, a provider and a network may do, as fast-check commands. */
import fc from 'fast-check';
import { PACE } from './fastTime.mts';
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

const render = fc.oneof(
	{ weight: 12, arbitrary: fc.constantFrom('', '[render=0]', '[render=30]', '[render=200]') },
	// Longer than the shortest sleep.
	{ weight: 1, arbitrary: fc.constant('[render=6000]') },
);
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
	waitMode: fc.constantFrom('poll', 'suspend', 'suspend', 'suspend', 'none'),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	tries: fc.constantFrom(1, 1, 2, 3, 5),
	maxConcurrency: fc.integer({ min: 1, max: 4 }),
	timeout: fc.constantFrom(60, 60, 60, 16, 0.4),
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

/** A retry needs an execution that has not succeeded, and of which n8n kept anything. */
const retryable = ({ stories }: World): Story[] => stories.filter(mayRetry);

/** What died or was stopped in its first turn is gone: n8n has saved nothing of it. */
export function mayRetry({ runs, suspended }: Story): boolean {
	const last = runs.at(-1);
	if (suspended !== null || last?.data.executionData === undefined) return false;
	const stoppedAsleep = last.status === 'canceled' && last.data.waitTill !== undefined;
	return last.status === 'error' || last.status === 'crashed' || stoppedAsleep;
}

const asleep = ({ stories }: World) => stories.filter(({ suspended }) => suspended !== null);

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
			const { ownPayload, tool } = story?.setting ?? how;
			const now = { ...how, ownPayload, tool };
			if (story) await world.retry(story, current ? now : story.setting);
		}),
	),
	fc
		.tuple(
			fc.nat({ max: 9 }),
			fc.constantFrom([0], [1], [2], [0, 1, 2, 3]),
			fc.record({
				state: fc.constantFrom('processing', 'success', 'success', 'failed'),
				key: fc.constantFrom(undefined, undefined, 'vda_forged'),
				secret: fc.constantFrom(undefined, undefined, 'guessed'),
				times: fc.constantFrom(1, 1, 3),
			}),
		)
		.map(([at, items, ring]) =>
			command(`ring ${at}.${items} ${words(ring)}`, async (world) => {
				const story = pick(asleep(world), at);
				const rung = items.filter((item) => item < (story?.wishes.length ?? 0));
				if (story) await Promise.all(rung.map(async (item) => await world.ring(story, item, ring)));
			}),
		),
	fc
		.tuple(fc.nat({ max: 9 }), fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined }))
		.map(([at, diesAt]) =>
			command(`wake ${at}${diesAt ? `, dying at ${diesAt}` : ''}`, async (world) => {
				const story = pick(asleep(world), at);
				if (story) await world.wake(story, diesAt);
			}),
		),
	fc.nat({ max: 9 }).map((at) =>
		command(`stop ${at}`, async (world) => {
			const story = pick(asleep(world), at);
			if (story) await world.stop(story);
		}),
	),
	fc
		.integer({ min: 0, max: 60 })
		.map((ms) =>
			command(
				`${ms} ms pass`,
				async () => await new Promise((resolve) => setTimeout(resolve, ms * PACE)),
			),
		),
	fc.constant(command('restart', async ({ room }) => await room.restart())),
];

import fc from 'fast-check';
import { assertMoneyIsSafe, assertNothingIsLost } from './invariants.mts';
import { commands, execute, mayRetry, place } from './commands.mts';
import { speedUp } from './fastTime.mts';
import { World, type Setting } from './world.mts';

/** More of them: `VIDU_PROPERTY_RUNS=10000 npx jest test/engine/money/.*Half`. Two files share them, one on each core. */
const RUNS = Math.ceil(Number(process.env.VIDU_PROPERTY_RUNS ?? 1000) / 2);
/** Worlds side by side, since most of the time goes by waiting. */
const LANES = Math.min(16, RUNS);

/** How long a failure is made smaller, real milliseconds; the other lanes end as well. */
const SHRINK_MS = 60_000;
let shrinkUntil = Infinity;

/** Counts what was really done, for the closing line. */
const counts = { runs: 0, executions: 0, tasks: 0 };

const others = fc.commands(commands, { maxCommands: 6, size: 'max' });

async function lane(seed: number): Promise<void> {
	const world = await World.open();
	try {
		await fc.assert(
			fc.asyncProperty(place, execute, others, async (where, first, given) => {
				if (process.uptime() * 1000 > shrinkUntil) return;
				world.clear(where);
				try {
					await fc.asyncModelRun(() => ({ model: {}, real: world }), [first, ...given]);
					await end(world);
				} catch (error) {
					shrinkUntil = Math.min(shrinkUntil, process.uptime() * 1000 + SHRINK_MS);
					throw error;
				}
				counts.runs += 1;
				counts.executions += world.stories.reduce((sum, { runs }) => sum + runs.length, 0);
				counts.tasks += world.sandbox.ledger().length;
			}),
			{ numRuns: Math.ceil(RUNS / LANES), seed },
		);
	} finally {
		await world.close();
	}
}

/** Loads all that n8n loads on its way, which takes seconds: too long in fast time. */
export async function warmUp(): Promise<void> {
	const world = await World.open();
	world.clear({ way: 'vidu', hostile: null });
	const setting: Setting = {
		waitMode: 'poll',
		onError: 'stopWorkflow',
		tries: 1,
		maxConcurrency: 1,
		timeout: 60,
		ownPayload: false,
		downloadVideo: true,
		onStop: 'leave',
		tool: false,
	};
	for (const tool of [false, true]) {
		await world.execute([{ faults: '', key: '' }], { ...setting, tool }, null);
	}
	await world.close();
}

/** Lets everything come to its end, at a provider that is honest again; then all that was paid for has come out, by a retry at the latest. */
export async function end(world: World): Promise<void> {
	world.sandbox.set({ hostile: null });
	for (const story of world.stories) {
		await world.settle(story);
		for (let tries = 0; tries < 2 && mayRetry(story); tries++) {
			await world.retry(story, { ...story.setting, onError: 'continueRegularOutput', timeout: 60 });
			await world.settle(story);
		}
		assertMoneyIsSafe(world);
		// n8n has saved nothing of an execution that died in its first turn.
		const isKept = story.runs.at(-1)?.data.executionData !== undefined;
		if (!story.stopped && isKept) assertNothingIsLost(world, story);
	}
}

/**
 * The test of one half. `VIDU_PROPERTY_SEED` repeats what was printed.
 * @param half 0 or 1, so that the two have other seeds
 */
export function testMoney(half: number): void {
	const seed = Number(process.env.VIDU_PROPERTY_SEED ?? Date.now() % 2 ** 30) + half * 1000;
	test(
		'whatever happens: billed at most as wanted, every paid task told, no item with another clip',
		async () => {
			console.info(`Seed ${seed - half * 1000}, ${RUNS} runs`);
			await warmUp();
			speedUp();
			const lanes = Array.from({ length: LANES }, async (_, index) => await lane(seed + index));
			const broken = (await Promise.allSettled(lanes)).find(({ status }) => status === 'rejected');
			if (broken?.status === 'rejected') throw broken.reason;
			console.info(`Done: ${JSON.stringify(counts)}`);
			expect(counts.runs).toBeGreaterThanOrEqual(RUNS);
		},
		Math.max(900_000, RUNS * 900),
	);
}

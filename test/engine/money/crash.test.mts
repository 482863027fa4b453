/** An n8n that dies in a turn after a sleep, at every point at which that can matter, and Retry. */
import type { Run } from '../harness/run.mts';
import { speedUp } from './fastTime.mts';
import { end, warmUp } from './property.mts';
import { WAYS, type WayName } from './providers.mts';
import { itemsOf, World, type Setting, type Story } from './world.mts';

const SETTING: Setting = {
	waitMode: 'suspend',
	onError: 'continueRegularOutput',
	tries: 1,
	maxConcurrency: 2,
	timeout: 60,
	ownPayload: false,
	downloadVideo: false,
	onStop: 'leave',
	tool: false,
};
/** Two waves; the clock alone wakes the second. */
const WISHES = ['a', 'b', 'c', 'd'].map((name) => ({ faults: `${name} [callback=none]`, key: '' }));
/** More than a turn has. */
const MOST_POINTS = 60;

/** Worlds side by side, since most of the time goes by waiting. */
let worlds: World[] = [];
beforeAll(async () => {
	await warmUp();
	speedUp();
	worlds = await Promise.all(Array.from({ length: 6 }, async () => await World.open()));
});
afterAll(async () => await Promise.all(worlds.map(async (world) => await world.close())));

/** Runs until the process dies at a point of the turn that buys the second wave, and retries. @returns the story; null if the turn has no such point */
async function die(world: World, way: WayName, setting: Setting, point: number) {
	world.clear({ way, hostile: null });
	const story = await world.execute(WISHES, setting, null);
	while (world.sandbox.tasks().some(({ stage }) => stage !== 'success')) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	await world.wake(story, point);
	if (!story.lives.some(({ isOver }) => isOver)) return null;
	expect(story.runs.at(-1)?.status).toBe('crashed');
	await world.retry(story, setting);
	await end(world);
	return story;
}

async function dieEverywhere(
	way: WayName,
	setting: Setting,
	check: (world: World, story: Story) => void = () => undefined,
) {
	const died = worlds.map(async (world, first) => {
		let stories = 0;
		for (let point = first + 1; point < MOST_POINTS; point += worlds.length) {
			const story = await die(world, way, setting, point);
			if (story === null) break;
			check(world, story);
			stories += 1;
		}
		return stories;
	});
	const points = (await Promise.all(died)).reduce((sum, stories) => sum + stories, 0);
	expect(points).toBeGreaterThan(2);
	expect(points).toBeLessThan(MOST_POINTS - 1);
}

test('where a task can be found by our mark, a Retry after a crash has every clip, each bought once', async () => {
	await dieEverywhere('vidu', SETTING, ({ sandbox }, { runs }) => {
		const items = itemsOf(runs.at(-1) as Run);
		expect(items.map(({ json }) => json.state)).toEqual(WISHES.map(() => 'succeeded'));
		expect(sandbox.ledger()).toHaveLength(WISHES.length);
	});
});

test.each(Object.keys(WAYS) as WayName[])(
	'%s: where it cannot, nothing is bought twice after a crash, and what is not known is said',
	async (way) => {
		await dieEverywhere(way, { ...SETTING, ownPayload: way === 'vidu' });
	},
);

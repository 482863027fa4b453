/** A node that sleeps and is woken by the clock alone. */
import { now } from '../harness/timeline.mts';
import { WAYS, type WayName } from '../money/providers.mts';
import { clip, EXPECTED, NAME, numbered, openStage, workflowOf } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';

describe('waiting without a worker, by the clock', () => {
	test('every item comes out in order, paired, with its own video', async () => {
		const prompts = numbered(3, silent);
		const begun = await stage.suspend(prompts);
		expect(begun.suspended.status).toBe('waiting');
		const done = await stage.sleepOn(begun);
		const items = done.items(NAME);
		expect(done.status).toBe('success');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(stage.promptsOf(done)).toEqual(prompts);
		for (const item of items) {
			expect(item.json).toMatchObject({ state: 'succeeded', credits: 35 });
			expect(item.json.createdAt).not.toBeNull();
			expect((await done.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
		}
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});

	test('the first sleep lasts about as long as a clip is thought to take, none less than a minute', async () => {
		const { id, resumed } = await stage.suspend([`one [render=1000]`], clip(), {
			...stage.account('octopusx'),
		});
		const sleeps: number[] = [];
		for (let till = stage.room.waitTill(id); till; till = stage.room.waitTill(id)) {
			sleeps.push(Math.round((till.getTime() - now()) / 1000));
			await stage.wakeUp({ id });
		}
		await resumed;
		expect(sleeps[0]).toBeGreaterThanOrEqual(EXPECTED - 5);
		expect(sleeps[0]).toBeLessThanOrEqual(EXPECTED);
		expect(Math.min(...sleeps)).toBeGreaterThanOrEqual(59);
		expect(Math.max(...sleeps)).toBeLessThanOrEqual(300);
	});

	test('a wake-up asks for all tasks at once', async () => {
		const begun = await stage.suspend(numbered(5, `${silent} [render=1000]`));
		const before = stage.looks().length;
		for (let wakeUps = 1; wakeUps <= 4; wakeUps++) {
			await stage.wakeUp(begun);
			expect(stage.looks()).toHaveLength(before + wakeUps);
		}
		const done = await stage.sleepOn(begun);
		expect(done.items(NAME)).toHaveLength(5);
		expect(stage.looks().length - before).toBeLessThanOrEqual(stage.room.wakeUps(begun.id));
	});

	test('twenty clips through an account of three are bought in waves, each once, and come out in order', async () => {
		const prompts = numbered(20, silent);
		const most = stage.watchFlights();
		const begun = await stage.suspend(prompts, clip({ maxConcurrency: 3 }));
		expect(stage.sandbox.ledger()).toHaveLength(3);
		const done = await stage.sleepOn(begun);
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(done.items(NAME).map(({ pairedItem }) => pairedItem)).toEqual(
			prompts.map((_, item) => ({ item })),
		);
		expect(stage.sandbox.ledger()).toHaveLength(20);
		expect(most()).toBe(3);
		// What expressions and calling workflows read is the last run.
		expect(done.data.resultData.runData[NAME]).toHaveLength(1);
		expect(stage.room.wakeUps(begun.id)).toBeLessThanOrEqual(8);
	});

	test('a clip that still runs when the node wakes keeps its place in an account of three', async () => {
		const prompts = numbered(8, silent).map((prompt, index) =>
			index % 2 === 0 ? `${prompt} [render=1000]` : prompt,
		);
		const most = stage.watchFlights();
		const done = await stage.sleepOn(await stage.suspend(prompts, clip({ maxConcurrency: 3 })));
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(stage.sandbox.ledger()).toHaveLength(8);
		expect(most()).toBe(3);
	});

	test('a finished clip is downloaded at the wake-up that sees it, and once', async () => {
		const begun = await stage.suspend([`one ${silent}`, `two ${silent} [render=1000]`]);
		await stage.wakeUp(begun);
		expect(stage.downloads()).toHaveLength(1);
		const done = await stage.sleepOn(begun);
		expect(done.items(NAME)).toHaveLength(2);
		expect(stage.downloads()).toHaveLength(2);
	});

	test('a prompt that is another at every wake-up is bought once', async () => {
		const tested = clip({ maxConcurrency: 2 });
		tested.parameters.prompt = '={{ $json.prompt + " " + $now.toMillis() }}';
		const done = await stage.run(workflowOf(tested), numbered(5, silent));
		expect(done.status).toBe('success');
		expect(stage.promptsOf(done).map((prompt) => prompt?.replace(/ \d{13}$/, ''))).toEqual(
			numbered(5, silent),
		);
		expect(stage.sandbox.ledger()).toHaveLength(5);
	});

	test('execution data does not grow with wake-ups', async () => {
		const begun = await stage.suspend([`one ${silent} [never]`, `two ${silent} [never]`]);
		const sizes: number[] = [];
		for (let wakeUps = 1; wakeUps <= 50; wakeUps++) {
			await stage.wakeUp(begun);
			sizes.push(JSON.stringify(stage.room.stored(begun.id)).length);
		}
		expect(Math.abs((sizes[49] ?? 0) - (sizes[9] ?? 0))).toBeLessThan(50);
		stage.room.stop(begun.id);
	});

	test.each((Object.keys(WAYS) as WayName[]).filter((way) => way !== 'vidu'))(
		'%s works without a single callback, in waves too',
		async (way) => {
			const prompts = numbered(3, silent);
			const begun = await stage.suspend(prompts, clip({ maxConcurrency: 2 }), stage.account(way));
			const done = await stage.sleepOn(begun);
			expect(done.error).toBeUndefined();
			expect(stage.promptsOf(done)).toEqual(prompts);
			expect(stage.sandbox.ledger()).toHaveLength(3);
			expect(stage.answers(begun.id)).toEqual([]);
		},
	);
});

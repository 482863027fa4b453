/** A film whose shots are made while its node sleeps. */
import type { IDataObject } from 'n8n-workflow';
import { until } from '../harness/clip.mts';
import { clip, NAME, openStage, RENDER } from './stage.mts';

const stage = openStage();

const SHOTS = 8;

/** Two characters in turn, each shot of one second. */
function film(options: IDataObject = {}) {
	const subjects = ['cat', 'robot'].map((name) => ({
		name,
		images: [`${stage.sandbox.url}/samples/${name}.png`],
	}));
	const shots = Array.from({ length: SHOTS }, (_, index) => ({
		prompt: `@${['cat', 'robot'][index % 2]} in shot ${index + 1}`,
	}));
	const defaults = { model: 'viduq2', duration: 1, resolution: '540p' };
	return clip(options, {
		parameters: {
			resource: 'film',
			operation: 'make',
			specifyShots: 'json',
			shotList: JSON.stringify({ defaults, subjects, shots }),
		},
	});
}

const shotsIn = (json: IDataObject = {}) => (json.shots ?? []) as Array<{ taskId: string }>;

test('it is woken by the clock, buys each shot once, and joins them in their order', async () => {
	const done = await stage.sleepOn(await stage.suspend(['any'], film({ maxConcurrency: 3 })));
	expect(done.error).toBeUndefined();
	expect(stage.sandbox.ledger()).toHaveLength(SHOTS);
	const [item] = done.items(NAME);
	expect(item?.json).toMatchObject({ state: 'succeeded', shots: { length: SHOTS } });
	const prompts = shotsIn(item?.json).map(
		({ taskId }) => stage.sandbox.tasks().find(({ id }) => id === taskId)?.prompt,
	);
	expect(prompts.map((prompt) => prompt?.slice(-1))).toEqual([...'12345678']);
	expect(item?.binary?.data).toMatchObject({ mimeType: 'video/mp4', fileName: 'film.mp4' });
	expect(stage.downloads()).toHaveLength(SHOTS);
});

test('the callbacks of its shots wake it once, when the last one is ready', async () => {
	const { id, resumed } = await stage.suspend(['any'], film({ maxConcurrency: SHOTS }));
	stage.pass(RENDER + 1);
	await until(() => stage.room.wakeUps(id) > 0);
	const done = await resumed;
	expect(done.items(NAME)).toMatchObject([{ json: { state: 'succeeded' } }]);
	expect(stage.room.wakeUps(id)).toBe(1);
	expect(stage.sandbox.ledger()).toHaveLength(SHOTS);
});

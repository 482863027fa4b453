/** Tasks and videos that are chosen from the account's recent ones instead of typed in. */
import type { IDataObject, NodeParameterValueType } from 'n8n-workflow';
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { errorText } from '../harness/clip.mts';
import { listed } from './lists.mts';
import { quick, useStage } from './vidu.mts';

const stage = useStage();

async function submitted(prompt: string, waitMode = 'none'): Promise<IDataObject> {
	const options = waitMode === 'none' ? {} : quick;
	const done = await stage.run('video', 'textToVideo', { prompt, waitMode, options });
	expect(errorText(done)).toBe('undefined\nundefined');
	return stage.outputs(done)[0] ?? {};
}

const names = async (...asked: Parameters<typeof listed>) =>
	(await listed(...asked)).results.map(({ name }) => name);

test('tasks are listed by prompt, state, time and model, the newest first', async () => {
	const { taskId: older } = await submitted('A boat on a lake', 'poll');
	const prompt = `A cat [queue=100000] ${'that runs and runs '.repeat(9)}`;
	const { taskId: newer } = await submitted(prompt);
	const { results } = await listed(stage, 'searchTasks');
	expect(results.map(({ value }) => value)).toEqual([newer, older]);
	expect(results[0]?.name).toMatch(
		/^A cat \[queue=100000\] tha… · queued · \d+ \w+, \d\d:\d\d · Vidu \S+/,
	);
	expect(results[1]?.name).toMatch(/^A boat on a lake · succeeded · .* · Vidu \S+/);
});

test('they are searched by any part of that', async () => {
	await submitted('A boat [queue=100000] that has waited in a harbour for the storm to end');
	await submitted('A cat', 'poll');
	for (const filter of ['BOAT', 'the storm']) {
		expect(await names(stage, 'searchTasks', { filter })).toEqual([
			expect.stringMatching(/^A boat/),
		]);
	}
	expect(await names(stage, 'searchTasks', { filter: 'succeeded' })).toEqual([
		expect.stringMatching(/^A cat/),
	]);
	expect(await names(stage, 'searchTasks', { filter: 'dog' })).toEqual([]);
});

test('they come in pages, and a search goes through them', async () => {
	const items = Array.from({ length: 101 }, (_, index) => ({ json: { prompt: `Clip ${index}.` } }));
	const options = { maxConcurrency: 50 };
	const parameters = { prompt: '={{ $json.prompt }}', waitMode: 'none', options };
	await stage.run('video', 'textToVideo', parameters, items);
	const first = await listed(stage, 'searchTasks');
	expect(first.results).toHaveLength(100);
	const { paginationToken } = first;
	const second = await listed(stage, 'searchTasks', { paginationToken });
	expect(second.results).toHaveLength(1);
	expect(second.paginationToken).toBeUndefined();
	const [last] = second.results;
	const filter = last?.name.split(' · ')[0];
	expect((await listed(stage, 'searchTasks', { filter })).results).toEqual([last]);
});

test('only tasks that have not started can be chosen to be cancelled', async () => {
	await submitted('A boat', 'poll');
	const { taskId } = await submitted('A cat [queue=100000]');
	const { results } = await listed(stage, 'searchQueuedTasks');
	expect(results.map(({ value }) => value)).toEqual([taskId]);
	const chosen = { __rl: true, mode: 'list', value: String(taskId) };
	const done = await stage.run('task', 'cancel', { taskId: chosen });
	expect(stage.outputs(done)).toMatchObject([{ taskId, state: 'cancelled' }]);
});

test('a video is chosen by its own ID, which extends it, and images are not among them', async () => {
	await submitted('A cat [queue=100000]');
	await stage.run('image', 'referenceToImage', { prompt: 'A bottle', options: quick });
	await stage.run('audio', 'textToAudio', { prompt: 'Rain', options: quick });
	const { creationIds } = await submitted('A boat', 'poll');
	const { results } = await listed(stage, 'searchVideos');
	expect(results.map(({ value }) => value)).toEqual(creationIds);
	const videoCreationId = { __rl: true, mode: 'list', value: String(results[0]?.value) };
	const done = await stage.run('video', 'extend', { videoCreationId, options: quick });
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(stage.bodies('/extend')).toMatchObject([{ video_creation_id: results[0]?.value }]);
});

test('a provider without a list says so, and how to go on', async () => {
	const credential = { provider: 'kkiai', apiKey: GATEWAY_KEYS.kkiai };
	for (const method of ['searchTasks', 'searchQueuedTasks', 'searchVideos'] as const) {
		await expect(listed(stage, method, { credential })).rejects.toMatchObject({
			message: 'Tasks can be listed at Vidu only. To enter an ID, choose By ID.',
			description: expect.stringContaining('for kkiai'),
		});
	}
});

test.each<[string, (taskIds: string[]) => NodeParameterValueType, number]>([
	['one from the list', ([id = '']) => ({ __rl: true, mode: 'list', value: id }), 1],
	['several by ID', (ids) => ({ __rl: true, mode: 'id', value: ids.join(', ') }), 2],
	['a list from an expression', () => ({ __rl: true, mode: 'id', value: '={{ $json.ids }}' }), 2],
	['the plain text of an earlier workflow', (ids) => ids.join(','), 2],
	['the expression of an earlier workflow', () => '={{ $json.ids }}', 2],
])('Get and Wait take %s', async (_, chosen, count) => {
	const ids = [String((await submitted('a')).taskId), String((await submitted('b')).taskId)];
	for (const operation of ['get', 'wait']) {
		const parameters = { taskId: chosen(ids), options: operation === 'wait' ? quick : {} };
		const done = await stage.run('task', operation, parameters, [{ json: { ids } }]);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.outputs(done).map(({ taskId }) => taskId)).toEqual(ids.slice(0, count));
	}
});

test.each<[string, string | string[]]>([
	['chosen ones', ['540p', '1080p']],
	['names separated by commas', '540p, 1080p'],
	['a list from an expression', '={{ $json.resolutions }}'],
])('the filters of Get Many take %s', async (_, resolutions) => {
	const ids: unknown[] = [];
	for (const resolution of ['540p', '720p', '1080p']) {
		const parameters = { prompt: 'a', resolution, waitMode: 'none' };
		ids.push(stage.outputs(await stage.run('video', 'textToVideo', parameters))[0]?.taskId);
	}
	const items = [{ json: { resolutions: ['540p', '1080p'] } }];
	const done = await stage.run('task', 'getMany', { filters: { resolutions } }, items);
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(stage.outputs(done).map(({ taskId }) => taskId)).toEqual([ids[2], ids[0]]);
});

import type { IDataObject } from 'n8n-workflow';
import { errorText } from './harness/clip.mts';
import { quick, useStage } from './operations/vidu.mts';

const stage = useStage();
const { outputs, run, sample } = stage;
const body = (path: string) =>
	stage.sandbox.requests().find((request) => request.method === 'POST' && request.path === path)
		?.body as IDataObject;

describe('image to video', () => {
	test('sends every parameter of its document and delivers the clip', async () => {
		const done = await run('video', 'imageToVideo', {
			model: 'viduq2-pro',
			imageUrl: sample('bottle.png'),
			prompt: 'the bottle turns',
			duration: 4,
			resolution: '1080p',
			audio: true,
			options: {
				...quick,
				audioType: 'speech_only',
				bgm: true,
				isRec: true,
				movementAmplitude: 'auto',
				payload: 'row-7',
				seed: 42,
				voiceId: 'English_Aussie_Bloke',
			},
		});
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(body('/ent/v2/img2video')).toEqual({
			model: 'viduq2-pro',
			images: [sample('bottle.png')],
			prompt: 'the bottle turns',
			duration: 4,
			resolution: '1080p',
			audio: true,
			audio_type: 'speech_only',
			bgm: true,
			is_rec: true,
			payload: 'row-7',
			seed: 42,
			voice_id: 'English_Aussie_Bloke',
		});
		expect(outputs(done)).toMatchObject([
			{ operation: 'imageToVideo', model: 'viduq2-pro', state: 'succeeded', payload: 'row-7' },
		]);
		expect((await done.binary(done.items('Vidu')[0]!, 'data')).length).toBeGreaterThan(1000);
	});

	test('refuses off-peak with audio for q2 before anything is sent', async () => {
		const done = await run('video', 'imageToVideo', {
			model: 'viduq2-pro',
			imageUrl: sample('bottle.png'),
			audio: true,
			options: { offPeak: true },
		});
		expect(errorText(done)).toContain('off-peak only with "Audio" off');
		expect(stage.sandbox.requests()).toEqual([]);
	});

	test('needs exactly one picture', async () => {
		const done = await run('video', 'imageToVideo', { model: 'viduq2-pro', prompt: 'x' });
		expect(errorText(done)).toContain('No image: fill in');
	});
});

test('start and end to video sends both pictures in order', async () => {
	const done = await run('video', 'startEndToVideo', {
		startImageUrl: sample('cat.png'),
		endImageUrl: sample('robot.png'),
		prompt: 'the cat becomes a robot',
		options: quick,
	});
	expect(done.status).toBe('success');
	expect(body('/ent/v2/start-end2video').images).toEqual([sample('cat.png'), sample('robot.png')]);
});

test('text to video needs a prompt and no picture', async () => {
	const done = await run('video', 'textToVideo', {
		model: 'viduq1',
		prompt: 'a street in the rain',
		options: { ...quick, style: 'anime' },
	});
	expect(done.status).toBe('success');
	expect(body('/ent/v2/text2video')).toMatchObject({
		model: 'viduq1',
		style: 'anime',
		aspect_ratio: '16:9',
	});
});

describe('tasks', () => {
	async function order(prompt: string): Promise<string> {
		const done = await run('video', 'textToVideo', { prompt, waitMode: 'none' });
		return String(outputs(done)[0]?.taskId);
	}

	async function finished(count: number): Promise<void> {
		while (stage.sandbox.tasks().filter(({ stage }) => stage === 'success').length < count) {
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	test('are fetched by the id of the incoming item, with the video', async () => {
		const taskId = await order('a lake');
		await finished(1);
		const done = await run('task', 'get', { taskId: '={{ $json.taskId }}' }, [
			{ json: { taskId } },
		]);
		expect(outputs(done)).toMatchObject([{ taskId, state: 'succeeded', operation: 'get' }]);
		expect(done.items('Vidu')[0]?.binary?.data?.mimeType).toBe('video/mp4');
	});

	test('are fetched several at once, one item each', async () => {
		const ids = [await order('a'), await order('b')];
		const done = await run('task', 'get', { taskId: ids.join(', '), downloadVideo: false });
		expect(outputs(done).map(({ taskId }) => taskId)).toEqual(ids);
		expect(done.items('Vidu').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
		]);
	});

	test('that do not exist are named, and others go on when On Error says so', async () => {
		const taskId = await order('a');
		const done = await run(
			'task',
			'get',
			{ taskId: '={{ $json.id }}', downloadVideo: false },
			[{ json: { id: '42' } }, { json: { id: taskId } }],
			{ onError: 'continueRegularOutput' },
		);
		expect(outputs(done)).toMatchObject([
			{ error: { message: expect.stringContaining('42') } },
			{ taskId },
		]);
	});

	test('are listed newest first, up to the limit', async () => {
		const ids = [await order('a'), await order('b'), await order('c')];
		const done = await run('task', 'getMany', { limit: 2 });
		expect(outputs(done).map(({ taskId }) => taskId)).toEqual([ids[2], ids[1]]);
		expect(outputs(done)[0]).toMatchObject({ operation: 'getMany', model: expect.any(String) });
		const all = await run('task', 'getMany', { returnAll: true });
		expect(outputs(all)).toHaveLength(3);
	});

	test('that wait are cancelled, and the credits come back', async () => {
		const taskId = await order('a [queue=100000]');
		const done = await run('task', 'cancel', { taskId });
		expect(outputs(done)).toMatchObject([{ taskId, state: 'cancelled' }]);
		expect(stage.sandbox.ledger().map(({ refunded }) => refunded)).toEqual([true]);
	});
});

test('the balance is what the ledger leaves', async () => {
	const done = await run('account', 'getCredits');
	expect(outputs(done)).toMatchObject([{ provider: 'vidu', credits: 10_000 }]);
});

test('what a provider does not have is refused before the call, with those that have it', async () => {
	const done = await run('account', 'getCredits', {}, undefined, {}, { provider: 'octopusx' });
	expect(errorText(done)).toMatch(
		/The balance can be read at Vidu only\nThis credential is for OctopusX/,
	);
	expect(stage.sandbox.requests()).toEqual([]);
});

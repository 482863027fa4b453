import { GATEWAY_KEYS, poorKey, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { caller } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
afterAll(async () => await sandbox.close());

const bearer = caller(() => sandbox, `Bearer ${GATEWAY_KEYS.jiekou}`);
const create = async (slug: string, body: Record<string, unknown>) =>
	await bearer('POST', `/v3/async/${slug}`, { prompt: 'A cat runs', ...body });
const result = async (id: unknown) =>
	(await bearer('GET', `/v3/async/task-result?task_id=${String(id)}`)).body;
const pictures = (count: number) => Array<string>(count).fill('https://pic.example/cat.png');
const Q2 = { duration: 5, subjects: [{ id: '1', images: pictures(1) }] };

describe('JieKou', () => {
	it('answers with a task id, then with links that live an hour', async () => {
		const { body } = await create('vidu-2.0-reference2video', { images: pictures(3) });
		expect(body).toEqual({ task_id: expect.any(String) });
		expect(await result(body.task_id)).toMatchObject({ task: { status: 'TASK_STATUS_QUEUED' } });
		clock += 90_000;
		const done = await result(body.task_id);
		expect(done).toMatchObject({
			task: { status: 'TASK_STATUS_SUCCEED', progress_percent: 100, reason: '' },
			videos: [{ video_url_ttl: '3600', video_type: 'mp4' }],
		});
		const [video]: Array<{ video_url: string }> = Array.isArray(done.videos) ? done.videos : [];
		const url = video?.video_url ?? '';
		expect((await fetch(url)).status).toBe(200);
		clock += 3_601_000;
		expect((await fetch(url)).status).toBe(403);
	});

	it('tells why a task failed', async () => {
		const { body } = await create('vidu-q2-reference2video', { ...Q2, prompt: '[fail=Moderated]' });
		clock += 90_000;
		expect(await result(body.task_id)).toMatchObject({
			task: { status: 'TASK_STATUS_FAILED', reason: 'Moderated' },
			videos: [],
		});
	});

	it('answers 403 both to a bad key and to an empty account', async () => {
		const as = async (key: string) =>
			await caller(() => sandbox, `Bearer ${key}`)('POST', '/v3/async/vidu-q2-reference2video', {
				prompt: 'A cat',
				...Q2,
			});
		expect(await as('sk-other')).toMatchObject({
			status: 403,
			body: { reason: 'INVALID_API_KEY' },
		});
		expect(await as(poorKey('jiekou'))).toMatchObject({
			status: 403,
			body: { reason: 'NOT_ENOUGH_BALANCE' },
		});
	});

	it('does not know a slug that no page has', async () => {
		expect(await create('vidu-q9', {})).toMatchObject({
			status: 404,
			body: { reason: 'MODEL_NOT_FOUND' },
		});
	});

	it.each([
		['a model in the body', 'vidu-2.0-reference2video', { images: pictures(1), model: 'vidu2.0' }],
		['four images at 2.0', 'vidu-2.0-reference2video', { images: pictures(4) }],
		['eight images at Q1', 'vidu-q1-reference2video', { images: pictures(8) }],
		[
			'1501 characters',
			'vidu-q1-reference2video',
			{ images: pictures(1), prompt: 'a'.repeat(1501) },
		],
		['images at Q2', 'vidu-q2-reference2video', { duration: 5, images: pictures(1) }],
		['Q2 without a duration', 'vidu-q2-reference2video', { ...Q2, duration: undefined }],
		['large movement at Q2', 'vidu-q2-reference2video', { ...Q2, movement_amplitude: 'large' }],
		['a number as position at q3-i2v', 'vidu-q3-pro-i2v', { images: pictures(1), wm_position: 3 }],
	])('refuses %s', async (_what, slug, body) => {
		expect(await create(slug, body)).toMatchObject({
			status: 400,
			body: { reason: 'INVALID_REQUEST_BODY' },
		});
	});

	it('takes high movement at Q2 and large movement at Q1', async () => {
		const q2 = await create('vidu-q2-reference2video', { ...Q2, movement_amplitude: 'high' });
		const q1 = { images: pictures(7), movement_amplitude: 'large' };
		expect(q2.body).toHaveProperty('provider_request_id');
		expect((await create('vidu-q1-reference2video', q1)).status).toBe(200);
	});
});

import { GATEWAY_KEYS, poorKey, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { caller } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
afterAll(async () => await sandbox.close());

const bearer = caller(() => sandbox, `Bearer ${GATEWAY_KEYS.octopusx}`);
const create = async (more: Record<string, unknown> = {}, endpoint = 'reference2video') =>
	await bearer('POST', `/vidu/ent/v2/${endpoint}`, { ...BODY, ...more });
const BODY = {
	model: 'viduq2-pro',
	prompt: 'A @cat runs',
	subjects: [{ id: 'cat', images: ['https://pic.example/cat.png'] }],
};

describe('OctopusX', () => {
	it('answers flat: processing, then completed with one URL', async () => {
		const { body } = await create();
		expect(body).toEqual({
			task_id: expect.any(String),
			status: 'processing',
			created_at: Math.floor(clock / 1000),
		});
		const path = `/vidu/ent/v2/task/${String(body.task_id)}/creations`;
		expect((await bearer('GET', path)).body).toMatchObject({ status: 'processing' });
		clock += 90_000;
		const done = (await bearer('GET', path)).body;
		expect(done).toMatchObject({ id: body.task_id, status: 'completed' });
		expect((await fetch(String(done.video_url))).headers.get('content-type')).toBe('video/mp4');
		expect(done).not.toHaveProperty('creations');
	});

	it('fails without a reason', async () => {
		const { body } = await create({ prompt: '[fail=AuditSubmitIllegal]' });
		clock += 90_000;
		const path = `/vidu/ent/v2/task/${String(body.task_id)}/creations`;
		const failed = (await bearer('GET', path)).body;
		expect(failed.status).toBe('failed');
		expect(JSON.stringify(failed)).not.toContain('Audit');
	});

	it.each(['Bearer sk-other', `Token ${GATEWAY_KEYS.octopusx}`])(
		'refuses "%s" in the words of new-api',
		async (header) => {
			const answer = await caller(() => sandbox, header)('GET', '/vidu/ent/v2/task/1/creations');
			expect(answer).toMatchObject({ status: 401, body: { error: { type: 'new_api_error' } } });
		},
	);

	it('refuses a poor account with 403', async () => {
		const poor = caller(() => sandbox, `Bearer ${poorKey('octopusx')}`);
		expect((await poor('POST', '/vidu/ent/v2/reference2video', BODY)).status).toBe(403);
	});

	it.each([
		['a field that its page does not list', { aspect_ratio: '16:9' }],
		['a callback', { callback_url: 'https://me.example' }],
		['a subject by name', { subjects: [{ name: 'cat', images: ['https://pic.example/c.png'] }] }],
		['a boolean as text', { audio: 'true' }],
		['a model of another page', { model: 'viduq2' }],
	])('refuses %s', async (_what, more) => {
		const { status, body } = await create(more);
		expect([status, body.data]).toEqual([400, null]);
	});

	it('has text, first frame, and first and last frame', async () => {
		const images = ['https://pic.example/a.png', 'https://pic.example/b.png'];
		const frames = async (list: string[], endpoint: string) =>
			(await create({ subjects: undefined, images: list }, endpoint)).status;
		expect(await frames(images.slice(1), 'img2video')).toBe(200);
		expect(await frames(images, 'start-end2video')).toBe(200);
		const text = { model: 'viduq2', subjects: undefined, aspect_ratio: '9:16' };
		expect((await create(text, 'text2video')).status).toBe(200);
	});

	it.each(['/vidu/ent/v2/tasks', '/vidu/ent/v2/tasks/1/creations', '/vidu/ent/v2/credits'])(
		'has no %s',
		async (path) => expect((await bearer('GET', path)).status).toBe(404),
	);
});

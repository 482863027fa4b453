import { GATEWAY_KEYS, poorKey, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { caller } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
afterAll(async () => await sandbox.close());

const PATH = '/model/v1/generation';
const bearer = caller(() => sandbox, `Bearer ${GATEWAY_KEYS.vtrix}`);
const PARAMS = {
	prompt: 'A @1 runs',
	subjects: [{ id: '1', images: ['https://pic.example/cat.png'] }],
};
const wrap = (more: Record<string, unknown>, model = 'viduq2_pro_fast_reference2video') => ({
	model,
	input: [{ params: { ...PARAMS, ...more } }],
});
const finish = async (prompt = 'A @1 runs') => {
	const { body } = await bearer('POST', PATH, wrap({ prompt }));
	clock += 90_000;
	return (await bearer('GET', `${PATH}/task/${String(body.id)}`)).body;
};

describe('Vtrix', () => {
	it('tells progress from 0 to 1', async () => {
		const { body } = await bearer('POST', PATH, wrap({}));
		expect(body).toMatchObject({ status: 'in_progress', progress: 0 });
		clock += 45_000;
		expect((await bearer('GET', `${PATH}/task/${String(body.id)}`)).body).toMatchObject({
			status: 'in_progress',
			progress: 0.5,
			output: [],
		});
	});

	it('gives the video in the shape of its client, with a price in dollars as text', async () => {
		expect(await finish()).toMatchObject({
			status: 'completed',
			progress: 1,
			output: [{ content: [{ type: 'video', url: expect.stringContaining('/results/') }] }],
			usage: { cost: '0.2500' },
		});
	});

	it('gives the video in the shape of its page on demand', async () => {
		expect((await finish('[shape=B]')).output).toMatchObject([
			{ task_status: 'done', results: [{ type: 'video' }] },
		]);
	});

	it('fails with a code of the page', async () => {
		expect(await finish('[fail=008017095]')).toMatchObject({
			status: 'failed',
			error: { code: '008017095' },
		});
	});

	it('refuses a bad key with 401 and an empty account with 403, in detail', async () => {
		const as = (key: string) => caller(() => sandbox, `Bearer ${key}`);
		const bad = await as('sk-other')('GET', `${PATH}/task/1`);
		expect(bad).toMatchObject({ status: 401, body: { detail: 'invalid token' } });
		expect((await as(poorKey('vtrix'))('POST', PATH, wrap({}))).status).toBe(403);
		expect((await bearer('GET', `${PATH}/task/1`)).body).toEqual({ detail: 'task not found' });
	});

	it.each([
		['flat parameters', { model: 'viduq2_pro_fast_reference2video', ...PARAMS }],
		['nine seconds', wrap({ duration: 9 })],
		['540p', wrap({ resolution: '540p' })],
		['4:3', wrap({ aspect_ratio: '4:3' })],
		['off-peak', wrap({ off_peak: true })],
		['a long prompt', wrap({ prompt: 'a'.repeat(2001) })],
		['a background music', wrap({ bgm: true })],
	])('refuses %s', async (_what, body) => {
		expect((await bearer('POST', PATH, body)).status).toBe(400);
	});

	it.each([
		['008017001', { subjects: undefined, audio: true }],
		['008017002', { subjects: undefined }],
	])('refuses with %s', async (code, more) => {
		expect((await bearer('POST', PATH, wrap(more))).body).toMatchObject({ error: { code } });
	});

	it("does not know Vidu's own model names", async () => {
		expect((await bearer('POST', PATH, wrap({}, 'viduq2-pro-fast'))).status).toBe(404);
	});
});

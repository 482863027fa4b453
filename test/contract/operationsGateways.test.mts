import { GATEWAY_KEYS, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { imageSize } from '../../sandbox/images.mts';
import { caller, download, inspect } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
afterAll(async () => await sandbox.close());

const as = (gateway: keyof typeof GATEWAY_KEYS) =>
	caller(() => sandbox, `Bearer ${GATEWAY_KEYS[gateway]}`);
const CAT = 'https://pic.example/cat.png';
const VIDEO = 'https://clip.example/a.mp4';
const urlIn = (body: unknown) => /http[^"]+\/results\/[^"]+/.exec(JSON.stringify(body))?.[0];

describe('an image', () => {
	it.each([
		['kkiai', '/ent/v2'],
		['relay302', '/relay302/vidu/ent/v2'],
	] as const)('is made by %s as by Vidu', async (gateway, prefix) => {
		const ask = as(gateway);
		const path = `${prefix}/reference2image`;
		const { body } = await ask('POST', path, { model: 'viduq2', prompt: 'A cat' });
		expect(body).toMatchObject({ state: 'created', aspect_ratio: '16:9', resolution: '1080p' });
		clock += 90_000;
		const done = await ask('GET', `${prefix}/tasks/${String(body.task_id)}/creations`);
		expect(imageSize((await download(urlIn(done.body))).bytes)).toEqual({
			width: 1920,
			height: 1080,
		});
		expect((await ask('POST', path, { model: 'viduq1', prompt: 'A cat' })).status).toBe(400);
	});

	it('is made by Vtrix, and called an image', async () => {
		const wrap = (params: object) => ({ model: 'viduq2_reference2image', input: [{ params }] });
		const path = '/model/v1/generation';
		const { body } = await as('vtrix')(
			'POST',
			path,
			wrap({ prompt: 'A cat', aspect_ratio: '1:1' }),
		);
		clock += 90_000;
		const done = (await as('vtrix')('GET', `${path}/task/${String(body.id)}`)).body;
		expect(done).toMatchObject({ output: [{ content: [{ type: 'image' }] }] });
		expect((await download(urlIn(done))).type).toBe('image/png');
		const named = { prompt: 'A cat', model: 'viduq2' };
		expect((await as('vtrix')('POST', path, wrap(named))).status).toBe(400);
	});
});

describe('an extension', () => {
	const extend = async (params: object, model = 'viduq2_turbo_extend') =>
		await as('vtrix')('POST', '/model/v1/generation', { model, input: [{ params }] });

	it('is made by Vtrix', async () => {
		for (const model of ['viduq2_turbo_extend', 'viduq2_pro_extend']) {
			const { body } = await extend({ video_url: VIDEO, duration: 3 }, model);
			clock += 90_000;
			const path = `/model/v1/generation/task/${String(body.id)}`;
			const done = (await as('vtrix')('GET', path)).body;
			expect(done).toMatchObject({ output: [{ content: [{ type: 'video' }] }] });
			expect((await inspect((await download(urlIn(done))).bytes)).duration).toBeCloseTo(3, 3);
		}
	});

	it.each([{}, { video_url: VIDEO, duration: 8 }, { video_url: VIDEO, model: 'viduq2-pro' }])(
		'is not made of %j',
		async (params) => {
			expect((await extend(params)).status).toBe(400);
		},
	);
});

describe('JieKou', () => {
	const order = async (slug: string, body: object) =>
		await as('jiekou')('POST', `/v3/async/${slug}`, body);
	const frames = (count: number) => Array.from({ length: count }, () => ({ key_image: CAT }));

	it.each(['vidu-q2-pro-multiframe', 'vidu-q2-turbo-multiframe'])('makes %s', async (slug) => {
		const body = { start_image: CAT, image_settings: frames(2), wm_position: 'top_left' };
		const { body: created } = await order(slug, body);
		clock += 90_000;
		const path = `/v3/async/task-result?task_id=${String(created.task_id)}`;
		const done = (await as('jiekou')('GET', path)).body;
		expect((await inspect((await download(urlIn(done))).bytes)).duration).toBeCloseTo(10, 3);
		for (const more of [
			{ model: 'viduq2-pro' },
			{ callback_url: 'https://a.example/' },
			{ image_settings: frames(1) },
		]) {
			expect(await order(slug, { ...body, ...more })).toMatchObject({ status: 400 });
		}
	});

	it('makes templates', async () => {
		const body = { template: 'hugging', images: [CAT], prompt: 'hug' };
		expect((await order('vidu-q2-template2video', body)).status).toBe(200);
		expect((await order('vidu-q2-template2video', { ...body, images: [] })).status).toBe(400);
	});
});

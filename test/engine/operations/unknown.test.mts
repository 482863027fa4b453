/** Tomorrow's models, fields and values: they pass by the user's choice, with a hint, and no price is known. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { account, errorText } from '../harness/clip.mts';
import { withoutMark } from '../harness/mark.mts';
import { runWorkflow, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import { useStage } from './vidu.mts';

/** A provider that takes everything. */
let server: Server;
let url: string;
const taken: Array<{ path: string; body: IDataObject }> = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += chunk));
		request.on('end', () => {
			taken.push({ path: request.url ?? '', body: JSON.parse(text || '{}') as IDataObject });
			response.setHeader('Content-Type', 'application/json');
			response.end(
				JSON.stringify({ task_id: '901', id: '901', state: 'created', status: 'created' }),
			);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => taken.splice(0));
afterAll(() => server.close());

const image = { operation: 'imageToVideo', imageUrl: 'https://pictures.example/first.png' };

async function run(parameters: IDataObject, credential: IDataObject = {}): Promise<Run> {
	const { type = 'vidu', ...others } = parameters;
	const clip = node({
		name: 'Clip',
		type: `n8n-nodes-vidu.${String(type)}`,
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: { resource: 'video', waitMode: 'none', ...others } as never,
	});
	return await runWorkflow(chain([clip]), account(url, credential));
}

/** The one request that was sent, and the hints of the node. */
async function sent(parameters: IDataObject, credential: IDataObject = {}) {
	const done = await run(parameters, credential);
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(taken).toHaveLength(1);
	const [{ path, body }] = taken as [(typeof taken)[number]];
	const hints = done.hints('Clip').map(({ message }) => message);
	return { path, body: withoutMark(body), hints, item: done.items('Clip')[0]?.json };
}

async function refused(parameters: IDataObject, credential: IDataObject = {}): Promise<string> {
	const done = await run(parameters, credential);
	expect(taken).toEqual([]);
	return errorText(done);
}

const FIRST = image.imageUrl;
/** What n8n itself does not see to be empty before the workflow runs. */
const NONE = '={{ "" }}';
const UNKNOWN =
	'This version of the node does not know the model viduq9-pro: nothing was checked, and the price is not known';

describe('a model that the catalogue does not know', () => {
	const model = '=viduq9-pro';

	it.each([
		['vidu', '/ent/v2/img2video', { model: 'viduq9-pro', images: [FIRST] }],
		['octopusx', '/vidu/ent/v2/img2video', { model: 'viduq9-pro', images: [FIRST] }],
		['kkiai', '/ent/v2/img2video', { model: 'viduq9-pro', images: [FIRST] }],
		['custom', '/ent/v2/img2video', { model: 'viduq9-pro', images: [FIRST] }],
		[
			'vtrix',
			'/model/v1/generation',
			{ model: 'viduq9_pro_img2video', input: [{ params: { images: [FIRST] } }] },
		],
		['jiekou', '/v3/async/vidu-q9-pro-img2video', { images: [FIRST] }],
	])('passes at %s with what the user set and nothing else', async (provider, path, body) => {
		const order = await sent({ ...image, model }, { provider });
		expect(order.path).toBe(path);
		expect(order.body).toEqual(body);
		expect(order.hints).toEqual([UNKNOWN]);
		expect(order.item).toMatchObject({ model: 'viduq9-pro', estimatedCredits: null });
	});

	it.each([
		['vtrix', 'viduq9_i2v_reference', '/model/v1/generation', 'viduq9_i2v_reference'],
		['jiekou', 'vidu-q9-i2v', '/v3/async/vidu-q9-i2v', undefined],
	])('passes at %s by the name that the gateway gives it', async (provider, name, path, id) => {
		const order = await sent({ ...image, model: `=${name}` }, { provider });
		expect(order.path).toBe(path);
		expect(order.body.model).toBe(id);
	});

	it('passes by the choice of another model, whatever the operation, with any value', async () => {
		const { body, hints } = await sent({
			...image,
			model: 'other',
			otherModel: 'viduq9-pro',
			prompt: 'it turns',
			duration: '=60',
			resolution: '=16K',
			options: { bgm: true, offPeak: true },
		});
		expect(body).toEqual({
			...{ model: 'viduq9-pro', images: [FIRST], prompt: 'it turns', duration: 60 },
			...{ resolution: '16K', bgm: true, off_peak: true },
		});
		expect(hints).toEqual([UNKNOWN]);
	});

	it('passes with subjects, and with a kind that has one model only', async () => {
		const subject = [{ name: 'cat', imageUrls: [FIRST] }];
		const clip = { type: 'viduReferenceToVideo', subjects: { subject }, prompt: '@cat runs' };
		expect((await sent({ ...clip, model })).body).toEqual({
			...{ model: 'viduq9-pro', prompt: '@cat runs' },
			subjects: [{ name: 'cat', images: [FIRST] }],
		});
		taken.splice(0);
		const sound = { resource: 'audio', operation: 'textToAudio', prompt: 'rain' };
		const { body } = await sent({ ...sound, model: 'other', otherModel: 'audio9' });
		expect(body).toMatchObject({ model: 'audio9', prompt: 'rain' });
	});

	it('is shown with the known names that it may be a typing mistake of', async () => {
		const { hints } = await sent({ ...image, model: '=viduq3-turb' });
		expect(hints).toEqual([
			'This version of the node does not know the model viduq3-turb: nothing was checked, and the price is not known. Known names like it: viduq3-turbo',
		]);
	});

	it('is refused by Max Credits, because it has no price', async () => {
		expect(await refused({ ...image, model, options: { maxCredits: 1000 } })).toContain(
			'"Max Credits" is 1000, but the price of viduq9-pro is not known',
		);
	});

	it('is refused without a name, and where the provider does not offer the operation', async () => {
		expect(await refused({ ...image, model: 'other', otherModel: NONE })).toContain('"Model"');
		const extend = { operation: 'extend', videoUrl: 'https://example.com/a.mp4', model };
		expect(await refused(extend, { provider: 'octopusx' })).toContain(
			'OctopusX does not offer extend',
		);
	});

	it('still needs what no model could do without', async () => {
		expect(await refused({ operation: 'imageToVideo', model })).toContain('No image');
		expect(await refused({ ...image, imageUrl: 'cat.png', model })).toContain('is not a URL');
		const subject = [{ name: 'cat', imageUrls: [FIRST] }];
		const clip = { type: 'viduReferenceToVideo', subjects: { subject }, prompt: '@dog runs' };
		expect(await refused({ ...clip, model })).toContain('"Prompt" mentions @dog');
	});
});

describe('a model that this provider is not known to offer', () => {
	const mix = { ...image, model: '=viduq3-mix' };

	it('is refused, and sent if unknown values are to be sent', async () => {
		expect(await refused(mix)).toContain('"Model" is Vidu Q3 Mix, but Vidu offers');
		const { hints } = await sent({ ...mix, options: { unknownValues: 'send' } });
		expect(hints).toEqual([
			'Vidu is not known to offer viduq3-mix for image to video: nothing was checked, and the price is not known',
		]);
	});
});

describe('Unknown Values', () => {
	const clip = { ...image, model: 'viduq2-turbo', duration: '=30', resolution: '720p' };
	const says = '"Duration" is 30, but Vidu Q2 Turbo (Vidu, image to video) accepts 1–10 s';

	it('are refused by default', async () => {
		expect(await refused(clip)).toContain(says);
		expect(await refused({ ...clip, options: { unknownValues: 'refuse' } })).toContain(says);
	});

	it('are sent with a hint by choice, and no price is known', async () => {
		const { body, hints, item } = await sent({
			...clip,
			...{ resolution: '=16K', prompt: `={{ "x".repeat(6000) }}` },
			options: { unknownValues: 'send' },
		});
		expect(body).toMatchObject({ duration: 30, resolution: '16K' });
		expect(String(body.prompt)).toHaveLength(6000);
		expect(hints).toContain(`${says}. It is sent anyway, and the price is not known`);
		expect(hints).toHaveLength(3);
		expect(item).toMatchObject({ estimatedCredits: null });
	});

	it('are priced as ever where nothing is unknown', async () => {
		const options = { unknownValues: 'send' };
		const { hints, item } = await sent({ ...clip, duration: 5, options });
		expect(hints).toEqual([]);
		expect(item?.estimatedCredits).toBeGreaterThan(0);
	});

	it('include fields that the model does not have', async () => {
		const subject = [{ name: 'cat', imageUrls: [FIRST] }];
		const reference = { type: 'viduReferenceToVideo', subjects: { subject }, prompt: '@cat runs' };
		const fast = { ...reference, model: '=viduq2-pro-fast' };
		const options = { movementAmplitude: 'large' };
		expect(await refused({ ...fast, options }, { provider: 'vtrix' })).toContain(
			'"Movement Amplitude" is large, but Vidu Q2 Pro Fast (Vtrix,',
		);
		const sending = { ...fast, options: { ...options, unknownValues: 'send' } };
		expect((await sent(sending, { provider: 'vtrix' })).body).toMatchObject({
			input: [{ params: { movement_amplitude: 'large' } }],
		});
	});

	it('do not cover what is no matter of the catalogue', async () => {
		const options = { unknownValues: 'send' };
		expect(await refused({ ...clip, imageUrl: 'cat.png', options })).toContain('is not a URL');
		expect(
			await refused({ operation: 'textToVideo', model: 'viduq2', prompt: NONE, options }),
		).toContain('"Prompt" is empty');
		expect(await refused({ ...clip, options: { ...options, maxCredits: 500 } })).toContain(
			'"Max Credits" is 500, but the price of viduq2-turbo is not known',
		);
		expect(await refused({ ...clip, options: { ...options, timeout: -1 } })).toContain('"Timeout');
	});
});

describe('Additional Body Fields', () => {
	const clip = { ...image, model: 'viduq3-pro' };
	const options = {
		additionalBodyFields: '{"camera": {"zoom": 2}, "style_id": 911084878697623552}',
	};
	const added = { camera: { zoom: 2 }, style_id: '911084878697623552' };

	it.each([
		['vidu', (body: IDataObject) => body],
		['octopusx', (body: IDataObject) => body],
		['jiekou', (body: IDataObject) => body],
		['vtrix', (body: IDataObject) => (body.input as Array<{ params: IDataObject }>)[0]?.params],
	])('arrive next to the others at %s, with all their digits', async (provider, within) => {
		expect(within((await sent({ ...clip, options }, { provider })).body)).toMatchObject({
			...added,
			images: [FIRST],
		});
	});

	it('may be an object, and look like an image', async () => {
		const field = { layer: { kind: 'binary', label: 'sky' } };
		const given = { additionalBodyFields: field };
		expect((await sent({ ...clip, options: given })).body).toMatchObject(field);
	});

	it.each([
		['vidu', '{"duration": 3, "seed": 1, "camera": 1}', 'contains duration, seed, which'],
		['vidu', '{"callback_url": "https://example.com"}', 'contains callback_url, which'],
		['vtrix', '{"model": "viduq9", "input": []}', 'contains model, input, which'],
		['vidu', '[1]', 'must be a JSON object'],
		['vidu', '{"a": ', 'must be a JSON object'],
	])('are refused by name at %s if the node sets them: %s', async (provider, text, sentence) => {
		const given = { additionalBodyFields: text };
		expect(await refused({ ...clip, options: given }, { provider })).toContain(
			`"Additional Body Fields" ${sentence}`,
		);
	});
});

describe('the key of subjects', () => {
	const subject = [{ name: 'cat', imageUrls: [FIRST] }];
	const clip = { type: 'viduReferenceToVideo', subjects: { subject }, prompt: '@cat runs' };

	it.each([
		['custom', {}, 'name'],
		['custom', { subjectKey: 'id' }, 'id'],
		['kkiai', {}, 'name'],
		['kkiai', { subjectKey: 'id' }, 'id'],
		['vidu', { subjectKey: 'id' }, 'name'],
		['octopusx', { subjectKey: 'name' }, 'id'],
	])('of %s with %j is %s', async (provider, credential, key) => {
		const model = provider === 'octopusx' ? '=viduq1' : 'viduq2';
		const { body } = await sent({ ...clip, model }, { provider, ...credential });
		expect(body.subjects).toEqual([{ [key]: 'cat', images: [FIRST] }]);
	});
});

describe('a provider that does not know them either', () => {
	const stage = useStage();

	it('refuses an unknown model in its own words, and nothing is charged', async () => {
		const clip = { model: '=viduq9', prompt: 'a cat', waitMode: 'none' };
		const done = await stage.run('video', 'textToVideo', clip);
		expect(errorText(done)).toMatch(/Vidu refused the request/);
		expect(stage.sandbox.ledger()).toEqual([]);
	});
});

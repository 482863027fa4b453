/** What the gateways do beyond the page that each seed document holds (facts: gateways.md, sections 2 to 5). */
import type { IDataObject } from 'n8n-workflow';
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { at, cat, openWire, picture, subjects, type Refused, type Row } from './wire.mts';

const image = { operation: 'imageToVideo', imageUrl: picture('first'), prompt: 'it turns' };
const frames = {
	operation: 'startEndToVideo',
	startImageUrl: picture('first'),
	endImageUrl: picture('last'),
	prompt: 'it turns',
};
const text = { operation: 'textToVideo', prompt: 'it turns' };
const large = { options: { movementAmplitude: 'large' } };
const marked = (wmPosition: number) => ({ options: { watermark: true, wmPosition } });
const hook = { options: { callbackUrl: 'https://n8n.example/hook' } };
const tooLong = (length: number) => `={{ "x".repeat(${length}) }}`;

type Order = readonly [model: string, set: IDataObject, path: string, id: string | undefined];

const GATEWAYS: ReadonlyArray<{
	provider: keyof typeof GATEWAY_KEYS;
	/** Where an order goes, and the model's name there. */
	orders: readonly Order[];
	/** Where the model's name is. */
	nameAt: string;
	rows: readonly Row[];
	refused: readonly Refused[];
}> = [
	{
		provider: 'octopusx',
		nameAt: 'model',
		orders: [
			['viduq2-turbo', image, '/vidu/ent/v2/img2video', 'viduq2-turbo'],
			['viduq1-classic', frames, '/vidu/ent/v2/start-end2video', 'viduq1-classic'],
			['viduq2', text, '/vidu/ent/v2/text2video', 'viduq2'],
		],
		rows: [
			['images', { ...frames, model: 'viduq2-pro' }, 'images', [picture('first'), picture('last')]],
			['aspect_ratio', { ...text, model: 'viduq2', aspectRatio: '3:4' }, 'aspect_ratio', '3:4'],
			['style', { ...text, model: 'viduq1', options: { style: 'anime' } }, 'style', 'anime'],
		],
		refused: [
			[
				'callback_url',
				{ ...image, model: 'viduq2-pro', ...hook },
				/"Callback URL".*OctopusX.*no such field/,
			],
			[
				'movement_amplitude',
				{ ...image, model: 'viduq1', ...large },
				/"Movement Amplitude".*OctopusX.*no such field/,
			],
			[
				'model',
				{ ...image, model: 'viduq3-turbo' },
				/"Model" is viduq3-turbo, but OctopusX offers.*offered there by Vidu/,
			],
		],
	},
	{
		provider: 'kkiai',
		nameAt: 'model',
		orders: [
			['viduq2', image, '/ent/v2/img2video', 'viduq2'],
			['viduq3-turbo', frames, '/ent/v2/start-end2video', 'viduq3-turbo'],
			['viduq3-pro', text, '/ent/v2/text2video', 'viduq3-pro'],
		],
		rows: [
			['images', { ...frames, model: 'viduq1' }, 'images', [picture('first'), picture('last')]],
			[
				'movement_amplitude',
				{ ...image, model: 'viduq1', ...large },
				'movement_amplitude',
				'large',
			],
			['style', { ...text, model: 'viduq1', options: { style: 'anime' } }, 'style', 'anime'],
		],
		refused: [
			[
				'off_peak',
				{ ...image, model: 'viduq3-pro', options: { offPeak: true } },
				/"Off-Peak" is on.*kkiai.*cannot run off-peak/,
			],
			['no prompt', { ...image, model: 'viduq1', prompt: '' }, /"Prompt" is empty.*kkiai/],
			[
				'prompt',
				{ ...text, model: 'viduq2', prompt: tooLong(2001) },
				/2001 characters.*kkiai.*at most 2000/,
			],
			[
				'aspect_ratio',
				{ ...text, model: 'viduq3-pro', aspectRatio: '3:4' },
				/"Aspect Ratio" is 3:4.*kkiai/,
			],
		],
	},
	{
		provider: 'vtrix',
		nameAt: 'model',
		orders: [
			['viduq2-pro-fast', image, '/model/v1/generation', 'viduq2_pro_fast_img2video'],
			['vidu2.0', image, '/model/v1/generation', 'vidu20_img2video'],
			['viduq3-turbo', frames, '/model/v1/generation', 'viduq3_turbo_start_end2video'],
			['viduq2-pro-fast', text, '/model/v1/generation', 'viduq2_pro_fast_text2video'],
			['viduq1', text, '/model/v1/generation', 'viduq1_text2video'],
		],
		rows: [
			['images', { ...image, model: 'viduq1' }, 'input.0.params.images', [picture('first')]],
			['bgm', { ...image, model: 'viduq1', options: { bgm: true } }, 'input.0.params.bgm', true],
		],
		refused: [
			[
				'off_peak',
				{ ...image, model: 'viduq2-pro', options: { offPeak: true } },
				/"Off-Peak" is on.*Vtrix.*cannot run off-peak/,
			],
			[
				'prompt',
				{ ...image, model: 'viduq2-turbo', prompt: tooLong(2001) },
				/2001 characters.*Vtrix.*at most 2000/,
			],
			[
				'resolution',
				{ ...text, model: '=viduq2-pro-fast', resolution: '540p' },
				/"Resolution" is 540p.*Vtrix.*720p, 1080p/,
			],
			['model', { ...frames, model: 'viduq1' }, /"Model" is viduq1, but Vtrix offers/],
		],
	},
	{
		provider: 'jiekou',
		nameAt: 'model',
		orders: [
			['viduq3-pro', image, '/v3/async/vidu-q3-pro-i2v', undefined],
			['viduq2-pro-fast', image, '/v3/async/vidu-q2-pro-fast-img2video', undefined],
			['viduq1', image, '/v3/async/vidu-q1-img2video', undefined],
			['vidu2.0', image, '/v3/async/vidu-2.0-img2video', undefined],
			['viduq2-turbo', frames, '/v3/async/vidu-q2-turbo-startend2video', undefined],
			['viduq1', frames, '/v3/async/vidu-q1-startend2video', undefined],
			['viduq3-pro', text, '/v3/async/vidu-q3-pro-t2v', undefined],
			['viduq2', text, '/v3/async/vidu-q2-text2video', undefined],
			['viduq1', text, '/v3/async/vidu-q1-text2video', undefined],
		],
		rows: [
			[
				'movement_amplitude of Q2 images',
				{ ...image, model: 'viduq2-pro', ...large },
				'movement_amplitude',
				'high',
			],
			[
				'movement_amplitude of Q2 text',
				{ ...text, model: 'viduq2', ...large },
				'movement_amplitude',
				'high',
			],
			[
				'movement_amplitude of Q2, small',
				{ ...image, model: 'viduq2-pro', options: { movementAmplitude: 'small' } },
				'movement_amplitude',
				'small',
			],
			[
				'movement_amplitude of Q1 images',
				{ ...image, model: 'viduq1', ...large },
				'movement_amplitude',
				'large',
			],
			[
				'wm_position of Q2 frames',
				{ ...frames, model: 'viduq2-pro', ...marked(3) },
				'wm_position',
				3,
			],
			[
				'wm_position of Q3 text, bottom right',
				{ ...text, model: 'viduq3-pro', ...marked(3) },
				'wm_position',
				4,
			],
			[
				'wm_position of Q3 text, bottom left',
				{ ...text, model: 'viduq3-pro', ...marked(4) },
				'wm_position',
				3,
			],
			[
				'wm_position of Q3 text, top left',
				{ ...text, model: 'viduq3-pro', ...marked(1) },
				'wm_position',
				1,
			],
			[
				'wm_position of Q3 images',
				{ ...image, model: 'viduq3-pro', ...marked(1) },
				'wm_position',
				'top-left',
			],
			[
				'wm_position of Q3 images',
				{ ...image, model: 'viduq3-pro', ...marked(3) },
				'wm_position',
				'bottom-right',
			],
			[
				'voice_id of Q2 images',
				{ ...image, model: 'viduq2-pro', audio: true, options: { voiceId: 'v8' } },
				'voice_id',
				'v8',
			],
			[
				'payload of Q2 frames',
				{ ...frames, model: 'viduq2-pro', options: { payload: 'row 7' } },
				'payload',
				'row 7',
			],
		],
		refused: [
			[
				'payload of Q2 images',
				{ ...image, model: 'viduq2-pro', options: { payload: 'x' } },
				/"Payload".*JieKou.*no such field/,
			],
			[
				'wm_position of Q2 images',
				{ ...image, model: 'viduq2-pro', ...marked(1) },
				/"Watermark Position".*JieKou.*no such field/,
			],
			[
				'callback_url of Q3',
				{ ...image, model: 'viduq3-pro', ...hook },
				/"Callback URL".*JieKou.*no such field/,
			],
			[
				'callback_url of Q2 frames',
				{ ...frames, model: 'viduq2-pro', ...hook },
				/"Callback URL".*JieKou.*no such field/,
			],
			[
				'audio of Q1',
				{ ...image, model: '=viduq1', audio: true },
				/"Audio" is on.*JieKou.*makes no audio/,
			],
			[
				'prompt of Q1',
				{ ...image, model: 'viduq1', prompt: tooLong(1501) },
				/1501 characters.*JieKou.*at most 1500/,
			],
			[
				'prompt of Q2 frames',
				{ ...frames, model: 'viduq2-pro', prompt: tooLong(2001) },
				/2001 characters.*JieKou.*at most 2000/,
			],
			[
				'prompt of Q3 images',
				{ ...image, model: 'viduq3-pro', prompt: tooLong(1501) },
				/1501 characters.*JieKou.*at most 1500/,
			],
			[
				'model',
				{ ...frames, model: 'viduq3-pro' },
				/"Model" is viduq3-pro, but JieKou.*offered there by Vidu/,
			],
		],
	},
];

describe.each(GATEWAYS)('$provider', ({ provider, orders, nameAt, rows, refused }) => {
	const wire = openWire({
		credential: { provider, apiKey: GATEWAY_KEYS[provider] },
		type: 'vidu',
		base: { resource: 'video' },
	});

	it.each(orders)('takes %s for %j at %s as %s', async (model, set, path, id) => {
		// As an expression, since the list holds what Vidu itself offers.
		const order = await wire.order({ ...set, model: `=${model}` });
		expect(order.path).toBe(path);
		expect(at(order.body, nameAt)).toBe(id);
	});

	it.each(rows)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
		expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
	});

	it.each(refused)('refuses %s: %j', async (_, set, sentence) => {
		expect(await wire.refusal(set)).toMatch(sentence);
	});

	it.each([
		['task', 'getMany', /cannot list/],
		['task', 'cancel', /cannot cancel/],
		['account', 'getCredits', /cannot be asked for the balance/],
	])('has no %s: %s, and says who has it', async (resource, operation, sentence) => {
		const said = await wire.refusal({ resource, operation, taskId: '1' });
		expect(said).toMatch(sentence);
		expect(said).toMatch(/Providers that can: Vidu/);
	});
});

describe('JieKou, reference to video with subjects', () => {
	const wire = openWire({
		credential: { provider: 'jiekou', apiKey: GATEWAY_KEYS.jiekou },
		type: 'viduReferenceToVideo',
		base: { model: 'viduq2', ...subjects({ ...cat, voiceId: 'v7' }), prompt: '@cat runs' },
	});

	it('gets subjects by id, its own strongest movement, and any ratio', async () => {
		const { path, body } = await wire.order({
			aspectRatio: '=21:9',
			options: { movementAmplitude: 'large', watermark: true },
		});
		expect(path).toBe('/v3/async/vidu-q2-reference2video');
		expect(body).toStrictEqual({
			subjects: [{ id: 'cat', images: [picture('cat')], voice_id: 'v7' }],
			prompt: '@cat runs',
			duration: 5,
			resolution: '720p',
			aspect_ratio: '21:9',
			audio: false,
			movement_amplitude: 'high',
			watermark: true,
		});
	});
});

describe('Vtrix, reference to video with loose pictures', () => {
	const wire = openWire({
		credential: { provider: 'vtrix', apiKey: GATEWAY_KEYS.vtrix },
		type: 'viduReferenceToVideo',
		base: { referenceType: 'media', imageUrls: [picture('cat')], prompt: 'a cat runs' },
	});

	it.each([
		[
			'viduq1',
			{ audio: true, options: { voiceId: 'v8' } },
			'viduq1_i2v_reference',
			{ voice_id: 'v8' },
		],
		['viduq2', { audio: true }, 'viduq2_i2v_reference', { audio: true }],
		[
			'viduq2-pro',
			{ videoUrls: ['https://clips.example/a.mp4'] },
			'viduq2_pro_reference',
			{ videos: ['https://clips.example/a.mp4'] },
		],
	])('asks %s for %j as %s with %j', async (model, set, id, params) => {
		const { body } = await wire.order({ model: `=${model}`, ...set });
		expect(body.model).toBe(id);
		expect(at(body, 'input.0.params')).toMatchObject({ images: [picture('cat')], ...params });
	});
});

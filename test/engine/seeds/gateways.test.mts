/** OctopusX, kkiai and Vtrix beyond the page that each seed document holds. */
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { describeGateway, frames, hook, image, large, text, tooLong } from './gateway.mts';
import { at, openWire, picture } from './wire.mts';

describeGateway({
	provider: 'octopusx',
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
			/"Callback URL".*OctopusX.*does not have this field/,
		],
		[
			'movement_amplitude',
			{ ...image, model: 'viduq1', ...large },
			/"Movement Amplitude".*OctopusX.*does not have this field/,
		],
		[
			'model',
			{ ...image, model: 'viduq3-turbo' },
			/"Model" is Vidu Q3 Turbo, but OctopusX offers.*offered for this by Vidu/,
		],
	],
});

describeGateway({
	provider: 'kkiai',
	orders: [
		['viduq2', image, '/ent/v2/img2video', 'viduq2'],
		['viduq3-turbo', frames, '/ent/v2/start-end2video', 'viduq3-turbo'],
		['viduq3-pro', text, '/ent/v2/text2video', 'viduq3-pro'],
	],
	rows: [
		['images', { ...frames, model: 'viduq1' }, 'images', [picture('first'), picture('last')]],
		['movement_amplitude', { ...image, model: 'viduq1', ...large }, 'movement_amplitude', 'large'],
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
});

describeGateway({
	provider: 'vtrix',
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
		['model', { ...frames, model: 'viduq1' }, /"Model" is Vidu Q1, but Vtrix offers/],
	],
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

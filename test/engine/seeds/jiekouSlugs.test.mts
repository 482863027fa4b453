/** JieKou beyond the page of its seed document: each slug has fields and values of its own. */
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { describeGateway, frames, hook, image, large, marked, text, tooLong } from './gateway.mts';
import { cat, openWire, picture, subjects } from './wire.mts';

describeGateway({
	provider: 'jiekou',
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
			/"Payload".*JieKou.*does not have this field/,
		],
		[
			'wm_position of Q2 images',
			{ ...image, model: 'viduq2-pro', ...marked(1) },
			/"Watermark Position".*JieKou.*does not have this field/,
		],
		[
			'callback_url of Q3',
			{ ...image, model: 'viduq3-pro', ...hook },
			/"Callback URL".*JieKou.*does not have this field/,
		],
		[
			'callback_url of Q2 frames',
			{ ...frames, model: 'viduq2-pro', ...hook },
			/"Callback URL".*JieKou.*does not have this field/,
		],
		[
			'audio of Q1',
			{ ...image, model: '=viduq1', audio: true },
			/"Audio" is on.*JieKou.*does not make audio/,
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
			/"Model" is Vidu Q3 Pro, but JieKou.*Vidu Q3 Pro is offered for this by Vidu/,
		],
	],
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

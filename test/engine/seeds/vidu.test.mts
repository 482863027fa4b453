/** Seed 004: Vidu, image to video, parameter by parameter. */
import { readFileSync } from 'node:fs';
import { describeModel } from '../../../nodes/Vidu/catalogue/models.ts';
import { SANDBOX_KEY } from '../../../sandbox/server.mts';
import { at, openWire, picture, type Refused, type Row } from './wire.mts';

const wire = openWire({
	credential: { provider: 'vidu', apiKey: SANDBOX_KEY },
	type: 'vidu',
	base: {
		resource: 'video',
		operation: 'imageToVideo',
		model: 'viduq2-pro',
		imageUrl: picture('bottle'),
	},
});
const hook = 'http://127.0.0.1:9/hook';

/** "Duration" and "resolution" of the document, for each of its nine models. */
const MODELS = [
	{ model: 'viduq3-pro-fast', seconds: upTo(16), resolutions: ['720p', '1080p'] },
	{ model: 'viduq3-turbo', seconds: upTo(16), resolutions: ['540p', '720p', '1080p'] },
	{ model: 'viduq3-pro', seconds: upTo(16), resolutions: ['540p', '720p', '1080p'] },
	{ model: 'viduq2-pro-fast', seconds: upTo(10), resolutions: ['720p', '1080p'] },
	{ model: 'viduq2-pro', seconds: upTo(10), resolutions: ['540p', '720p', '1080p'] },
	{ model: 'viduq2-turbo', seconds: upTo(10), resolutions: ['540p', '720p', '1080p'] },
	{ model: 'viduq1', seconds: [5], resolutions: ['1080p'] },
	{ model: 'viduq1-classic', seconds: [5], resolutions: ['1080p'] },
	{ model: 'vidu2.0', seconds: [4], resolutions: ['360p', '720p', '1080p'], also: ['8 720p'] },
];

function upTo(last: number): number[] {
	return Array.from({ length: last }, (_, index) => index + 1);
}

/** What the document says of duration, resolution and audio when they are not set. */
const DEFAULTS = [
	['viduq3-pro-fast', 5, '720p', true],
	['viduq3-turbo', 5, '720p', true],
	['viduq3-pro', 5, '720p', true],
	['viduq2-pro-fast', 5, '720p', false],
	['viduq2-pro', 5, '720p', false],
	['viduq2-turbo', 5, '720p', false],
	['viduq1', 5, '1080p', false],
	['viduq1-classic', 5, '1080p', false],
	['vidu2.0', 4, '360p', false],
] as const;

const q3 = { model: 'viduq3-pro' };
const loud = { audio: true };

const ROWS: readonly Row[] = [
	['images', {}, 'images', [picture('bottle')]],
	['prompt', { prompt: 'the bottle turns' }, 'prompt', 'the bottle turns'],
	['voice_id', { ...loud, options: { voiceId: 'v8' } }, 'voice_id', 'v8'],
	['voice_id (only with audio)', { options: { voiceId: 'v8' } }, 'voice_id', undefined],
	['voice_id (no effect with q3)', { ...q3, options: { voiceId: 'v8' } }, 'voice_id', undefined],
	['is_rec', { options: { isRec: true } }, 'is_rec', true],
	['is_rec', { options: { isRec: false } }, 'is_rec', false],
	['bgm', { options: { bgm: true } }, 'bgm', true],
	['bgm', { options: { bgm: false } }, 'bgm', false],
	['bgm (no effect with q3)', { ...q3, options: { bgm: true } }, 'bgm', undefined],
	['audio', { audio: true }, 'audio', true],
	['audio', { audio: false }, 'audio', false],
	['audio', { ...q3, audio: false }, 'audio', false],
	['audio_type', { ...loud, options: { audioType: 'all' } }, 'audio_type', 'all'],
	['audio_type', { ...loud, options: { audioType: 'speech_only' } }, 'audio_type', 'speech_only'],
	[
		'audio_type',
		{ ...loud, options: { audioType: 'sound_effect_only' } },
		'audio_type',
		'sound_effect_only',
	],
	['audio_type (only with audio)', { options: { audioType: 'all' } }, 'audio_type', undefined],
	[
		'audio_type (no effect with q3)',
		{ ...q3, options: { audioType: 'all' } },
		'audio_type',
		undefined,
	],
	['seed', { options: { seed: 42 } }, 'seed', 42],
	['seed', { options: { seed: 0 } }, 'seed', 0],
	[
		'movement_amplitude',
		{ model: 'viduq1', options: { movementAmplitude: 'auto' } },
		'movement_amplitude',
		'auto',
	],
	[
		'movement_amplitude',
		{ model: 'viduq1', options: { movementAmplitude: 'small' } },
		'movement_amplitude',
		'small',
	],
	[
		'movement_amplitude',
		{ model: 'vidu2.0', options: { movementAmplitude: 'medium' } },
		'movement_amplitude',
		'medium',
	],
	[
		'movement_amplitude',
		{ model: 'viduq1', options: { movementAmplitude: 'large' } },
		'movement_amplitude',
		'large',
	],
	[
		'movement_amplitude (no effect with q2)',
		{ options: { movementAmplitude: 'large' } },
		'movement_amplitude',
		undefined,
	],
	[
		'movement_amplitude (no effect with q3)',
		{ ...q3, options: { movementAmplitude: 'large' } },
		'movement_amplitude',
		undefined,
	],
	['payload', { options: { payload: 'row 7' } }, 'payload', 'row 7'],
	['off_peak', { options: { offPeak: true } }, 'off_peak', true],
	['off_peak', { options: { offPeak: false } }, 'off_peak', false],
	['off_peak (with audio for q3)', { ...q3, options: { offPeak: true } }, 'off_peak', true],
	['callback_url', { options: { callbackUrl: hook } }, 'callback_url', hook],
];

const REFUSED: readonly Refused[] = [
	['model', { model: '=viduq2' }, /"Model" is Vidu Q2, but Vidu offers.*viduq3-pro-fast/],
	['images, none', { imageUrl: '' }, /No image: fill in/],
	[
		'images, two',
		{ imageUrl: `={{ ["${picture('a')}", "${picture('b')}"] }}` },
		/There are 2 images.*Vidu.*exactly 1/,
	],
	[
		'off_peak with audio',
		{ ...loud, options: { offPeak: true } },
		/Vidu Q2 Pro \(Vidu.*off-peak only with "Audio" off/,
	],
	[
		'off_peak of q3 without audio',
		{ ...q3, audio: false, options: { offPeak: true } },
		/Vidu Q3 Pro \(Vidu.*off-peak only with "Audio" on/,
	],
	[
		'audio_type',
		{ ...loud, options: { audioType: 'music' } },
		/"Audio Type" is music.*all, speech_only, sound_effect_only/,
	],
	[
		'movement_amplitude',
		{ model: 'viduq1', options: { movementAmplitude: 'huge' } },
		/"Movement Amplitude" is huge/,
	],
	['seed', { options: { seed: 1.5 } }, /"Seed" is 1.5, but must be a whole number/],
	['callback_url', { options: { callbackUrl: 'n8n.example/hook' } }, /"Callback URL" is not a URL/],
];

describe('seed 004, Vidu image to video', () => {
	it('posts the plainest order to /ent/v2/img2video, with nothing that was not set', async () => {
		const { path, body } = await wire.order();
		expect(path).toBe('/ent/v2/img2video');
		expect(wire.posts()[0]?.headers).toMatchObject({
			authorization: 'Token ***',
			'content-type': 'application/json',
		});
		expect(body).toStrictEqual({
			model: 'viduq2-pro',
			images: [picture('bottle')],
			duration: 5,
			resolution: '720p',
			audio: false,
		});
	});

	it.each(DEFAULTS)(
		'model %s starts with %i s, %s and audio %s',
		async (model, duration, resolution, audio) => {
			expect((await wire.order({ model })).body).toStrictEqual({
				model,
				images: [picture('bottle')],
				duration,
				resolution,
				audio,
			});
		},
	);

	it.each(MODELS)(
		'$model takes the durations and resolutions of the document and no others',
		async ({ model, seconds, resolutions, also = [] }) => {
			const taken = seconds.flatMap((second) => resolutions.map((lines) => `${second} ${lines}`));
			const wanted = [...taken, ...also].sort();
			const items = [0, ...upTo(17)].flatMap((duration) =>
				['360p', '540p', '720p', '1080p'].map((resolution) => ({ json: { duration, resolution } })),
			);
			const given = { duration: '={{ $json.duration }}', resolution: '={{ $json.resolution }}' };
			const set = { model: `=${model}`, ...given, options: { maxConcurrency: 100 } };
			const done = await wire.run(set, items, { onError: 'continueRegularOutput' });

			const sent = wire.posts().map(({ body }) => body as { duration: number; resolution: string });
			expect(sent.map(({ duration, resolution }) => `${duration} ${resolution}`).sort()).toEqual(
				wanted,
			);
			expect(wire.sandbox().ledger()).toHaveLength(wanted.length);
			const refused = done.items('Clip').filter(({ json }) => json.error !== null);
			expect(refused).toHaveLength(items.length - wanted.length);
			for (const { json } of refused) {
				expect(json.error).toMatchObject({
					message: expect.stringMatching(`${describeModel(model).name} \\(Vidu, .*accepts`),
				});
			}
		},
	);

	it.each(ROWS)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
		expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
	});

	it.each(REFUSED)('refuses %s: %j', async (_, set, sentence) => {
		expect(await wire.refusal(set)).toMatch(sentence);
	});

	it.each([9, 10])('says that music has no effect with q2 at %i seconds', async (duration) => {
		const { body, done } = await wire.order({ duration, options: { bgm: true } });
		expect(body.bgm).toBe(true);
		expect(done.hints('Clip')).toMatchObject([
			{ message: `"Background Music" has no effect with Vidu Q2 Pro at ${duration} s` },
		]);
	});

	it('sends a picture from a binary field as a data URI with its content type', async () => {
		const data = readFileSync(new URL('../../../sandbox/assets/bottle.png', import.meta.url));
		const file = { data, fileName: 'bottle.png', mimeType: 'image/png' };
		const { body } = await wire.order({ imageUrl: '', binaryPropertyName: 'photo' }, [
			{ binary: { photo: file } },
		]);
		expect(at(body, 'images.0')).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
	});

	it('refuses a picture in a binary field that is smaller than the document allows', async () => {
		const data = readFileSync(new URL('../../../sandbox/assets/bottle.png', import.meta.url));
		data.writeUInt32BE(127, 16);
		const file = { data, fileName: 'bottle.png', mimeType: 'image/png' };
		const set = { imageUrl: '', binaryPropertyName: 'photo' };
		expect(await wire.refusal(set, [{ binary: { photo: file } }])).toMatch(/is 127 × \d+ px/);
	});

	it('takes a prompt of 5000 characters and refuses one of 5001', async () => {
		const prompt = (length: number) => ({ prompt: 'x'.repeat(length) });
		expect((await wire.order(prompt(5000))).body.prompt).toHaveLength(5000);
		wire.sandbox().reset();
		expect(await wire.refusal(prompt(5001))).toMatch(/5001 characters.*Vidu.*at most 5000/);
	});

	it('takes a payload of 1048576 characters and refuses one more', async () => {
		const payload = (length: number) => ({ options: { payload: 'x'.repeat(length) } });
		expect((await wire.order(payload(1_048_576))).body.payload).toHaveLength(1_048_576);
		wire.sandbox().reset();
		expect(await wire.refusal(payload(1_048_577))).toMatch(/"Payload" has 1048577 characters/);
	});
});

/** Seed 003: JieKou / HighwayAPI, vidu-2.0-reference2video, parameter by parameter. */
import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { at, cat, openWire, picture, subjects, type Refused, type Row } from './wire.mts';

const wire = openWire({
	credential: { provider: 'jiekou', apiKey: GATEWAY_KEYS.jiekou },
	type: 'viduReferenceToVideo',
	base: {
		referenceType: 'media',
		model: 'vidu2.0',
		imageUrls: [picture('cat')],
		prompt: 'a cat runs',
	},
});
const three = ['a', 'b', 'c'].map(picture);

const ROWS: readonly Row[] = [
	['images', {}, 'images', [picture('cat')]],
	['images, three', { imageUrls: three }, 'images', three],
	['prompt', { prompt: 'a cat sleeps' }, 'prompt', 'a cat sleeps'],
	['duration', { duration: 4 }, 'duration', 4],
	['seed', { options: { seed: 42 } }, 'seed', 42],
	['aspect_ratio', { aspectRatio: '9:16' }, 'aspect_ratio', '9:16'],
	['aspect_ratio', { aspectRatio: '1:1' }, 'aspect_ratio', '1:1'],
	['resolution', { resolution: '360p' }, 'resolution', '360p'],
	['resolution', { resolution: '720p' }, 'resolution', '720p'],
	['movement_amplitude', { options: { movementAmplitude: 'auto' } }, 'movement_amplitude', 'auto'],
	[
		'movement_amplitude',
		{ options: { movementAmplitude: 'small' } },
		'movement_amplitude',
		'small',
	],
	[
		'movement_amplitude',
		{ options: { movementAmplitude: 'medium' } },
		'movement_amplitude',
		'medium',
	],
	[
		'movement_amplitude',
		{ options: { movementAmplitude: 'large' } },
		'movement_amplitude',
		'large',
	],
	['bgm', { options: { bgm: true } }, 'bgm', true],
	['bgm', { options: { bgm: false } }, 'bgm', false],
	['model (in the path only)', {}, 'model', undefined],
];

const lacked = (field: string) => new RegExp(`"${field}" is .*JieKou.*does not have this field`);
const REFUSED: readonly Refused[] = [
	['model', { model: 'viduq3' }, /"Model" is Vidu Q3, but JieKou \/ HighwayAPI offers/],
	[
		'subjects',
		{ referenceType: 'subjects', ...subjects(cat), prompt: '@cat' },
		/"Model" is Vidu 2.0, but JieKou.*with subjects: Vidu Q2/,
	],
	['images, four', { imageUrls: [...three, picture('d')] }, /There are 4 images.*JieKou.*1 to 3/],
	['images, none', { imageUrls: [] }, /No images: fill in/],
	[
		'videos',
		{ model: '=vidu2.0', videoUrls: ['https://clips.example/a.mp4'] },
		/"Video URLs" are set.*JieKou.*does not accept videos/,
	],
	['duration', { duration: 5 }, /"Duration" is 5.*JieKou.*accepts 4 s/],
	['resolution', { resolution: '1080p' }, /"Resolution" is 1080p.*JieKou.*360p, 720p/],
	['aspect_ratio', { aspectRatio: '4:3' }, /"Aspect Ratio" is 4:3.*JieKou.*16:9, 9:16, 1:1/],
	[
		'movement_amplitude',
		{ options: { movementAmplitude: 'high' } },
		/"Movement Amplitude" is high.*auto, small, medium, large/,
	],
	['audio', { model: '=vidu2.0', audio: true }, /"Audio" is on.*JieKou.*does not make audio/],
	['voice_id', { options: { voiceId: 'v8' } }, lacked('Voice ID')],
	['audio_type', { options: { audioType: 'all' } }, lacked('Audio Type')],
	['is_rec', { options: { isRec: true } }, lacked('Recommended Prompt')],
	['auto_subjects', { options: { autoSubjects: true } }, lacked('Auto Subjects')],
	['off_peak', { options: { offPeak: true } }, /"Off-Peak" is on.*JieKou.*cannot run off-peak/],
	['watermark', { options: { watermark: true } }, lacked('Watermark')],
	['wm_position', { options: { wmPosition: 1 } }, lacked('Watermark Position')],
	['wm_url', { options: { wmUrl: picture('logo') } }, lacked('Watermark Image URL')],
	['payload', { options: { payload: 'row 7' } }, lacked('Payload')],
	['meta_data', { options: { metaData: '{"Label":"AI"}' } }, lacked('Metadata')],
	[
		'callback_url',
		{ options: { callbackUrl: 'https://n8n.example/hook' } },
		lacked('Callback URL'),
	],
	['prompt, none', { prompt: '={{ "" }}' }, /"Prompt" is empty.*JieKou/],
];

describe('seed 003, JieKou', () => {
	it('posts the plainest order to /v3/async/vidu-2.0-reference2video, with nothing that was not set', async () => {
		const { path, body } = await wire.order();
		expect(path).toBe('/v3/async/vidu-2.0-reference2video');
		expect(wire.posts()[0]?.headers).toMatchObject({
			authorization: 'Bearer ***',
			'content-type': 'application/json',
		});
		expect(body).toStrictEqual({
			images: [picture('cat')],
			prompt: 'a cat runs',
			duration: 4,
			resolution: '360p',
			aspect_ratio: '16:9',
		});
	});

	it.each(ROWS)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
		expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
	});

	it.each(REFUSED)('refuses %s: %j', async (_, set, sentence) => {
		expect(await wire.refusal(set)).toMatch(sentence);
	});

	it.each([
		['2.0', {}],
		['Q1', { model: 'viduq1' }],
	])(
		'takes a prompt of 1500 characters with %s and refuses one of 1501',
		async (_, set: IDataObject) => {
			const prompt = (length: number) => ({ ...set, prompt: 'x'.repeat(length) });
			expect((await wire.order(prompt(1500))).body.prompt).toHaveLength(1500);
			wire.sandbox().reset();
			expect(await wire.refusal(prompt(1501))).toMatch(/1501 characters.*JieKou.*at most 1500/);
		},
	);

	it('takes seven images with Q1', async () => {
		const imageUrls = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(picture);
		const { path, body } = await wire.order({ model: 'viduq1', imageUrls });
		expect(path).toBe('/v3/async/vidu-q1-reference2video');
		expect(body.images).toEqual(imageUrls);
	});

	it('refuses a picture of 10 MB inside the request, and takes one below as a data URI', async () => {
		const png = readFileSync(new URL('../../../sandbox/assets/bottle.png', import.meta.url));
		const photo = (size: number) => [
			{
				binary: {
					photo: {
						data: Buffer.concat([png], size),
						fileName: 'photo.png',
						mimeType: 'image/png',
					},
				},
			},
		];
		const set = { imageUrls: [], binaryPropertyNames: 'photo' };
		expect(await wire.refusal(set, photo(10_000_000))).toMatch(
			/JieKou.*below 10 MB inside a request, but the image in the data field "photo" is 10 MB/,
		);
		const { body } = await wire.order(set, photo(9_999_999));
		expect(at(body, 'images.0')).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
	});

	it('says that its links live an hour', async () => {
		const { done } = await wire.order({ waitMode: 'poll', options: { pollInterval: 0.1 } });
		const expires = Date.parse(String(done.items('Clip')[0]?.json.expiresAt));
		expect(Math.round((expires - Date.now()) / 600_000)).toBe(6);
	});
});

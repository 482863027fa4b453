/** Seed 002: Vtrix, viduq2_pro_fast_reference2video, parameter by parameter. */
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { at, cat, openWire, picture, subjects, type Refused, type Row } from './wire.mts';

const wire = openWire({
	credential: { provider: 'vtrix', apiKey: GATEWAY_KEYS.vtrix },
	type: 'viduReferenceToVideo',
	base: { model: '=viduq2-pro-fast', ...subjects(cat), prompt: '@cat runs' },
});
const marked = { watermark: true };
const hook = 'https://n8n.example/hook';
const seconds = [1, 2, 3, 4, 5, 6, 7, 8];

const ROWS: readonly Row[] = [
	['model', {}, 'model', 'viduq2_pro_fast_reference2video'],
	['subjects.id', {}, 'input.0.params.subjects.0.id', 'cat'],
	['subjects.images', {}, 'input.0.params.subjects.0.images', [picture('cat')]],
	[
		'subjects.voice_id',
		subjects({ ...cat, voiceId: 'v7' }),
		'input.0.params.subjects.0.voice_id',
		'v7',
	],
	['prompt', { prompt: '@cat sleeps' }, 'input.0.params.prompt', '@cat sleeps'],
	['audio', { audio: true }, 'input.0.params.audio', true],
	['audio', { audio: false }, 'input.0.params.audio', false],
	...seconds.map(
		(duration): Row => ['duration', { duration }, 'input.0.params.duration', duration],
	),
	['seed', { options: { seed: 42 } }, 'input.0.params.seed', 42],
	['aspect_ratio', { aspectRatio: '9:16' }, 'input.0.params.aspect_ratio', '9:16'],
	['aspect_ratio', { aspectRatio: '1:1' }, 'input.0.params.aspect_ratio', '1:1'],
	['resolution', { resolution: '720p' }, 'input.0.params.resolution', '720p'],
	['resolution', { resolution: '1080p' }, 'input.0.params.resolution', '1080p'],
	['payload', { options: { payload: 'row 7' } }, 'input.0.params.payload', 'row 7'],
	['off_peak', { options: { offPeak: false } }, 'input.0.params.off_peak', false],
	['watermark', { options: marked }, 'input.0.params.watermark', true],
	['wm_position', { options: { ...marked, wmPosition: 1 } }, 'input.0.params.wm_position', 1],
	['wm_position', { options: { ...marked, wmPosition: 4 } }, 'input.0.params.wm_position', 4],
	[
		'wm_url',
		{ options: { ...marked, wmUrl: picture('logo') } },
		'input.0.params.wm_url',
		picture('logo'),
	],
	[
		'meta_data',
		{ options: { metaData: '{"Label":"AI"}' } },
		'input.0.params.meta_data',
		'{"Label":"AI"}',
	],
	['callback_url', { options: { callbackUrl: hook } }, 'input.0.params.callback_url', hook],
];

const REFUSED: readonly Refused[] = [
	['model', { model: 'viduq3' }, /"Model" is Vidu Q3, but Vtrix offers/],
	['off_peak', { options: { offPeak: true } }, /"Off-Peak" is on.*Vtrix.*cannot run off-peak/],
	[
		'voice_id',
		{ audio: true, options: { voiceId: 'v8' } },
		/"Voice ID".*Vtrix.*does not have this field/,
	],
	['bgm', { options: { bgm: true } }, /"Background Music".*Vtrix.*does not have this field/],
	['is_rec', { options: { isRec: true } }, /"Recommended Prompt".*Vtrix.*does not have this field/],
	[
		'auto_subjects',
		{ options: { autoSubjects: true } },
		/"Auto Subjects".*Vtrix.*does not have this field/,
	],
	[
		'audio_type',
		{ audio: true, options: { audioType: 'all' } },
		/"Audio Type".*Vtrix.*does not have this field/,
	],
	[
		'movement_amplitude',
		{ options: { movementAmplitude: 'large' } },
		/"Movement Amplitude".*Vtrix.*does not have this field/,
	],
	[
		'subjects.server_id',
		subjects({ name: 'cat', serverId: '2985' }),
		/"Library Subject".*Vtrix.*does not have this field/,
	],
	[
		'subjects.videos',
		subjects({ name: 'cat', videoUrl: 'https://clips.example/a.mp4' }),
		/Vtrix.*does not accept video subjects/,
	],
	[
		'subjects.images, four',
		subjects({ ...cat, imageUrls: ['a', 'b', 'c', 'd'].map(picture) }),
		/There are 4 images of subject 1 "cat".*Vtrix.*at most 3/,
	],
	[
		'images, eight together',
		subjects(...['a', 'b', 'c'].map((name) => ({ name, imageUrls: ['x', 'y', 'z'].map(picture) }))),
		/9 images in total.*Vtrix.*at most 7/,
	],
	['duration', { duration: 9 }, /"Duration" is 9.*Vtrix.*1–8 s/],
	['duration', { duration: 0 }, /"Duration" is 0.*Vtrix.*1–8 s/],
	['resolution', { resolution: '540p' }, /"Resolution" is 540p.*Vtrix.*720p, 1080p/],
	['prompt, none', { prompt: '={{ "" }}' }, /"Prompt" is empty.*Vtrix/],
];

describe('seed 002, Vtrix', () => {
	it('posts the plainest order to /model/v1/generation, wrapped, with nothing that was not set', async () => {
		const { path, body } = await wire.order();
		expect(path).toBe('/model/v1/generation');
		expect(wire.posts()[0]?.headers.authorization).toBe('Bearer ***');
		const params = {
			subjects: [{ id: 'cat', images: [picture('cat')] }],
			prompt: '@cat runs',
			duration: 5,
			resolution: '720p',
			aspect_ratio: '16:9',
			audio: false,
		};
		expect(body).toStrictEqual({ model: 'viduq2_pro_fast_reference2video', input: [{ params }] });
	});

	it.each(ROWS)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
		expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
	});

	it.each(REFUSED)('refuses %s: %j', async (_, set, sentence) => {
		expect(await wire.refusal(set)).toMatch(sentence);
	});

	it('takes a prompt of 2000 characters and refuses one of 2001', async () => {
		const prompt = (length: number) => ({ prompt: '@cat '.padEnd(length, 'x') });
		expect(at((await wire.order(prompt(2000))).body, 'input.0.params.prompt')).toHaveLength(2000);
		wire.sandbox().reset();
		expect(await wire.refusal(prompt(2001))).toMatch(/2001 characters.*Vtrix.*at most 2000/);
	});
});

/** Seed 001: kkiai, reference to video, parameter by parameter. Its table calls nearly everything "string". */
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { at, cat, openWire, picture, subjects, type Refused, type Row } from './wire.mts';

const wire = openWire({
	credential: { provider: 'kkiai', apiKey: GATEWAY_KEYS.kkiai },
	type: 'viduReferenceToVideo',
	base: { model: 'viduq2', ...subjects(cat), prompt: '@cat runs' },
});
const marked = { watermark: true };
const clip = 'https://clips.example/cat.mp4';
/** Nothing listens there: the sandbox's callbacks go nowhere. */
const hook = 'http://127.0.0.1:9/hook';
const named = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		...cat,
		name: index === 0 ? 'cat' : `cat${index}`,
	}));

const ROWS: readonly Row[] = [
	['model', { model: '=viduq3-mix' }, 'model', 'viduq3-mix'],
	['model', { model: 'viduq3' }, 'model', 'viduq3'],
	['model', { model: 'viduq2-pro' }, 'model', 'viduq2-pro'],
	['model', { model: 'viduq2' }, 'model', 'viduq2'],
	['model', { model: 'viduq1' }, 'model', 'viduq1'],
	['model', { model: 'vidu2.0' }, 'model', 'vidu2.0'],
	['auto_subjects', { options: { autoSubjects: true } }, 'auto_subjects', true],
	['auto_subjects', { options: { autoSubjects: false } }, 'auto_subjects', false],
	['auto_subjects, a text', { options: { autoSubjects: '={{ "true" }}' } }, 'auto_subjects', true],
	['subjects, seven', subjects(...named(7)), 'subjects.6.name', 'cat6'],
	['subjects.name', {}, 'subjects.0.name', 'cat'],
	['subjects.images', {}, 'subjects.0.images', [picture('cat')]],
	[
		'subjects.videos',
		{ model: 'viduq2-pro', ...subjects({ name: 'cat', videoUrl: clip }) },
		'subjects.0',
		{ name: 'cat', videos: [clip] },
	],
	['subjects.voice_id', subjects({ ...cat, voiceId: 'v7' }), 'subjects.0.voice_id', 'v7'],
	[
		'subjects.server_id',
		subjects({ name: 'cat', serverId: '2985634123' }),
		'subjects.0',
		{ name: 'cat', server_id: '2985634123' },
	],
	['prompt', { prompt: 'a [@cat] sleeps' }, 'prompt', 'a [@cat] sleeps'],
	['audio', { audio: true }, 'audio', true],
	['audio', { audio: false }, 'audio', false],
	['audio (true with viduq3)', { model: 'viduq3' }, 'audio', true],
	['duration', { duration: 1 }, 'duration', 1],
	['duration', { model: 'viduq3', duration: 16 }, 'duration', 16],
	['duration', { model: 'viduq1' }, 'duration', 5],
	['duration', { model: 'vidu2.0' }, 'duration', 4],
	['duration, a text', { duration: '={{ "7" }}' }, 'duration', 7],
	['seed', { options: { seed: 1830691647 } }, 'seed', 1830691647],
	['seed, a text', { options: { seed: '={{ "12" }}' } }, 'seed', 12],
	['aspect_ratio', { aspectRatio: '1:1' }, 'aspect_ratio', '1:1'],
	['aspect_ratio', { aspectRatio: '9:16' }, 'aspect_ratio', '9:16'],
	['aspect_ratio', { aspectRatio: '3:4' }, 'aspect_ratio', '3:4'],
	['aspect_ratio', { aspectRatio: '4:3' }, 'aspect_ratio', '4:3'],
	['aspect_ratio, any', { aspectRatio: '=21:9' }, 'aspect_ratio', '21:9'],
	['aspect_ratio', { model: 'viduq3', aspectRatio: '=auto' }, 'aspect_ratio', 'auto'],
	['resolution', { resolution: '540p' }, 'resolution', '540p'],
	['resolution', { resolution: '1080p' }, 'resolution', '1080p'],
	['resolution', { model: 'viduq1' }, 'resolution', '1080p'],
	['resolution', { model: 'vidu2.0' }, 'resolution', '360p'],
	['resolution', { model: 'vidu2.0', resolution: '720p' }, 'resolution', '720p'],
	[
		'movement_amplitude',
		{ model: 'viduq1', options: { movementAmplitude: 'small' } },
		'movement_amplitude',
		'small',
	],
	[
		'movement_amplitude',
		{ model: 'vidu2.0', options: { movementAmplitude: 'large' } },
		'movement_amplitude',
		'large',
	],
	[
		'movement_amplitude (no effect with q2)',
		{ options: { movementAmplitude: 'large' } },
		'movement_amplitude',
		undefined,
	],
	['payload', { options: { payload: 'row 7' } }, 'payload', 'row 7'],
	['watermark', { options: marked }, 'watermark', true],
	['wm_position', { options: { ...marked, wmPosition: 1 } }, 'wm_position', 1],
	['wm_position', { options: { ...marked, wmPosition: 3 } }, 'wm_position', 3],
	['wm_url', { options: { ...marked, wmUrl: picture('logo') } }, 'wm_url', picture('logo')],
	['meta_data', { options: { metaData: '{"Label":"AI"}' } }, 'meta_data', '{"Label":"AI"}'],
	['callback_url', { options: { callbackUrl: hook } }, 'callback_url', hook],
];

const REFUSED: readonly Refused[] = [
	['model', { model: '=viduq3-pro' }, /"Model" is Vidu Q3 Pro, but kkiai offers/],
	['off_peak', { options: { offPeak: true } }, /"Off-Peak" is on.*kkiai.*cannot run off-peak/],
	['bgm', { options: { bgm: true } }, /"Background Music".*kkiai.*does not have this field/],
	['is_rec', { options: { isRec: true } }, /"Recommended Prompt".*kkiai.*does not have this field/],
	[
		'voice_id',
		{ audio: true, options: { voiceId: 'v8' } },
		/"Voice ID".*kkiai.*does not have this field/,
	],
	[
		'audio_type',
		{ audio: true, options: { audioType: 'all' } },
		/"Audio Type".*kkiai.*does not have this field/,
	],
	[
		'images',
		{ referenceType: 'media', imageUrls: [picture('a')] },
		/kkiai does not offer reference to video with media/,
	],
	['subjects, eight', subjects(...named(8)), /"Subjects" has 8 entries.*kkiai.*1 to 7/],
	[
		'images, eight together',
		subjects(...named(3).map((one) => ({ ...one, imageUrls: ['a', 'b', 'c'].map(picture) }))),
		/9 images in total.*kkiai.*at most 7/,
	],
	[
		'subjects.images, four',
		subjects({ ...cat, imageUrls: ['a', 'b', 'c', 'd'].map(picture) }),
		/There are 4 images of subject 1 "cat".*kkiai.*at most 3/,
	],
	['subjects.videos', subjects({ name: 'cat', videoUrl: clip }), /has no image/],
	[
		'subjects.videos, two',
		{
			model: 'viduq2-pro',
			...subjects({ name: 'cat', videoUrl: clip }, { name: 'dog', videoUrl: clip }),
		},
		/2 subjects are videos.*kkiai.*at most 1/,
	],
	[
		'subjects.images beside videos',
		{ model: 'viduq2-pro', ...subjects({ ...cat, videoUrl: clip }) },
		/images and a video: use one or the other/,
	],
	['duration', { duration: 11 }, /"Duration" is 11.*kkiai.*1–10 s/],
	['duration', { model: 'viduq3', duration: 2 }, /"Duration" is 2.*kkiai.*3–16 s/],
	['duration', { model: 'vidu2.0', duration: 5 }, /"Duration" is 5.*kkiai.*accepts 4 s/],
	[
		'resolution',
		{ model: 'viduq1', resolution: '720p' },
		/"Resolution" is 720p.*kkiai.*accepts 1080p/,
	],
	[
		'aspect_ratio',
		{ model: 'viduq1', aspectRatio: '=21:9' },
		/"Aspect Ratio" is 21:9.*kkiai.*16:9, 9:16, 1:1/,
	],
	['meta_data', { options: { metaData: 'no JSON' } }, /"Metadata" must be a JSON object/],
];

describe('seed 001, kkiai', () => {
	it('posts the plainest order to /ent/v2/reference2video, with nothing that was not set', async () => {
		const { path, body } = await wire.order();
		expect(path).toBe('/ent/v2/reference2video');
		expect(wire.posts()[0]?.headers.authorization).toBe('Bearer ***');
		expect(body).toStrictEqual({
			model: 'viduq2',
			subjects: [{ name: 'cat', images: [picture('cat')] }],
			prompt: '@cat runs',
			duration: 5,
			resolution: '720p',
			aspect_ratio: '16:9',
			audio: false,
		});
	});

	it.each(ROWS)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
		expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
	});

	it.each(REFUSED)('refuses %s: %j', async (_, set, sentence) => {
		expect(await wire.refusal(set)).toMatch(sentence);
	});

	it('takes a prompt of 2000 characters and refuses one of 2001', async () => {
		const prompt = (length: number) => ({ prompt: '@cat '.padEnd(length, 'x') });
		expect((await wire.order(prompt(2000))).body.prompt).toHaveLength(2000);
		wire.sandbox().reset();
		expect(await wire.refusal(prompt(2001))).toMatch(/2001 characters.*kkiai.*at most 2000/);
	});

	it('takes a payload of 1048576 characters and refuses one more', async () => {
		const payload = (length: number) => ({ options: { payload: 'x'.repeat(length) } });
		expect((await wire.order(payload(1_048_576))).body.payload).toHaveLength(1_048_576);
		wire.sandbox().reset();
		expect(await wire.refusal(payload(1_048_577))).toMatch(/"Payload" has 1048577 characters/);
	});
});

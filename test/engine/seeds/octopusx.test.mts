/** Seed 000: OctopusX, reference to video, parameter by parameter. */
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { at, cat, openWire, picture, subjects, type Refused, type Row } from './wire.mts';

const wire = openWire({
	credential: { provider: 'octopusx', apiKey: GATEWAY_KEYS.octopusx },
	type: 'viduReferenceToVideo',
	base: { model: 'viduq2-pro', ...subjects(cat), prompt: '@cat runs' },
});
const marked = { watermark: true };

const ROWS: readonly Row[] = [
	['model', { model: 'viduq2-pro' }, 'model', 'viduq2-pro'],
	['model', { model: '=viduq3-pro' }, 'model', 'viduq3-pro'],
	['model', { model: '=viduq2-turbo' }, 'model', 'viduq2-turbo'],
	['model', { model: '=viduq2-pro-fast' }, 'model', 'viduq2-pro-fast'],
	['model', { model: 'viduq1' }, 'model', 'viduq1'],
	['model', { model: '=viduq1-classic' }, 'model', 'viduq1-classic'],
	['model', { model: 'vidu2.0' }, 'model', 'vidu2.0'],
	['subjects.id', {}, 'subjects.0.id', 'cat'],
	['subjects.images', {}, 'subjects.0.images', [picture('cat')]],
	[
		'subjects.images, three',
		subjects({ name: 'cat', imageUrls: ['a', 'b', 'c'].map(picture) }),
		'subjects.0.images',
		['a', 'b', 'c'].map(picture),
	],
	[
		'subjects, several',
		{ ...subjects(cat, { name: 'dog', imageUrls: [picture('dog')] }), prompt: '@cat and @dog' },
		'subjects.1',
		{ id: 'dog', images: [picture('dog')] },
	],
	['subjects.voice_id', subjects({ ...cat, voiceId: 'v7' }), 'subjects.0.voice_id', 'v7'],
	['prompt', { prompt: 'a @cat sleeps' }, 'prompt', 'a @cat sleeps'],
	['audio', { audio: true }, 'audio', true],
	['audio', { audio: false }, 'audio', false],
	['voice_id', { audio: true, options: { voiceId: 'v8' } }, 'voice_id', 'v8'],
	[
		'voice_id (no effect with q3)',
		{ model: '=viduq3-pro', options: { voiceId: 'v8' } },
		'voice_id',
		undefined,
	],
	['is_rec', { options: { isRec: true } }, 'is_rec', true],
	['is_rec', { options: { isRec: false } }, 'is_rec', false],
	['bgm', { options: { bgm: true } }, 'bgm', true],
	['duration', { duration: 1 }, 'duration', 1],
	['duration', { duration: 10 }, 'duration', 10],
	['seed', { options: { seed: 42 } }, 'seed', 42],
	['seed', { options: { seed: 0 } }, 'seed', 0],
	['resolution', { resolution: '540p' }, 'resolution', '540p'],
	['resolution', { resolution: '1080p' }, 'resolution', '1080p'],
	['off_peak', { options: { offPeak: true } }, 'off_peak', true],
	['watermark', { options: marked }, 'watermark', true],
	['wm_position', { options: { ...marked, wmPosition: 1 } }, 'wm_position', 1],
	['wm_position', { options: { ...marked, wmPosition: 4 } }, 'wm_position', 4],
	['wm_url', { options: { ...marked, wmUrl: picture('logo') } }, 'wm_url', picture('logo')],
	['payload', { options: { payload: 'row 7' } }, 'payload', 'row 7'],
	['meta_data', { options: { metaData: '{"Label":"AI"}' } }, 'meta_data', '{"Label":"AI"}'],
	[
		'meta_data, an object',
		{ options: { metaData: '={{ ({ Label: "AI" }) }}' } },
		'meta_data',
		'{"Label":"AI"}',
	],
	['meta_data, as n8n adds it', { options: { metaData: '{}' } }, 'meta_data', undefined],
];

const REFUSED: readonly Refused[] = [
	['model', { model: 'viduq2' }, /"Model" is Vidu Q2, but OctopusX offers/],
	[
		'aspect_ratio',
		{ aspectRatio: '9:16' },
		/"Aspect Ratio" is 9:16.*OctopusX.*does not have this field/,
	],
	[
		'movement_amplitude',
		{ options: { movementAmplitude: 'large' } },
		/"Movement Amplitude".*OctopusX.*does not have this field/,
	],
	[
		'auto_subjects',
		{ options: { autoSubjects: true } },
		/"Auto Subjects".*OctopusX.*does not have this field/,
	],
	[
		'audio_type',
		{ audio: true, options: { audioType: 'all' } },
		/"Audio Type".*OctopusX.*does not have this field/,
	],
	[
		'callback_url',
		{ options: { callbackUrl: 'https://n8n.example/hook' } },
		/"Callback URL".*OctopusX.*does not have this field/,
	],
	[
		'subjects.server_id',
		subjects({ name: 'cat', serverId: '2985' }),
		/"Library Subject".*OctopusX.*does not have this field/,
	],
	[
		'subjects.videos',
		subjects({ name: 'cat', videoUrl: 'https://clips.example/a.mp4' }),
		/OctopusX.*does not accept video subjects/,
	],
	[
		'images',
		{ referenceType: 'media', imageUrls: [picture('a')] },
		/OctopusX does not offer reference to video with media/,
	],
	[
		'subjects.images, four',
		subjects({ name: 'cat', imageUrls: ['a', 'b', 'c', 'd'].map(picture) }),
		/There are 4 images of subject 1 "cat".*OctopusX.*at most 3/,
	],
	['subjects, none', subjects(), /Add at least one subject: .*OctopusX/],
	['prompt, none', { prompt: '={{ "" }}' }, /"Prompt" is empty.*OctopusX/],
	['duration', { duration: 11 }, /"Duration" is 11.*OctopusX.*1–10 s/],
	['resolution', { resolution: '360p' }, /"Resolution" is 360p.*OctopusX.*540p, 720p, 1080p/],
	[
		'wm_position',
		{ options: { ...marked, wmPosition: 5 } },
		/"Watermark Position" is 5.*1, 2, 3, 4/,
	],
];

describe('seed 000, OctopusX', () => {
	it('posts the plainest order to /vidu/ent/v2/reference2video, with nothing that was not set', async () => {
		const { path, body } = await wire.order();
		expect(path).toBe('/vidu/ent/v2/reference2video');
		expect(wire.posts()[0]?.headers.authorization).toBe('Bearer ***');
		expect(body).toStrictEqual({
			model: 'viduq2-pro',
			subjects: [{ id: 'cat', images: [picture('cat')] }],
			prompt: '@cat runs',
			duration: 5,
			resolution: '720p',
			audio: false,
		});
	});

	it.each(ROWS)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
		expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
	});

	it.each(REFUSED)('refuses %s: %j', async (_, set, sentence) => {
		expect(await wire.refusal(set)).toMatch(sentence);
	});
});

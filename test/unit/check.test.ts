import fc from 'fast-check';
import { findRow } from '../../nodes/Vidu/catalogue';
import type { ClipRow, VideoKind } from '../../nodes/Vidu/catalogue/types';
import { check as checkRow } from '../../nodes/Vidu/tasks/validate';
import { durationsText } from '../../nodes/Vidu/tasks/validate/values';
import type { Draft, MediaInput } from '../../nodes/Vidu/media/input';
import { clipRowsOf, viewOf } from './rowView';

const media =
	(type: MediaInput['type']) =>
	(value: string): MediaInput => ({ kind: 'reference', type, value, label: `${type} ${value}` });
const image = media('image');
const picture = image('https://example.com/a.png');
const video = media('video')('https://a.example/v.mp4');

function row(kind: VideoKind, model: string): ClipRow {
	const found = findRow('vidu', kind, model);
	if (!found) throw new Error(`no ${model} for ${kind}`);
	return found;
}

/** A draft that the model takes, with changes. */
function draftFor(kind: VideoKind, rest: Draft = {}): Draft {
	const media: Readonly<Record<VideoKind, Draft>> = {
		referenceSubjects: { subjects: [{ name: 'cat', images: [picture], videos: [] }] },
		referenceMedia: { images: [picture] },
		imageToVideo: { images: [picture] },
		startEndToVideo: { startImage: picture, endImage: picture },
		textToVideo: {},
	};
	const prompt = kind === 'referenceSubjects' ? '@cat runs' : 'a cat runs';
	return { prompt, ...media[kind], ...rest };
}

function check(kind: VideoKind, model: string, rest: Draft = {}) {
	return checkRow(row(kind, model), draftFor(kind, rest), 'Vidu');
}

/** Whether nothing beyond the limits is accepted with a hint. */
const isCertain = ({ unconfirmed, fields }: ClipRow) =>
	!unconfirmed && fields.duration.disputed === undefined;

const problemsOf = (...given: Parameters<typeof check>) => check(...given).problems;

describe('what a model takes', () => {
	it('goes through for every model with its defaults filled in', () => {
		for (const row of clipRowsOf('vidu').map(viewOf)) {
			const { kind, model, defaultDuration, defaultAspectRatio, audio } = row;
			const { problems, values } = check(kind, model);
			expect(problems).toEqual([]);
			expect(values).toMatchObject({ duration: defaultDuration });
			expect(values.aspectRatio ?? null).toBe(defaultAspectRatio);
			expect(values.audio ?? null).toBe(audio?.default ?? null);
		}
	});

	it('is every listed duration with every resolution it allows there, and nothing else', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...clipRowsOf('vidu').filter(isCertain).map(viewOf)),
				fc.integer({ min: -1, max: 20 }),
				fc.constantFrom('360p', '540p', '720p', '1080p', '2K'),
				(limits, duration, resolution) => {
					const allowed =
						limits.durations.includes(duration) &&
						(limits.resolutionsAt?.[duration] ?? limits.resolutions).includes(resolution);
					const problems = problemsOf(limits.kind, limits.model, { duration, resolution });
					expect(problems.length === 0).toBe(allowed);
				},
			),
		);
	});
});

describe('what a model does not take is named with the model, the value and what is allowed', () => {
	const cases: ReadonlyArray<[string, Parameters<typeof check>, string[]]> = [
		[
			'a duration',
			['referenceSubjects', 'viduq2', { duration: 11 }],
			['"Duration" is 11', 'Vidu Q2', '1–10 s'],
		],
		[
			'the automatic duration',
			['referenceSubjects', 'viduq2', { duration: 0 }],
			['"Duration" is 0', '1–10 s'],
		],
		[
			'a resolution',
			['referenceSubjects', 'viduq1', { resolution: '720p' }],
			['"Resolution" is 720p', '1080p'],
		],
		[
			'a resolution at this duration',
			['imageToVideo', 'vidu2.0', { duration: 8, resolution: '1080p' }],
			['"Resolution" is 1080p', '720p at 8 s'],
		],
		[
			'an aspect ratio',
			['referenceMedia', 'viduq1', { aspectRatio: '21:9' }],
			['"Aspect Ratio" is 21:9', '16:9'],
		],
		[
			'an aspect ratio where the image decides',
			['imageToVideo', 'viduq2-pro', { aspectRatio: '1:1' }],
			['does not have this field'],
		],
		[
			'audio',
			['referenceMedia', 'viduq2', { audio: true }],
			['"Audio" is on', 'does not make audio'],
		],
		[
			'off-peak with audio',
			['referenceSubjects', 'viduq2', { audio: true, offPeak: true }],
			['off-peak only with "Audio" off'],
		],
		[
			'off-peak without audio',
			['referenceSubjects', 'viduq3', { audio: false, offPeak: true }],
			['off-peak only with "Audio" on'],
		],
		[
			'off-peak at all',
			['referenceMedia', 'viduq3-mix', { offPeak: true }],
			['cannot run off-peak'],
		],
		[
			'a long prompt',
			['referenceSubjects', 'viduq2', { prompt: 'x'.repeat(5001) }],
			['5001 characters', '5000'],
		],
		['no prompt', ['referenceSubjects', 'viduq2', { prompt: '' }], ['"Prompt" is empty']],
		['an unknown mention', ['referenceSubjects', 'viduq2', { prompt: '@dog' }], ['@dog', '@cat']],
		[
			'too many subjects',
			[
				'referenceSubjects',
				'viduq2',
				{
					prompt: 'a street',
					subjects: Array.from({ length: 8 }, (_, i) => ({
						name: `s${i}`,
						images: [picture],
						videos: [],
					})),
				},
			],
			['has 8 entries', '1 to 7'],
		],
		[
			'a subject without anything',
			['referenceSubjects', 'viduq2', { subjects: [{ name: 'cat', images: [], videos: [] }] }],
			['no image, library subject or voice', 'fill in one'],
		],
		[
			'four pictures of one subject',
			[
				'referenceSubjects',
				'viduq2',
				{ subjects: [{ name: 'cat', images: [picture, picture, picture, picture], videos: [] }] },
			],
			['There are 4 images of subject 1 "cat"', 'at most 3'],
		],
		[
			'a video subject',
			['referenceSubjects', 'viduq2', { subjects: [{ name: 'cat', images: [], videos: [video] }] }],
			['does not accept video subjects'],
		],
		[
			'five subjects with pictures where four may have them',
			[
				'referenceSubjects',
				'viduq2-pro',
				{
					prompt: 'a street',
					subjects: Array.from({ length: 5 }, (_, i) => ({
						name: `s${i}`,
						images: [picture],
						videos: [],
					})),
				},
			],
			['5 subjects are not videos', 'at most 4'],
		],
		[
			'eight pictures',
			['referenceMedia', 'viduq2', { images: Array.from({ length: 8 }, () => picture) }],
			['There are 8 images', '1 to 7'],
		],
		[
			'a reference video',
			['referenceMedia', 'viduq2', { videos: [video] }],
			['does not accept videos'],
		],
		[
			'a picture that is no address',
			['referenceMedia', 'viduq2', { images: [image('cat.png')] }],
			['cat.png is not a URL'],
		],
		[
			'music it has no field for',
			['referenceSubjects', 'viduq2', { bgm: true }],
			['"Background Music" is on'],
		],
		['a seed', ['referenceSubjects', 'viduq2', { seed: 1.5 }], ['"Seed" is 1.5']],
		[
			'a watermark position',
			['referenceSubjects', 'viduq2', { wmPosition: 5 }],
			['"Watermark Position" is 5'],
		],
		[
			'metadata',
			['referenceSubjects', 'viduq2', { metaData: 'text' }],
			['"Metadata" must be a JSON object'],
		],
		[
			'a callback address',
			['referenceSubjects', 'viduq2', { callbackUrl: 'n8n' }],
			['"Callback URL" is not a URL'],
		],
	];

	it.each(cases)('%s', (_, given, words) => {
		const problems = problemsOf(...given);
		expect(problems).toHaveLength(1);
		for (const word of words) expect(problems[0]).toContain(word);
	});

	it('a second subject of the same name', () => {
		const subject = { name: 'cat', images: [picture], videos: [] };
		expect(problemsOf('referenceSubjects', 'viduq2', { subjects: [subject, subject] })).toEqual([
			expect.stringContaining('is used twice'),
		]);
	});
});

/** A PNG of this size, as far as its header goes. */
function blank(width: number, height: number): MediaInput {
	const data = Buffer.alloc(33);
	data.write('89504e470d0a1a0a0000000d49484452', 'hex');
	data.writeUInt32BE(width, 16);
	data.writeUInt32BE(height, 20);
	return image(`data:image/png;base64,${data.toString('base64')}`);
}

describe('Vidu Q4', () => {
	const sound = media('audio')('https://example.com/voice.mp3');

	it('takes fifteen images and three sounds', () => {
		const images = Array.from({ length: 15 }, () => picture);
		const sounds = [sound, sound, sound];
		const { problems, hints, values } = check('referenceMedia', 'viduq4-preview', {
			images,
			sounds,
		});
		expect([problems, hints]).toEqual([[], []]);
		expect(values).toMatchObject({ duration: 5, resolution: '720p', audio: true, sounds });
	});

	it.each<[string, Draft, string]>([
		['sixteen images', { images: Array.from({ length: 16 }, () => picture) }, '1 to 15'],
		['four sounds', { sounds: [sound, sound, sound, sound] }, 'at most 3'],
		['no prompt', { prompt: '' }, '"Prompt" is empty'],
		['17 seconds', { duration: 17 }, '3–16 s'],
		['8K', { resolution: '8K' }, '540p, 720p, 1080p, 2K, 4K'],
	])('refuses %s', (_, given, words) => {
		expect(problemsOf('referenceMedia', 'viduq4-preview', given)).toEqual([
			expect.stringContaining(words),
		]);
	});

	it('takes images of 1:5, other models of 1:4', () => {
		const images = [blank(200, 1000)];
		expect(problemsOf('imageToVideo', 'viduq4-preview', { images })).toEqual([]);
		expect(problemsOf('imageToVideo', 'viduq3-pro', { images })).toEqual([
			expect.stringContaining('between 1:4 and 4:1'),
		]);
	});

	it.each<[string, Draft]>([
		['two seconds', { duration: 2 }],
		['a prompt of 6000 characters', { prompt: 'x'.repeat(6000) }],
	])('gets a hint, not a refusal, for %s, which is disputed', (_, given) => {
		const { problems, hints } = check('imageToVideo', 'viduq4-preview', given);
		expect(problems).toEqual([]);
		expect(hints).toHaveLength(1);
	});

	it('leaves out what no document of it has, with hints', () => {
		const given = { offPeak: true, bgm: true, voiceId: 'v', movementAmplitude: 'large' };
		const { problems, hints, values } = check('imageToVideo', 'viduq4-preview', given);
		expect(problems).toEqual([]);
		expect(hints).toHaveLength(4);
		for (const name of Object.keys(given)) expect(values).not.toHaveProperty(name);
	});

	it('is the only model with sounds', () => {
		expect(problemsOf('referenceMedia', 'viduq3', { sounds: [sound] })).toEqual([
			expect.stringContaining('does not accept sounds'),
		]);
	});
});

describe('what documents allow', () => {
	const subjectsOf = (...subjects: Draft[]) => ({
		subjects: subjects as Draft['subjects'],
		prompt: subjects.map(({ name }) => `[@${name}]`).join(' and '),
	});
	const withImage = (name: string): Draft => ({ name, images: [picture] });

	it('is a subject of name and voice alone, with a hint', () => {
		const given = { ...subjectsOf({ name: 'narrator', voiceId: 'v' }), audio: true };
		const { problems, hints } = check('referenceSubjects', 'viduq2', given);
		expect(problems).toEqual([]);
		expect(hints).toEqual(['Subject 1 "narrator" has no image: the model only knows its name']);
	});

	it('is one problem, not two, where the mentioned subject has no name yet', () => {
		const given = { prompt: '@cat runs', subjects: [{ images: [picture] }] };
		const problems = problemsOf('referenceSubjects', 'viduq2', given);
		expect(problems).toEqual([expect.stringContaining('"Name" of subject 1 is empty')]);
	});

	it('is one problem, not two, where a video is given besides images and the model takes none', () => {
		const subjects = [{ name: 'cat', images: [picture], videos: [video] }];
		const problems = problemsOf('referenceSubjects', 'viduq2', { subjects });
		expect(problems).toEqual([expect.stringContaining('does not accept video subjects')]);
	});

	it('is no such subject where the provider needs images', () => {
		const row = findRow('vtrix', 'referenceSubjects', 'viduq1') as ClipRow;
		const given = draftFor('referenceSubjects', { subjects: [{ name: 'cat', voiceId: 'v' }] });
		expect(checkRow(row, given, 'Vtrix').problems).toEqual([
			'Subject 1 "cat" has no image or library subject: fill in one of them',
		]);
	});

	it('is four subjects of images, a video and a video of the library with Q2 Pro', () => {
		const four = ['a', 'b', 'c', 'd'].map(withImage);
		const moving = { name: 'e', videos: [video] };
		const library = { name: 'f', serverId: '1' };
		const all = subjectsOf(...four, moving, library);
		expect(problemsOf('referenceSubjects', 'viduq2-pro', all)).toEqual([]);
		const another = { name: 'g', serverId: '2' };
		expect(
			problemsOf('referenceSubjects', 'viduq2-pro', subjectsOf(...four, library, another)),
		).toEqual([]);
		const five = subjectsOf(...four, withImage('h'), moving);
		expect(problemsOf('referenceSubjects', 'viduq2-pro', five)).toEqual([
			expect.stringContaining('5 subjects are not videos'),
		]);
	});

	it('is a name with spaces, in brackets', () => {
		const given = subjectsOf(withImage('red car'));
		expect(check('referenceSubjects', 'viduq2', given)).toMatchObject({ problems: [], hints: [] });
		const open = { ...given, prompt: '@red car passes' };
		expect(check('referenceSubjects', 'viduq2', open)).toMatchObject({
			...{ problems: [], hints: [expect.stringContaining('Write [@red car]')] },
		});
	});

	it('is no prompt where the provider writes it; one of the user is ignored, with a hint', () => {
		const row = findRow('kkiai', 'imageToVideo', 'viduq1') as ClipRow;
		const given = { images: [picture], isRec: true };
		expect(checkRow(row, given, 'kkiai')).toMatchObject({ problems: [], hints: [] });
		expect(checkRow(row, { ...given, prompt: 'a cat' }, 'kkiai')).toMatchObject({
			...{ problems: [], hints: ['The prompt is ignored because "Recommended Prompt" is on'] },
		});
	});

	it('is an image below 128 px to animate, with a hint; as a reference it is refused', () => {
		const images = [blank(100, 100)];
		const animated = check('imageToVideo', 'viduq3-pro', { images });
		expect(animated).toMatchObject({ problems: [], hints: [expect.stringContaining('128 px')] });
		expect(problemsOf('referenceMedia', 'viduq3', { images })).toHaveLength(1);
	});

	it('goes beyond what is known of Q3 Drama, with a hint', () => {
		const given = { duration: 16, resolution: '540p' };
		const { problems, beyond } = check('referenceMedia', 'viduq3-drama', given);
		expect(problems).toEqual([]);
		expect(beyond).toEqual([
			expect.stringMatching(/2–15 s$/),
			expect.stringMatching(/720p, 1080p$/),
		]);
	});

	it('is all sound, said where the document requires the type and there is audio', () => {
		expect(check('imageToVideo', 'viduq2-pro', { audio: true }).values.audioType).toBe('all');
		expect(check('imageToVideo', 'viduq2-pro').values).not.toHaveProperty('audioType');
		expect(check('imageToVideo', 'viduq3-pro').values).not.toHaveProperty('audioType');
	});
});

describe('what has no effect', () => {
	it('is the voice of a subject in a silent video', () => {
		const subjects = [{ name: 'cat', images: [picture], voiceId: 'v' }];
		const { hints, values } = check('referenceSubjects', 'viduq2', { subjects });
		expect(hints).toEqual([expect.stringContaining('"Voice ID" of subject 1 "cat" was ignored')]);
		expect(values.subjects?.[0]).not.toHaveProperty('voiceId');
	});

	it('is nothing that the user did where a provider has no aspect ratio', () => {
		const row = findRow('octopusx', 'referenceSubjects', 'viduq2-pro') as ClipRow;
		const given = draftFor('referenceSubjects', { aspectRatio: '16:9' });
		expect(checkRow(row, given, 'OctopusX')).toMatchObject({ problems: [], hints: [] });
	});

	it.each<[string, Parameters<typeof check>, keyof Draft]>([
		[
			'movement amplitude with q2',
			['referenceMedia', 'viduq2', { movementAmplitude: 'large' }],
			'movementAmplitude',
		],
		['music with q3', ['referenceMedia', 'viduq3', { bgm: true }], 'bgm'],
		['a voice without audio', ['imageToVideo', 'viduq2-pro', { voiceId: 'v' }], 'voiceId'],
	])('%s is left out, with a hint', (_, given, field) => {
		const { problems, hints, values } = check(...given);
		expect(problems).toEqual([]);
		expect(hints).toEqual([expect.stringContaining('was ignored')]);
		expect(field in values).toBe(false);
	});

	it('is a hint for music at a duration that takes none', () => {
		const { hints, problems } = check('imageToVideo', 'viduq2-pro', { bgm: true, duration: 9 });
		expect([hints, problems]).toEqual([[expect.stringContaining('at 9 s')], []]);
	});

	it('is left out silently when it is off', () => {
		const { hints, problems, values } = check('referenceSubjects', 'viduq2', { bgm: false });
		expect([hints, problems, 'bgm' in values]).toEqual([[], [], false]);
	});

	it('is a hint for a subject that the prompt does not speak of', () => {
		expect(check('referenceSubjects', 'viduq2', { prompt: 'a street' }).hints).toEqual([
			expect.stringContaining('@cat'),
		]);
	});
});

describe('durations in words', () => {
	it.each([
		[[1, 2, 3], '1–3 s'],
		[[0, 1, 2, 3], '1–3 s, or 0 for automatic'],
		[[4, 8], '4 or 8 s'],
		[[5], '5 s'],
	])('%j', (durations, text) => {
		expect(durationsText(durations)).toBe(text);
	});
});

import fc from 'fast-check';
import { findRow } from '../../nodes/Vidu/catalogue';
import type { ClipRow, VideoKind } from '../../nodes/Vidu/catalogue/types';
import { check as checkRow } from '../../nodes/Vidu/tasks/validate';
import { durationsText } from '../../nodes/Vidu/tasks/validate/values';
import type { Draft, MediaInput } from '../../nodes/Vidu/media/input';
import { clipRowsOf, viewOf } from './rowView';

const image = (value: string): MediaInput => ({
	kind: 'reference',
	value,
	label: `image ${value}`,
});
const picture = image('https://example.com/a.png');

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
				fc.constantFrom(...clipRowsOf('vidu').map(viewOf)),
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
			['"Duration" is 11', 'viduq2', '1–10 s'],
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
			['no such field'],
		],
		['audio', ['referenceMedia', 'viduq2', { audio: true }], ['"Audio" is on', 'makes no audio']],
		[
			'off-peak with audio',
			['referenceSubjects', 'viduq2', { audio: true, offPeak: true }],
			['without audio only'],
		],
		[
			'off-peak without audio',
			['referenceSubjects', 'viduq3', { audio: false, offPeak: true }],
			['with audio only'],
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
			['holds 8', '1 to 7'],
		],
		[
			'a subject without anything',
			['referenceSubjects', 'viduq2', { subjects: [{ name: 'cat', images: [], videos: [] }] }],
			['nothing to go by'],
		],
		[
			'four pictures of one subject',
			[
				'referenceSubjects',
				'viduq2',
				{ subjects: [{ name: 'cat', images: [picture, picture, picture, picture], videos: [] }] },
			],
			['"Images" of subject 1 "cat" holds 4', '0 to 3'],
		],
		[
			'a video subject',
			[
				'referenceSubjects',
				'viduq2',
				{ subjects: [{ name: 'cat', images: [], videos: ['https://a.example/v.mp4'] }] },
			],
			['takes no video subjects'],
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
			['5 subjects are no videos', 'at most 4'],
		],
		[
			'eight pictures',
			['referenceMedia', 'viduq2', { images: Array.from({ length: 8 }, () => picture) }],
			['"Images" holds 8', '1 to 7'],
		],
		[
			'a reference video',
			['referenceMedia', 'viduq2', { videos: ['https://a.example/v.mp4'] }],
			['takes no videos'],
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

describe('what has no effect', () => {
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
		expect(hints).toEqual([expect.stringContaining('left out')]);
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

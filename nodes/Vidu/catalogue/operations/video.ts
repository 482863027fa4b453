/** Videos from other videos, from key frames, and from templates. */
import type { ChoiceRule, OperationRow, SharedOption } from './types';

export const RETURNED: readonly SharedOption[] = ['callbackUrl', 'payload'];
const MARKED: readonly SharedOption[] = [
	...RETURNED,
	'metaData',
	'watermark',
	'wmPosition',
	'wmUrl',
];

export const Q2_RESOLUTION: ChoiceRule = {
	kind: 'choice',
	values: ['540p', '720p', '1080p'],
	preset: '720p',
};

/** Credits of one part. Source: platform.vidu.cn/docs/pricing; the first second is taken to lie inside the base. */
const PART_RATES = {
	'viduq2-pro': { '540p': [15, 5], '720p': [30, 10], '1080p': [60, 15] },
	'viduq2-turbo': { '540p': [10, 2], '720p': [15, 5], '1080p': [40, 10] },
} as const;

type Part = Pick<OperationRow, 'task' | 'fields' | 'oneOf' | 'sources'>;

const ofParts = (row: Part): OperationRow[] =>
	(['viduq2-pro', 'viduq2-turbo'] as const).map((model) => ({
		...row,
		model,
		options: MARKED,
		price: { by: 'parts', rates: PART_RATES[model] },
		note: 'Whether the first second is inside the base price is not said; it is taken to be.',
	}));

const SOURCE = ['videoCreationId', 'videoUrl'] as const;
const SOURCE_FIELDS = { videoCreationId: { kind: 'text' }, videoUrl: { kind: 'url' } } as const;

const extend = ofParts({
	task: 'extend',
	fields: {
		...SOURCE_FIELDS,
		endImage: { kind: 'images', min: 0, max: 1 },
		prompt: { kind: 'text', max: 2000 },
		duration: { kind: 'number', min: 1, max: 7, whole: true, preset: 5 },
		resolution: Q2_RESOLUTION,
	},
	oneOf: [SOURCE],
	sources: ['platform.vidu.cn/docs, video extension; prompt length: platform.vidu.com'],
});

const multiFrame = ofParts({
	task: 'multiFrame',
	fields: {
		startImage: { kind: 'image', required: true },
		keyFrames: {
			kind: 'list',
			min: 2,
			max: 9,
			of: {
				image: { kind: 'image', required: true },
				prompt: { kind: 'text' },
				duration: { kind: 'number', min: 2, max: 7, whole: true, preset: 5 },
			},
		},
		resolution: Q2_RESOLUTION,
	},
	sources: ['platform.vidu.cn/docs, multi-frame'],
});

const upscale: OperationRow = {
	task: 'upscale',
	model: null,
	fields: {
		...SOURCE_FIELDS,
		upscaleResolution: { kind: 'choice', values: ['1080p', '2K', '4K', '8K'], preset: '1080p' },
	},
	oneOf: [SOURCE],
	options: RETURNED,
	price: {
		by: 'source',
		credits: { '1080p': 10, '2K': 20, '4K': 40, '8K': 160 },
		every: 1,
		longest: 300,
	},
	sources: ['platform.vidu.cn/docs, upscale-pro'],
	note: 'With both an ID and a URL Vidu takes the ID; both are refused here, so that none is ignored.',
};

const AREAS = [
	...['auto', 'africa', 'china', 'denmark', 'india', 'italy', 'japan', 'korea', 'mexico'],
	...['russia', 'switzerland', 'thailand', 'uk'],
];

const template: OperationRow = {
	task: 'template',
	model: null,
	fields: {
		template: { kind: 'text', required: true },
		// "Parameters differ from template to template": no numbers of images are listed.
		images: { kind: 'images', min: 1, max: 7 },
		prompt: { kind: 'text', max: 2000 },
		aspectRatio: { kind: 'choice', values: ['16:9', '9:16', '1:1'], preset: '16:9' },
		area: {
			kind: 'choice',
			values: AREAS,
			preset: 'auto',
			onlyWith: { field: 'template', value: 'exotic_princess' },
		},
		beast: {
			kind: 'choice',
			values: ['auto', 'bear', 'elk', 'lion', 'snake', 'tiger', 'wolf'],
			preset: 'auto',
			onlyWith: { field: 'template', value: 'beast_companion' },
		},
	},
	options: [...MARKED, 'bgm', 'seed'],
	price: null,
	sources: ['platform.vidu.cn/docs, template; 1:1: platform.vidu.com/docs/template'],
	note: 'The number of images is not documented; 7 as everywhere else. Prices differ by template and are in no table.',
};

const templateStory: OperationRow = {
	task: 'templateStory',
	model: null,
	fields: {
		story: {
			kind: 'choice',
			required: true,
			values: ['love_story', 'monk_tang', 'monkey_king', 'one_shot', 'pigsy', 'workday_feels'],
			preset: 'love_story',
		},
		images: {
			kind: 'images',
			min: 1,
			max: 7,
			moreWith: { field: 'story', value: 'one_shot', min: 3 },
		},
	},
	options: RETURNED,
	price: null,
	sources: ['platform.vidu.cn/docs, template story', 'three images for one_shot: seen in answers'],
	note: 'The number of images is not documented; 7 as everywhere else.',
};

export const videoRows: readonly OperationRow[] = [
	...extend,
	...multiFrame,
	upscale,
	template,
	templateStory,
];

/** Videos from other videos, from key frames, and from templates. */
import { MARKED, RETURNED, options, prompt, ratios, resolutions, sourceOf } from '../fields';
import type { Rules } from '../rules';
import type { RowOf } from '../types';
import { Q2_PRO_PARTS, Q2_TURBO_PARTS } from './prices';
import { withoutModels } from './withoutModels';

const Q2_RESOLUTION = resolutions(['540p', '720p', '1080p'], '720p');

const SOURCE = ['videoCreationId', 'videoUrl'] as const;
const source = {
	videoCreationId: { kind: 'text', picked: true },
	videoUrl: { kind: 'url' },
} satisfies Rules;

/** Source: platform.vidu.cn/docs, video extension; prompt length: platform.vidu.com. */
export const extend = (): ReadonlyArray<RowOf<'extend'>> => {
	const row = {
		kind: 'extend',
		fields: {
			...source,
			prompt: prompt(2000, 'optional'),
			endImage: { kind: 'images', min: 0, max: 1 },
			duration: { kind: 'number', min: 1, max: 7, whole: true, default: 5 },
			resolution: Q2_RESOLUTION,
			...MARKED,
		},
		oneOf: [SOURCE],
	} as const;
	return [
		{ ...row, model: 'viduq2-pro', price: Q2_PRO_PARTS },
		{ ...row, model: 'viduq2-turbo', price: Q2_TURBO_PARTS },
	];
};

/** Source: platform.vidu.cn/docs, multi-frame. */
export const multiFrame = (): ReadonlyArray<RowOf<'multiFrame'>> => {
	const frame = {
		image: { kind: 'image', required: true },
		prompt: { kind: 'text' },
		duration: { kind: 'number', min: 2, max: 7, whole: true, default: 5 },
	} satisfies Rules;
	const row = {
		kind: 'multiFrame',
		fields: {
			startImage: { kind: 'image', required: true },
			keyFrames: { kind: 'list', min: 2, max: 9, of: frame },
			resolution: Q2_RESOLUTION,
			...MARKED,
		},
	} as const;
	return [
		{ ...row, model: 'viduq2-pro', price: Q2_PRO_PARTS },
		{ ...row, model: 'viduq2-turbo', price: Q2_TURBO_PARTS },
	];
};

/**
 * Source: platform.vidu.cn/docs, upscale-pro.
 * With both an ID and a URL Vidu takes the ID; both are refused here, so that none is ignored.
 */
export const upscale = withoutModels('upscale', {
	fields: {
		...source,
		upscaleResolution: resolutions(['1080p', '2K', '4K', '8K']),
		...sourceOf(300),
		...RETURNED,
	},
	oneOf: [SOURCE],
	price: {
		by: 'source',
		credits: { '1080p': 10, '2K': 20, '4K': 40, '8K': 160 },
		every: 1,
		longest: 300,
	},
});

const AREAS = [
	...['auto', 'africa', 'china', 'denmark', 'india', 'italy', 'japan', 'korea', 'mexico'],
	...['russia', 'switzerland', 'thailand', 'uk'],
];

/**
 * Source: platform.vidu.cn/docs, template; 1:1: platform.vidu.com/docs/template.
 * Parameters and prices differ by template and are in no table; up to 7 images as everywhere else.
 */
export const template = withoutModels('template', {
	fields: {
		template: { kind: 'text', required: true },
		images: { kind: 'images', min: 1, max: 7 },
		prompt: prompt(2000, 'optional'),
		aspectRatio: ratios(['16:9', '9:16', '1:1']),
		area: {
			kind: 'choice',
			option: true,
			values: AREAS,
			default: 'auto',
			onlyWith: { field: 'template', value: 'exotic_princess' },
		},
		beast: {
			kind: 'choice',
			option: true,
			values: ['auto', 'bear', 'elk', 'lion', 'snake', 'tiger', 'wolf'],
			default: 'auto',
			onlyWith: { field: 'template', value: 'beast_companion' },
		},
		...MARKED,
		...options('bgm', 'seed'),
	},
	price: null,
});

/**
 * Source: platform.vidu.cn/docs, template story; three images for one_shot: seen in answers.
 * The number of images is not documented; 7 as everywhere else.
 */
export const templateStory = withoutModels('templateStory', {
	fields: {
		story: {
			kind: 'choice',
			required: true,
			values: ['love_story', 'monk_tang', 'monkey_king', 'one_shot', 'pigsy', 'workday_feels'],
			default: 'love_story',
		},
		images: {
			kind: 'images',
			min: 1,
			max: 7,
			moreWith: { field: 'story', value: 'one_shot', min: 3 },
		},
		...RETURNED,
	},
	price: null,
});

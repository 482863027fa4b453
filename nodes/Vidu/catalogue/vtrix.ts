/**
 * Vtrix. It charges in USD, so that no price in credits is known, and its off-peak is "temporarily
 * unavailable" (seed 002). Each model of each kind has an id of its own on the wire. Limits that no
 * page of Vtrix gives are Vidu's.
 */
import { derive } from './derive';
import {
	AUDIO_OFF,
	BASIC_RATIOS,
	options,
	prompt,
	ratios,
	RATIOS_AND_AUTO,
	seconds,
} from './fields';
import type { Rules } from './rules';
import type { Offer } from './types';
import { FAST_HD } from './vidu/families';
import { subjectsOfImages } from './vidu/referenceSubjects';

const without = ['audioType', 'autoSubjects'] as const;
const never = options('offPeak');
const common = { without, price: null, fields: never };

/** Source: doc.vtrix.ai/docs/api/vidu/viduq1-reference2video. */
const reference = {
	...common,
	fields: {
		...never,
		prompt: prompt(2000, 'required'),
		subjects: subjectsOfImages({ maxImages: 7 }),
	} satisfies Rules,
};

/**
 * Source: doc.vtrix.ai/docs/api/vidu/viduq2-pro-fast-reference2video (seed 002).
 * Options of the ratio are three, but "q2 models support any width-to-height ratio".
 */
const q2Fast = {
	...reference,
	model: 'viduq2-pro-fast',
	without: [...without, 'movementAmplitude'] as const,
	fields: {
		...reference.fields,
		...FAST_HD,
		duration: seconds(1, 8),
		aspectRatio: ratios(BASIC_RATIOS, { anyRatio: true }),
	},
};

/** Images with sound and a voice. Source: doc.vtrix.ai/docs/api/vidu/vidu-q1-i2v-reference. */
const images = {
	price: null,
	without: [
		...without,
		...(['bgm', 'watermark', 'wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl'] as const),
	],
	fields: { ...never, prompt: prompt(2000, 'required'), audio: AUDIO_OFF, ...options('voiceId') },
};

/** Source: doc.vtrix.ai/docs/api/vidu/vidu-q2-i2v-reference. */
const q2Images = { ...images, without: [...images.without, 'movementAmplitude'] as const };

/** Source: doc.vtrix.ai/docs/api/vidu/viduq3-i2v-reference. */
const q3Images = {
	...common,
	fields: {
		...never,
		prompt: prompt(5000, 'required'),
		aspectRatio: ratios(RATIOS_AND_AUTO, { anyRatio: true }),
	},
};

/** Source: doc.vtrix.ai/docs/api/vidu/viduq2-pro-reference2video. */
const q2Pro = { ...common, fields: { ...never, prompt: prompt(5000, 'required') } };

/**
 * Source: github.com/VtrixAI/vtrix-cli skills/video (model ids);
 * doc.vtrix.ai/docs/api/vidu/viduq2-turbo-img2video, whose length of the prompt is taken for all.
 */
const frames = { ...common, fields: { ...never, prompt: prompt(2000, 'optional') } };

/** Vidu has no viduq2-pro-fast here: viduq2, with the resolutions of pro-fast. */
const fastText = { ...common, model: 'viduq2-pro-fast', fields: { ...never, ...FAST_HD } };

/** Source: VtrixAI/vtrix-cli, skills/video (model ids). */
const operations = { without: ['callbackUrl'] as const, price: null };

export const VTRIX = {
	referenceSubjects: () => [
		...derive('referenceSubjects', ['viduq2'], q2Fast),
		...derive('referenceSubjects', ['viduq1'], reference),
	],
	referenceMedia: () => [
		...derive('referenceMedia', ['viduq2'], q2Images),
		...derive('referenceMedia', ['viduq2-pro'], q2Pro),
		...derive('referenceMedia', ['viduq3'], q3Images),
		...derive('referenceMedia', ['viduq1'], images),
	],
	imageToVideo: () =>
		derive(
			'imageToVideo',
			[
				...['viduq3-pro', 'viduq3-turbo', 'viduq2-pro-fast', 'viduq2-pro', 'viduq2-turbo'],
				...['viduq1', 'vidu2.0'],
			],
			frames,
		),
	startEndToVideo: () =>
		derive(
			'startEndToVideo',
			['viduq3-turbo', 'viduq3-pro', 'viduq2-pro', 'viduq2-turbo', 'viduq2-pro-fast'],
			frames,
		),
	textToVideo: () => [
		...derive('textToVideo', ['viduq3-turbo', 'viduq3-pro', 'viduq2'], common),
		...derive('textToVideo', ['viduq2'], fastText),
		...derive('textToVideo', ['viduq1'], common),
	],
	extend: () => derive('extend', null, operations),
	referenceToImage: () => derive('referenceToImage', ['viduq2'], operations),
} satisfies Partial<Offer>;

/**
 * Vtrix. It charges in USD, so that no price in credits is known, and its off-peak is "temporarily
 * unavailable" (seed 002). Each model of each task has an id of its own on the wire.
 */
import { derive } from './derive';
import type { ModelRow } from './types';
import { BASIC_RATIOS, seconds } from './vidu/families';

const common = {
	offPeak: 'never',
	lacks: ['serverId'],
	audioType: 'absent',
	autoSubjects: 'absent',
	price: null,
	// Limits that no page of Vtrix gives are Vidu's.
} as const satisfies Partial<ModelRow>;

const subjects = {
	...common,
	prompt: { required: true, max: 2000 },
	subjects: { min: 1, max: 7, imagesPerSubject: 3, maxVideoSubjects: 0, maxImages: 7 },
} as const satisfies Partial<ModelRow>;

const referenceSubjects = (): readonly ModelRow[] => [
	...derive('referenceSubjects', ['viduq2'], {
		...subjects,
		model: 'viduq2-pro-fast',
		durations: seconds(1, 8),
		resolutions: ['720p', '1080p'],
		aspectRatios: BASIC_RATIOS,
		movementAmplitude: 'absent',
		// Source: doc.vtrix.ai/docs/api/vidu/viduq2-pro-fast-reference2video (seed 002).
		// Options of the ratio are three, but "q2 models support any width-to-height ratio".
	}),
	...derive('referenceSubjects', ['viduq1'], {
		...subjects,
		// Source: doc.vtrix.ai/docs/api/vidu/viduq1-reference2video.
	}),
];

/** Pictures with sound and a voice, as `viduq2_i2v_reference` and its like take them. */
const pictures = {
	...common,
	prompt: { required: true, max: 2000 },
	audio: { default: false },
	voice: 'yes',
	bgm: 'absent',
	bgmNotAt: undefined,
	lacks: ['watermark', 'wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl', 'serverId'],
} as const satisfies Partial<ModelRow>;

const referenceMedia = (): readonly ModelRow[] => [
	...derive('referenceMedia', ['viduq2'], {
		...pictures,
		movementAmplitude: 'absent',
		// Source: doc.vtrix.ai/docs/api/vidu/vidu-q2-i2v-reference.
	}),
	...derive('referenceMedia', ['viduq2-pro'], {
		...common,
		prompt: { required: true, max: 5000 },
		// Source: doc.vtrix.ai/docs/api/vidu/viduq2-pro-reference2video.
	}),
	...derive('referenceMedia', ['viduq1'], {
		...pictures,
		// Source: doc.vtrix.ai/docs/api/vidu/vidu-q1-i2v-reference.
	}),
];

const frames = {
	...common,
	prompt: { required: false, max: 2000 },
	// Source: github.com/VtrixAI/vtrix-cli skills/video (model ids);
	// doc.vtrix.ai/docs/api/vidu/viduq2-turbo-img2video.
	// Limits that no page of Vtrix gives are Vidu's. The length of the prompt is that of
	// viduq2-turbo's image to video.
} as const satisfies Partial<ModelRow>;

export const vtrixRows = (): readonly ModelRow[] => [
	...referenceSubjects(),
	...referenceMedia(),
	...derive(
		'imageToVideo',
		[
			'viduq3-pro',
			'viduq3-turbo',
			'viduq2-pro-fast',
			'viduq2-pro',
			'viduq2-turbo',
			'viduq1',
			'vidu2.0',
		],
		frames,
	),
	...derive(
		'startEndToVideo',
		['viduq3-turbo', 'viduq3-pro', 'viduq2-pro', 'viduq2-turbo', 'viduq2-pro-fast'],
		frames,
	),
	...derive('textToVideo', ['viduq3-turbo', 'viduq3-pro', 'viduq2'], common),
	...derive('textToVideo', ['viduq2'], {
		...common,
		model: 'viduq2-pro-fast',
		resolutions: ['720p', '1080p'],
		// Limits that no page of Vtrix gives are Vidu's. Vidu has no viduq2-pro-fast here: viduq2, with
		// the resolutions of pro-fast.
	}),
	...derive('textToVideo', ['viduq1'], common),
];

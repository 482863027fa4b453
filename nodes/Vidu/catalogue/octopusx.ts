/**
 * OctopusX. A field that a page lists exists for all models of the page; values that it leaves open
 * are Vidu's. No price is documented.
 */
import { derive } from './derive';
import { AUDIO_OFF, ignored, options, seconds } from './fields';
import type { Rules } from './rules';
import type { Offer } from './types';
import { subjectsOfImages } from './vidu/referenceSubjects';

const without = ['audioType', 'movementAmplitude', 'callbackUrl'] as const;
const common = { without, price: null };

/**
 * Source: docs.octopusx.ai/en/videos/vidu/reference2video (seed 000).
 * The page gives no number of subjects and no length of the prompt: Vidu's.
 */
const reference = {
	price: null,
	without: [...without, 'aspectRatio', 'autoSubjects'] as const,
	fields: {
		subjects: subjectsOfImages(),
		...options('bgm', 'isRec', 'voiceId'),
	} satisfies Rules,
};

/** The page gives one list of resolutions for all of q2. */
const q2 = { ...reference, fields: { ...reference.fields, duration: seconds(1, 10) } };

/** Durations and resolutions are those of Vidu's viduq3. */
const q3 = {
	...reference,
	model: 'viduq3-pro',
	fields: {
		...reference.fields,
		subjects: subjectsOfImages({}, { voiceId: { kind: 'text', noEffect: true } }),
		...ignored('voiceId'),
	},
};

const Q2_AND_OLDER = [
	'viduq2-pro',
	'viduq2-turbo',
	'viduq2-pro-fast',
	'viduq1',
	'viduq1-classic',
	'vidu2.0',
] as const;

/**
 * Source: docs.octopusx.ai/en/videos/vidu/start-end2video.
 * The page lists audio and voice_id, which Vidu's own start-end lacks.
 */
const startEnd = { ...common, fields: { audio: AUDIO_OFF, ...options('voiceId') } };

export const OCTOPUSX = {
	referenceSubjects: () => [
		...derive('referenceSubjects', ['viduq2-pro'], q2),
		...derive('referenceSubjects', ['viduq2'], { ...q2, model: 'viduq2-turbo' }),
		...derive('referenceSubjects', ['viduq2'], { ...q2, model: 'viduq2-pro-fast' }),
		...derive('referenceSubjects', ['viduq3'], q3),
		...derive('referenceSubjects', ['viduq1'], reference),
		...derive('referenceSubjects', ['viduq1'], { ...reference, model: 'viduq1-classic' }),
		...derive('referenceSubjects', ['vidu2.0'], reference),
	],
	imageToVideo: () => derive('imageToVideo', ['viduq3-pro', ...Q2_AND_OLDER], common),
	startEndToVideo: () => [
		...derive('startEndToVideo', ['viduq3-pro'], { ...common, fields: ignored('voiceId') }),
		...derive('startEndToVideo', Q2_AND_OLDER, startEnd),
	],
	textToVideo: () => [
		...derive('textToVideo', ['viduq3-pro'], common),
		...derive('textToVideo', ['viduq2', 'viduq1'], { ...common, fields: { audio: AUDIO_OFF } }),
	],
} satisfies Partial<Offer>;

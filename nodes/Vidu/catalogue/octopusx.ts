/**
 * OctopusX. A field that a page lists exists for all models of the page; values that it leaves open
 * are Vidu's. No price is documented.
 */
import { derive } from './derive';
import type { ModelRow } from './types';
import { seconds } from './vidu/families';

const common = {
	audioType: 'absent',
	movementAmplitude: 'absent',
	lacks: ['callbackUrl', 'serverId'],
	price: null,
} as const satisfies Partial<ModelRow>;

const SILENT_UNLESS_ASKED = { audio: { default: false } } as const satisfies Partial<ModelRow>;

const reference = {
	...common,
	aspectRatios: null,
	defaultAspectRatio: null,
	anyAspectRatio: undefined,
	voice: 'yes',
	bgm: 'yes',
	isRec: 'yes',
	autoSubjects: 'absent',
	subjects: { min: 1, max: 7, imagesPerSubject: 3, maxVideoSubjects: 0 },
	// Source: docs.octopusx.ai/en/videos/vidu/reference2video (seed 000).
	// The page gives no number of subjects and no length of the prompt: Vidu's.
} as const satisfies Partial<ModelRow>;

const q2 = {
	...reference,
	durations: seconds(1, 10),
	// reference.note It gives one list of resolutions for all of q2.
} as const satisfies Partial<ModelRow>;

const referenceSubjects = (): readonly ModelRow[] => [
	...derive('referenceSubjects', ['viduq2-pro'], q2),
	...derive('referenceSubjects', ['viduq2'], { ...q2, model: 'viduq2-turbo' }),
	...derive('referenceSubjects', ['viduq2'], { ...q2, model: 'viduq2-pro-fast' }),
	...derive('referenceSubjects', ['viduq3'], {
		...reference,
		model: 'viduq3-pro',
		voice: 'noEffect',
		// reference.note Durations and resolutions are those of Vidu's viduq3.
	}),
	...derive('referenceSubjects', ['viduq1'], reference),
	...derive('referenceSubjects', ['viduq1'], { ...reference, model: 'viduq1-classic' }),
	...derive('referenceSubjects', ['vidu2.0'], reference),
];

const Q2_AND_OLDER = [
	'viduq2-pro',
	'viduq2-turbo',
	'viduq2-pro-fast',
	'viduq1',
	'viduq1-classic',
	'vidu2.0',
] as const;

const startEnd = {
	...common,
	// Source: docs.octopusx.ai/en/videos/vidu/start-end2video.
	// The page lists audio and voice_id, which Vidu's own start-end lacks.
} as const satisfies Partial<ModelRow>;

export const octopusxRows = (): readonly ModelRow[] => [
	...referenceSubjects(),
	...derive('imageToVideo', ['viduq3-pro', ...Q2_AND_OLDER], common),
	...derive('startEndToVideo', ['viduq3-pro'], { ...startEnd, voice: 'noEffect' }),
	...derive('startEndToVideo', Q2_AND_OLDER, {
		...startEnd,
		...SILENT_UNLESS_ASKED,
		voice: 'yes',
	}),
	...derive('textToVideo', ['viduq3-pro'], common),
	...derive('textToVideo', ['viduq2', 'viduq1'], { ...common, ...SILENT_UNLESS_ASKED }),
];

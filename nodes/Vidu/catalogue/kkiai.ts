/**
 * kkiai (SynStar AI). It passes Vidu's own body on and charges in Vidu's credits (its sample answer
 * says 45 for the default clip of viduq2, as Vidu does). Its reference page has no off_peak; the
 * other pages are stored in part only, and off-peak is taken not to exist there either.
 */
import { derive } from './derive';
import type { ModelRow } from './types';
import { ALL_RATIOS, BASIC_RATIOS, seconds } from './vidu/families';
import { Q3_MIX_REFERENCE } from './vidu/prices';

const DOCS = 'docs.kkiai.com/Other-Model-APIs/vidu-api';

const common = { offPeak: 'never' } as const satisfies Partial<ModelRow>;

const reference = {
	...common,
	prompt: { required: true, max: 2000 },
	audioType: 'absent',
	aspectRatios: ALL_RATIOS,
	subjects: { min: 1, max: 7, imagesPerSubject: 3, maxVideoSubjects: 0, maxImages: 7 },
	sources: [`${DOCS}/create-reference-to-video-task.html (seed 001)`],
} as const satisfies Partial<ModelRow>;

/** "q2 and q3 models support any ratio or auto." */
const anyRatio = {
	...reference,
	aspectRatios: [...ALL_RATIOS, 'auto'],
	anyAspectRatio: true,
} as const satisfies Partial<ModelRow>;

const referenceSubjects: readonly ModelRow[] = [
	...derive('referenceSubjects', ['viduq2'], anyRatio),
	...derive('referenceSubjects', ['viduq2-pro'], {
		...anyRatio,
		durations: seconds(1, 10),
		subjects: { ...reference.subjects, maxVideoSubjects: 1 },
	}),
	...derive('referenceSubjects', ['viduq3'], {
		...anyRatio,
		model: 'viduq3-mix',
		resolutions: ['720p', '1080p'],
		price: Q3_MIX_REFERENCE,
		note: "The page names no resolutions of viduq3-mix: those of Vidu's media form, and its price.",
	}),
	...derive('referenceSubjects', ['viduq3'], anyRatio),
	...derive('referenceSubjects', ['viduq1', 'vidu2.0'], reference),
];

const PARTLY_READ = 'The page is stored in part only; what it does not show is as at Vidu.';

const frames = {
	...common,
	prompt: { required: true, max: 2000 },
	note: PARTLY_READ,
} as const satisfies Partial<ModelRow>;

const image = {
	...frames,
	sources: [`${DOCS}/create-image-to-video-task.html`],
} as const satisfies Partial<ModelRow>;

const startEnd = {
	...frames,
	sources: [`${DOCS}/create-start-end-frame-video-task.html`],
} as const satisfies Partial<ModelRow>;

/** Vidu has no plain viduq2 from frames: the limits of viduq2-pro, and no price. */
const PLAIN_Q2 = {
	model: 'viduq2',
	price: null,
	note: `${PARTLY_READ} Vidu has no viduq2 here: the limits of viduq2-pro.`,
} as const satisfies Partial<ModelRow>;

const text = {
	...common,
	prompt: { required: true, max: 2000 },
	sources: [`${DOCS}/create-text-to-video-task.html`],
	note: `${PARTLY_READ} 3:4 and 4:3 with q2 only.`,
} as const satisfies Partial<ModelRow>;

export const kkiaiRows: readonly ModelRow[] = [
	...referenceSubjects,
	...derive('imageToVideo', ['viduq3-pro', 'viduq3-turbo'], image),
	...derive('imageToVideo', ['viduq2-pro'], { ...image, ...PLAIN_Q2 }),
	...derive('imageToVideo', ['viduq1'], image),
	...derive('startEndToVideo', ['viduq3-turbo', 'viduq3-pro'], startEnd),
	...derive('startEndToVideo', ['viduq2-pro'], { ...startEnd, ...PLAIN_Q2 }),
	...derive('startEndToVideo', ['viduq1'], startEnd),
	...derive('textToVideo', ['viduq3-turbo', 'viduq3-pro'], { ...text, aspectRatios: BASIC_RATIOS }),
	...derive('textToVideo', ['viduq2', 'viduq1'], text),
];

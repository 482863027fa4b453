/** Reference to video with subjects. */
import type { ModelRow } from '../types';
import { ALL_RATIOS, BASIC_RATIOS, Q1, Q2, Q3, V2_REFERENCE, seconds } from './families';
import * as prices from './prices';

const body = {
	task: 'referenceSubjects',
	defaultAspectRatio: '16:9',
	audioType: 'yes',
	voice: 'absent',
	subjectVoice: 'yes',
	bgm: 'absent',
	isRec: 'absent',
	autoSubjects: 'yes',
	style: 'absent',
	prompt: { required: true, max: 5000 },
	subjects: { min: 1, max: 7, imagesPerSubject: 3, maxVideoSubjects: 0 },
	// Source: platform.vidu.cn/docs/reference-to-video (subjects), 2026-08-12;
	// platform.vidu.cn/docs/pricing, 2026-08-12.
} as const satisfies Partial<ModelRow>;

const q3 = {
	...body,
	...Q3,
	durations: seconds(3, 16),
	aspectRatios: BASIC_RATIOS,
	disputedAspectRatios: ['4:3', '3:4', 'auto'],
	audioType: 'noEffect',
	subjectVoice: 'noEffect',
	// The Feishu page of the Q3 reference API (2026-07-30) and older copies also list 4:3, 3:4 and
	// auto. Audio type: the global image-to-video page limits it to q2, q1 and 2.0.
} as const satisfies Partial<ModelRow>;

const q2 = {
	...body,
	...Q2,
	aspectRatios: ALL_RATIOS,
	anyAspectRatio: true,
	disputedAspectRatios: ['auto'],
	audio: { default: false },
	// An older copy also lists the ratio auto, and allows 7 images of all subjects together.
} as const satisfies Partial<ModelRow>;

export const referenceSubjects = (): readonly ModelRow[] => [
	{
		...q2,
		model: 'viduq2',
		durations: seconds(1, 10),
		price: { ...prices.Q2_REFERENCE, ...prices.AUDIO_SURCHARGE },
	},
	{
		...q2,
		model: 'viduq2-pro',
		durations: seconds(0, 10),
		subjects: {
			min: 1,
			max: 6,
			imagesPerSubject: 3,
			maxImageSubjects: 4,
			maxVideoSubjects: 1,
		},
		price: { ...prices.Q2_PRO_REFERENCE, ...prices.AUDIO_SURCHARGE },
		// Up to 4 subjects of images or text and 2 of video; of the videos only one may be new, the
		// other from the library. An older copy also lists the ratio auto.
	},
	{ ...q3, model: 'viduq3', price: prices.Q3_REFERENCE },
	{ ...q3, model: 'viduq3-turbo', price: prices.Q3_TURBO_REFERENCE },
	{
		...body,
		...Q1,
		model: 'viduq1',
		aspectRatios: BASIC_RATIOS,
		audio: { default: false },
		price: prices.Q1,
	},
	{
		...body,
		...V2_REFERENCE,
		model: 'vidu2.0',
		aspectRatios: BASIC_RATIOS,
		audio: { default: false },
		price: prices.V2_REFERENCE,
	},
];

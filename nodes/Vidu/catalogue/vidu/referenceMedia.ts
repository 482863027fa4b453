/** Reference to video with loose pictures and videos instead of subjects. */
import type { ModelRow } from '../types';
import { ALL_RATIOS, BASIC_RATIOS, Q1, Q2, Q3, V2_REFERENCE, seconds } from './families';
import * as prices from './prices';

const body = {
	task: 'referenceMedia',
	defaultAspectRatio: '16:9',
	audio: null,
	audioType: 'absent',
	voice: 'absent',
	subjectVoice: 'absent',
	bgm: 'yes',
	isRec: 'absent',
	autoSubjects: 'absent',
	style: 'absent',
	prompt: { required: true, max: 5000, hintAbove: 2000 },
	images: { min: 1, max: 7 },
	// Source: platform.vidu.cn/docs/reference-to-video (without subjects), 2026-08-12;
	// platform.vidu.cn/docs/pricing, 2026-08-12.
	// Prompt: the Chinese page says 2000 characters, the global one 5000.
} as const satisfies Partial<ModelRow>;

const q3 = {
	...body,
	...Q3,
	durations: seconds(3, 16),
	aspectRatios: BASIC_RATIOS,
	disputedAspectRatios: ['4:3', '3:4', 'auto'],
	bgm: 'noEffect',
	// body.note Relays and newer copies also list the ratios 4:3, 3:4 and auto.
} as const satisfies Partial<ModelRow>;

const q2 = {
	...body,
	...Q2,
	aspectRatios: ALL_RATIOS,
	disputedAspectRatios: ['auto'],
	bgmNotAt: [9, 10],
	// body.note Newer relay copies add the ratio auto.
} as const satisfies Partial<ModelRow>;

export const referenceMedia = (): readonly ModelRow[] => [
	{ ...q2, model: 'viduq2', durations: seconds(1, 10), price: prices.Q2_REFERENCE },
	{
		...q2,
		model: 'viduq2-pro',
		durations: seconds(0, 10),
		images: { min: 1, max: 7, maxWithVideos: 4 },
		videos: { max: 2 },
		price: prices.Q2_PRO_REFERENCE,
	},
	{
		...q3,
		model: 'viduq3-mix',
		resolutions: ['720p', '1080p'],
		offPeak: 'never',
		price: prices.Q3_MIX_REFERENCE,
		// q3.note The global text says 1 to 16 seconds, the Chinese page and the price list 3 to 16.
	},
	{ ...q3, model: 'viduq3', price: prices.Q3_REFERENCE },
	{ ...q3, model: 'viduq3-turbo', price: prices.Q3_TURBO_REFERENCE },
	{ ...body, ...Q1, model: 'viduq1', aspectRatios: BASIC_RATIOS, price: prices.Q1 },
	{
		...body,
		...V2_REFERENCE,
		model: 'vidu2.0',
		aspectRatios: BASIC_RATIOS,
		price: prices.V2_REFERENCE,
	},
];

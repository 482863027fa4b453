/** Text to video: a prompt alone. */
import type { ModelRow } from '../types';
import { ALL_RATIOS, BASIC_RATIOS, Q1, Q2, Q3, seconds } from './families';
import * as prices from './prices';

const body = {
	task: 'textToVideo',
	aspectRatios: ALL_RATIOS,
	defaultAspectRatio: '16:9',
	audio: null,
	audioType: 'absent',
	voice: 'absent',
	subjectVoice: 'absent',
	bgm: 'yes',
	isRec: 'absent',
	autoSubjects: 'absent',
	style: 'noEffect',
	prompt: { required: true, max: 5000 },
	// Source: platform.vidu.cn/docs/text-to-video, 2026-08-12; platform.vidu.cn/docs/pricing,
	// 2026-08-12.
} as const satisfies Partial<ModelRow>;

const q3 = {
	...body,
	...Q3,
	durations: seconds(1, 16),
	bgm: 'noEffect',
} as const satisfies Partial<ModelRow>;

export const textToVideo = (): readonly ModelRow[] => [
	{
		...q3,
		model: 'viduq3-turbo',
		price: prices.Q3_TURBO,
		// 720p: 12 credits a second on the Chinese price list, 11 on the global one.
	},
	{ ...q3, model: 'viduq3-pro', price: prices.Q3_PRO },
	{
		...body,
		...Q2,
		model: 'viduq2',
		durations: seconds(1, 10),
		bgmNotAt: [9, 10],
		price: prices.Q2_TEXT,
	},
	{
		...body,
		...Q1,
		model: 'viduq1',
		aspectRatios: BASIC_RATIOS,
		style: 'yes',
		price: prices.Q1,
	},
];

/** Start-end to video: two pictures are the first and the last frame, and give the aspect ratio. */
import type { ModelRow } from '../types';
import { Q1, Q2, Q3, V2_FRAMES, seconds } from './families';
import * as prices from './prices';

const body = {
	task: 'startEndToVideo',
	aspectRatios: null,
	defaultAspectRatio: null,
	audio: null,
	audioType: 'absent',
	voice: 'absent',
	subjectVoice: 'absent',
	bgm: 'yes',
	isRec: 'yes',
	autoSubjects: 'absent',
	style: 'absent',
	prompt: { required: false, max: 5000 },
	images: { min: 2, max: 2, alike: [0.8, 1.25] },
	sources: [
		'platform.vidu.cn/docs/start-end-to-video, 2026-08-12',
		'platform.vidu.cn/docs/pricing, 2026-08-12',
	],
} as const satisfies Partial<ModelRow>;

const q3 = {
	...body,
	...Q3,
	durations: seconds(1, 16),
	bgm: 'noEffect',
} as const satisfies Partial<ModelRow>;

const q2 = { ...body, ...Q2, durations: seconds(1, 8) } as const satisfies Partial<ModelRow>;

export const startEndToVideo: readonly ModelRow[] = [
	{
		...q3,
		model: 'viduq3-turbo',
		price: prices.Q3_TURBO,
		note: '720p: 12 credits a second on the Chinese price list, 11 on the global one.',
	},
	{ ...q3, model: 'viduq3-pro', price: prices.Q3_PRO },
	{ ...q2, model: 'viduq2-pro', price: prices.Q2_PRO },
	{ ...q2, model: 'viduq2-turbo', price: prices.Q2_TURBO },
	{
		...q2,
		model: 'viduq2-pro-fast',
		resolutions: ['720p', '1080p'],
		price: prices.Q2_PRO_FAST,
	},
	{ ...body, ...Q1, model: 'viduq1', price: prices.Q1 },
	{ ...body, ...Q1, model: 'viduq1-classic', price: prices.Q1 },
	{ ...body, ...V2_FRAMES, model: 'vidu2.0', price: prices.V2_FRAMES },
];

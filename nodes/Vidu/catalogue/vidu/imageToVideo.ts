/** Image to video: one picture is the first frame, and gives the aspect ratio. */
import type { ModelRow } from '../types';
import { Q1, Q2, Q3, V2_FRAMES, seconds } from './families';
import * as prices from './prices';

const body = {
	task: 'imageToVideo',
	aspectRatios: null,
	defaultAspectRatio: null,
	audio: { default: false },
	audioType: 'yes',
	voice: 'yes',
	subjectVoice: 'absent',
	bgm: 'yes',
	isRec: 'yes',
	autoSubjects: 'absent',
	style: 'absent',
	prompt: { required: false, max: 5000 },
	images: { min: 1, max: 1 },
	// Source: platform.vidu.com/docs/image-to-video, 2026-08-13; platform.vidu.cn/docs/pricing,
	// 2026-08-12.
} as const satisfies Partial<ModelRow>;

const q3 = {
	...body,
	...Q3,
	durations: seconds(1, 16),
	audioType: 'noEffect',
	voice: 'noEffect',
	bgm: 'noEffect',
} as const satisfies Partial<ModelRow>;

const q2 = {
	...body,
	...Q2,
	durations: seconds(1, 10),
	bgmNotAt: [9, 10],
} as const satisfies Partial<ModelRow>;

const q1 = {
	...body,
	...Q1,
	price: prices.Q1,
} as const satisfies Partial<ModelRow>;

export const imageToVideo = (): readonly ModelRow[] => [
	{ ...q3, model: 'viduq3-pro', price: prices.Q3_PRO },
	{
		...q3,
		model: 'viduq3-turbo',
		price: prices.Q3_TURBO,
		// 720p: 12 credits a second on the Chinese price list, 11 on the global one.
	},
	{
		...q3,
		model: 'viduq3-pro-fast',
		resolutions: ['720p', '1080p'],
		price: prices.Q3_PRO_FAST,
		// The two price lists differ. That off-peak needs audio is taken over from the other q3 models.
	},
	{
		...q2,
		model: 'viduq2-pro-fast',
		resolutions: ['720p', '1080p'],
		price: { ...prices.Q2_PRO_FAST, ...prices.AUDIO_SURCHARGE },
	},
	{ ...q2, model: 'viduq2-pro', price: { ...prices.Q2_PRO, ...prices.AUDIO_SURCHARGE } },
	{ ...q2, model: 'viduq2-turbo', price: { ...prices.Q2_TURBO, ...prices.AUDIO_SURCHARGE } },
	{ ...q1, model: 'viduq1' },
	{ ...q1, model: 'viduq1-classic' },
	{
		...body,
		...V2_FRAMES,
		model: 'vidu2.0',
		price: prices.V2_FRAMES,
	},
];

/** Image to video: one image is the first frame, and gives the aspect ratio. */
import { AUDIO_OFF, MARKED, ignored, options, prompt, seconds } from '../fields';
import type { Rules } from '../rules';
import type { RowOf } from '../types';
import { FAST_HD, promptQ4, Q1, Q2, Q3, Q4, Q4_IMAGES, V2_FRAMES } from './families';
import * as prices from './prices';

// Source: platform.vidu.com/docs/image-to-video, 2026-08-13; platform.vidu.cn/docs/pricing,
// 2026-08-12.
const body = {
	images: { kind: 'images', min: 1, max: 1, limits: { smallIsHint: true } },
	prompt: prompt(5000, 'optional'),
	audio: AUDIO_OFF,
	...options('audioType', 'bgm', 'isRec', 'seed', 'voiceId'),
	...MARKED,
} satisfies Rules;

const q3 = {
	...body,
	...Q3,
	duration: seconds(1, 16),
	...ignored('audioType', 'bgm', 'voiceId'),
} satisfies Rules;

const q2 = {
	...body,
	...Q2,
	duration: seconds(1, 10),
	bgm: { ...body.bgm, notAt: [9, 10] },
} satisfies Rules;

const q4 = {
	...body,
	...Q4,
	images: { ...body.images, limits: { ...body.images.limits, ...Q4_IMAGES } },
	prompt: promptQ4('optional'),
} satisfies Rules;

const kind = 'imageToVideo';

export const imageToVideo = (): ReadonlyArray<RowOf<'imageToVideo'>> => [
	{ kind, model: 'viduq3-pro', fields: q3, price: prices.Q3_PRO },
	{ kind, model: 'viduq4-preview', fields: q4, price: prices.Q4 },
	// 720p: 12 credits a second on the Chinese price list, 11 on the global one.
	{ kind, model: 'viduq3-turbo', fields: q3, price: prices.Q3_TURBO },
	// The two price lists differ. That off-peak needs audio is taken over from the other q3 models.
	{ kind, model: 'viduq3-pro-fast', fields: { ...q3, ...FAST_HD }, price: prices.Q3_PRO_FAST },
	{
		kind,
		model: 'viduq2-pro-fast',
		fields: { ...q2, ...FAST_HD },
		price: prices.withAudio(prices.Q2_PRO_FAST),
	},
	{ kind, model: 'viduq2-pro', fields: q2, price: prices.withAudio(prices.Q2_PRO) },
	{ kind, model: 'viduq2-turbo', fields: q2, price: prices.withAudio(prices.Q2_TURBO) },
	{ kind, model: 'viduq1', fields: { ...body, ...Q1 }, price: prices.Q1 },
	{ kind, model: 'viduq1-classic', fields: { ...body, ...Q1 }, price: prices.Q1 },
	{ kind, model: 'vidu2.0', fields: { ...body, ...V2_FRAMES }, price: prices.V2_FRAMES },
];

/** Start-end to video: two images are the first and the last frame, and give the aspect ratio. */
import { MARKED, ignored, options, prompt, seconds } from '../fields';
import type { Rules } from '../rules';
import type { RowOf } from '../types';
import { FAST_HD, Q1, Q2, Q3, V2_FRAMES } from './families';
import * as prices from './prices';

// Source: platform.vidu.cn/docs/start-end-to-video, 2026-08-12; platform.vidu.cn/docs/pricing,
// 2026-08-12.
const body = {
	startImage: { kind: 'image', required: true },
	endImage: { kind: 'image', required: true, likeStart: [0.8, 1.25] },
	prompt: prompt(5000, 'optional'),
	...options('bgm', 'isRec', 'seed'),
	...MARKED,
} satisfies Rules;

const q3 = { ...body, ...Q3, duration: seconds(1, 16), ...ignored('bgm') } satisfies Rules;
const q2 = { ...body, ...Q2, duration: seconds(1, 8) } satisfies Rules;

const kind = 'startEndToVideo';

export const startEndToVideo = (): ReadonlyArray<RowOf<'startEndToVideo'>> => [
	// 720p: 12 credits a second on the Chinese price list, 11 on the global one.
	{ kind, model: 'viduq3-turbo', fields: q3, price: prices.Q3_TURBO },
	{ kind, model: 'viduq3-pro', fields: q3, price: prices.Q3_PRO },
	{ kind, model: 'viduq2-pro', fields: q2, price: prices.Q2_PRO },
	{ kind, model: 'viduq2-turbo', fields: q2, price: prices.Q2_TURBO },
	{ kind, model: 'viduq2-pro-fast', fields: { ...q2, ...FAST_HD }, price: prices.Q2_PRO_FAST },
	{ kind, model: 'viduq1', fields: { ...body, ...Q1 }, price: prices.Q1 },
	{ kind, model: 'viduq1-classic', fields: { ...body, ...Q1 }, price: prices.Q1 },
	{ kind, model: 'vidu2.0', fields: { ...body, ...V2_FRAMES }, price: prices.V2_FRAMES },
];

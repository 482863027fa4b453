/** Text to video: a prompt alone. */
import {
	ALL_RATIOS,
	BASIC_RATIOS,
	MARKED,
	ignored,
	options,
	prompt,
	ratios,
	seconds,
} from '../fields';
import type { Rules } from '../rules';
import type { RowOf } from '../types';
import { Q1, Q2, Q3 } from './families';
import * as prices from './prices';

// Source: platform.vidu.cn/docs/text-to-video, 2026-08-12; platform.vidu.cn/docs/pricing,
// 2026-08-12.
const body = {
	prompt: prompt(5000, 'required'),
	aspectRatio: ratios(ALL_RATIOS),
	...options('bgm', 'seed'),
	...ignored('style'),
	...MARKED,
} satisfies Rules;

const q3 = { ...body, ...Q3, duration: seconds(1, 16), ...ignored('bgm') } satisfies Rules;
const q2 = {
	...body,
	...Q2,
	duration: seconds(1, 10),
	bgm: { ...body.bgm, notAt: [9, 10] },
} satisfies Rules;
const q1 = {
	...body,
	...Q1,
	aspectRatio: ratios(BASIC_RATIOS),
	...options('style'),
} satisfies Rules;

const kind = 'textToVideo';

export const textToVideo = (): ReadonlyArray<RowOf<'textToVideo'>> => [
	// 720p: 12 credits a second on the Chinese price list, 11 on the global one.
	{ kind, model: 'viduq3-turbo', fields: q3, price: prices.Q3_TURBO },
	{ kind, model: 'viduq3-pro', fields: q3, price: prices.Q3_PRO },
	{ kind, model: 'viduq2', fields: q2, price: prices.Q2_TEXT },
	{ kind, model: 'viduq1', fields: q1, price: prices.Q1 },
];

/** Reference to video with loose images and videos instead of subjects. */
import {
	ALL_RATIOS,
	BASIC_RATIOS,
	RATIOS_AND_AUTO,
	MARKED,
	ignored,
	options,
	prompt,
	ratios,
	seconds,
	videosOf,
} from '../fields';
import type { Rules } from '../rules';
import type { RowOf } from '../types';
import {
	DRAMA,
	FAST_HD,
	promptQ4,
	Q1,
	Q2,
	Q3,
	Q4,
	Q4_IMAGES,
	Q4_SOUNDS,
	V2_REFERENCE,
} from './families';
import * as prices from './prices';

// Source: platform.vidu.cn/docs/reference-to-video (without subjects), 2026-08-12;
// platform.vidu.cn/docs/pricing, 2026-08-12.
const body = {
	images: { kind: 'images', min: 1, max: 7 },
	// The Chinese page says 2000 characters, the global one 5000.
	prompt: { ...prompt(5000, 'required'), hintAbove: 2000 },
	aspectRatio: ratios(BASIC_RATIOS),
	...options('bgm', 'seed'),
	...MARKED,
} satisfies Rules;

const q3 = {
	...body,
	...Q3,
	duration: seconds(3, 16),
	// Source: the Feishu page of the Q3 reference API, 2026-07-30, and three relays.
	aspectRatio: ratios(RATIOS_AND_AUTO),
	...ignored('bgm'),
} satisfies Rules;

const q2 = {
	...body,
	...Q2,
	duration: seconds(1, 10),
	// Newer relay copies add auto.
	aspectRatio: ratios(ALL_RATIOS, { disputed: ['auto'] }),
	bgm: { ...body.bgm, notAt: [9, 10] },
} satisfies Rules;

const q2Pro = {
	...q2,
	duration: seconds(0, 10),
	images: { ...body.images, maxWithVideos: 4 },
	videos: videosOf(8, 2, { maxSecondsOfSeveral: 5 }),
} satisfies Rules;

/** The prompt mentions the references by their order: "image 1", "audio 1". */
const q4 = {
	...body,
	...Q4,
	images: { kind: 'images', min: 1, max: 15, limits: Q4_IMAGES },
	sounds: { kind: 'recordings', type: 'audio', max: 3, limits: Q4_SOUNDS },
	prompt: promptQ4('required'),
	aspectRatio: ratios(ALL_RATIOS),
} satisfies Rules;

/** Never off-peak. The global text says 1 to 16 seconds, the Chinese page and the price list 3 to 16. */
const q3Mix = { ...q3, ...FAST_HD, ...options('offPeak') };

const kind = 'referenceMedia';

export const referenceMedia = (): ReadonlyArray<RowOf<'referenceMedia'>> => [
	{ kind, model: 'viduq2', fields: q2, price: prices.Q2_REFERENCE },
	{ kind, model: 'viduq4-preview', fields: q4, price: prices.Q4 },
	{ kind, model: 'viduq2-pro', fields: q2Pro, price: prices.Q2_PRO_REFERENCE },
	{
		kind,
		model: 'viduq3-mix',
		fields: q3Mix,
		price: prices.Q3_MIX_REFERENCE,
	},
	{ kind, model: 'viduq3', fields: q3, price: prices.Q3_REFERENCE },
	{ kind, model: 'viduq3-turbo', fields: q3, price: prices.Q3_TURBO_REFERENCE },
	{
		kind,
		model: 'viduq3-drama',
		fields: { ...body, ...DRAMA },
		price: prices.Q3_DRAMA,
		unconfirmed: true,
	},
	{ kind, model: 'viduq1', fields: { ...body, ...Q1 }, price: prices.Q1 },
	{ kind, model: 'vidu2.0', fields: { ...body, ...V2_REFERENCE }, price: prices.V2_REFERENCE },
];

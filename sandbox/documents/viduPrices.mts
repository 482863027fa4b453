/**
 * What a video costs in credits, from the document "Product pricing" (platform.vidu.cn, 2026-08).
 * The international price list differs for two models; both are here.
 */
export type Region = 'global' | 'china';
export type Endpoint = 'text2video' | 'img2video' | 'start-end2video' | 'reference2video';

export interface Sale {
	readonly endpoint: Endpoint;
	readonly model: string;
	/** Seconds of video. */
	readonly duration: number;
	readonly resolution: string;
	readonly audio: boolean;
	readonly offPeak: boolean;
	/** `is_rec`: a recommended prompt. */
	readonly recommended: boolean;
}

type Price = (seconds: number, offPeak: boolean) => number;
type PriceList = Readonly<Record<string, Readonly<Record<string, Price>>>>;

/** ViduQ3: so much per second, and a per-second price of its own off-peak. */
const each =
	(normal: number, offPeak: number): Price =>
	(seconds, isOffPeak) =>
		seconds * (isOffPeak ? offPeak : normal);

/** Off-peak is half the normal price, fractions rounded up. */
const halved = (total: number, offPeak: boolean) => (offPeak ? Math.ceil(total / 2) : total);

/** ViduQ2: the totals of the first seconds, then so much for every further one. */
const steps =
	(totals: readonly number[], further: number): Price =>
	(seconds, offPeak) => {
		const known = totals[Math.min(seconds, totals.length) - 1] ?? 0;
		return halved(known + Math.max(0, seconds - totals.length) * further, offPeak);
	};

const fixed =
	(total: number): Price =>
	(_seconds, offPeak) =>
		halved(total, offPeak);

const Q1 = { '1080p': fixed(80) };
const Q3_PRO = { '540p': each(9, 5), '720p': each(20, 10), '1080p': each(24, 12) };
const VIDU2 = {
	'360p': fixed(20),
	'720p': (seconds: number, offPeak: boolean) => halved(seconds === 8 ? 100 : 40, offPeak),
	'1080p': fixed(100),
};

const Q3_TURBO: Readonly<Record<Region, Readonly<Record<string, Price>>>> = {
	china: { '540p': each(7, 4), '720p': each(12, 6), '1080p': each(13, 7) },
	global: { '540p': each(7, 4), '720p': each(11, 6), '1080p': each(13, 7) },
};
const Q3_PRO_FAST: Readonly<Record<Region, Readonly<Record<string, Price>>>> = {
	china: { '720p': each(12, 6), '1080p': each(15, 8) },
	global: { '720p': each(20, 10), '1080p': each(25, 13) },
};

const Q4 = {
	'540p': each(9, 9),
	'720p': each(19, 19),
	'1080p': each(24, 24),
	'2K': each(38, 38),
	'4K': each(78, 78),
};

const Q2_PRO = {
	'540p': steps([8, 10], 5),
	'720p': steps([15], 10),
	'1080p': steps([55], 15),
};

/** First frame, and first and last frame, cost the same. */
const frames = (region: Region): PriceList => ({
	'viduq4-preview': Q4,
	'viduq3-pro': Q3_PRO,
	'viduq3-turbo': Q3_TURBO[region],
	'viduq3-pro-fast': Q3_PRO_FAST[region],
	'viduq2-turbo': {
		'540p': steps([6], 2),
		'720p': steps([8, 10], 10),
		'1080p': steps([35], 10),
	},
	'viduq2-pro': Q2_PRO,
	// Not at Vidu itself; no price of kkiai's is known.
	viduq2: Q2_PRO,
	'viduq2-pro-fast': { '720p': steps([8], 2), '1080p': steps([16], 4) },
	viduq1: Q1,
	'viduq1-classic': Q1,
	'vidu2.0': VIDU2,
});

const priceLists = (region: Region): Readonly<Record<Endpoint, PriceList>> => ({
	text2video: {
		'viduq3-pro': Q3_PRO,
		'viduq3-turbo': Q3_TURBO[region],
		viduq2: { '540p': steps([10], 2), '720p': steps([15], 5), '1080p': steps([20], 10) },
		viduq1: Q1,
	},
	img2video: frames(region),
	'start-end2video': frames(region),
	reference2video: {
		'viduq4-preview': Q4,
		'viduq3-drama': { '720p': each(20, 20), '1080p': each(24, 24) },
		'viduq3-mix': { '720p': each(24, 24), '1080p': each(29, 29) },
		'viduq3-turbo': { '540p': each(4, 2), '720p': each(10, 5), '1080p': each(13, 7) },
		viduq3: { '540p': each(7, 4), '720p': each(12, 6), '1080p': each(15, 7) },
		viduq2: { '540p': steps([15], 5), '720p': steps([25], 5), '1080p': steps([75], 10) },
		'viduq2-pro': { '540p': steps([20], 5), '720p': steps([30], 5), '1080p': steps([85], 10) },
		viduq1: Q1,
		'vidu2.0': { '360p': fixed(80), '720p': fixed(80) },
	},
});

/** "Image and reference to video: sound made with the picture costs 15 more per task" (ViduQ2). */
const Q2_SOUND = 15;
/** "Each task will consume an additional 10 credits" (`is_rec`). */
const RECOMMENDED_PROMPT = 10;

/** Credits for a video that passed validation. */
export function price(sale: Sale, region: Region): number {
	const { endpoint, model, duration, resolution, audio, offPeak } = sale;
	const base = priceLists(region)[endpoint][model]?.[resolution];
	if (base === undefined) throw new Error(`No price for ${model} ${resolution} at ${endpoint}`);
	const sound = audio && model.startsWith('viduq2') ? Q2_SOUND : 0;
	return base(duration, offPeak) + sound + (sale.recommended ? RECOMMENDED_PROMPT : 0);
}

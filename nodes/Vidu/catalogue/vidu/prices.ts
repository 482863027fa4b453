/**
 * Vidu's price list in credits. Source: platform.vidu.cn/docs/pricing, 2026-08-12, for both regions;
 * where the global list of 2026-08-13 differs, both numbers stand here. Prices have moved several
 * times: an estimate only, the task itself says what it was charged.
 */
import type { ClipPrice, Credits, ResolutionPrice } from '../types';

/** So much for every second; off-peak has a rate of its own. */
function rate(perSecond: Credits, offPeak?: Credits): ResolutionPrice {
	const linear = (credits: Credits) => ({ firstSeconds: [credits], perSecond: credits });
	return { ...linear(perSecond), ...(offPeak === undefined ? {} : { offPeak: linear(offPeak) }) };
}

/** Totals of the first seconds, then so much for every further one. */
function rising(firstSeconds: readonly number[], perSecond: number): ResolutionPrice {
	return { firstSeconds, perSecond };
}

/** The price of a clip in each resolution. */
function clip(byResolution: ClipPrice['byResolution']): ClipPrice {
	return { by: 'seconds', byResolution };
}

function fixed(credits: number): ResolutionPrice {
	return rising([credits], 0);
}

/** "Direct audio of image and reference to video costs 15 more per task", on the q2 list. */
export function withAudio(price: ClipPrice): ClipPrice {
	return { ...price, audioSurcharge: 15 };
}

/** Source: five integrators that agree, October 2026. 30 % less until 2026-11-30. */
export const Q4 = clip({
	'540p': rate(9),
	'720p': rate(19),
	'1080p': rate(24),
	'2K': rate(38),
	'4K': rate(78),
});

/** Seen in answers: 100 for 5 s of 720p, 192 for 8 s of 1080p. */
export const Q3_DRAMA = clip({ '720p': rate(20), '1080p': rate(24) });

export const Q3_PRO = clip({ '540p': rate(9, 5), '720p': rate(20, 10), '1080p': rate(24, 12) });

export const Q3_TURBO = clip({
	'540p': rate(7, 4),
	'720p': rate({ global: 11, china: 12 }, 6),
	'1080p': rate(13, 7),
});

export const Q3_PRO_FAST = clip({
	'720p': rate({ global: 20, china: 12 }, { global: 10, china: 6 }),
	'1080p': rate({ global: 25, china: 15 }, { global: 13, china: 8 }),
});

export const Q3_MIX_REFERENCE = clip({ '720p': rate(24), '1080p': rate(29) });

export const Q3_TURBO_REFERENCE = clip({
	'540p': rate(4, 2),
	'720p': rate(10, 5),
	'1080p': rate(13, 7),
});

export const Q3_REFERENCE = clip({ '540p': rate(7, 4), '720p': rate(12, 6), '1080p': rate(15, 7) });

/** "First second 8, second second 10, from the third on +10": read as totals 8, 10, 20, 30, as others do. */
export const Q2_TURBO = clip({
	'540p': rising([6], 2),
	'720p': rising([8, 10], 10),
	'1080p': rising([35], 10),
});

export const Q2_PRO = clip({
	'540p': rising([8, 10], 5),
	'720p': rising([15], 10),
	'1080p': rising([55], 15),
});

export const Q2_PRO_FAST = clip({ '720p': rising([8], 2), '1080p': rising([16], 4) });

export const Q2_TEXT = clip({
	'540p': rising([10], 2),
	'720p': rising([15], 5),
	'1080p': rising([20], 10),
});

export const Q2_REFERENCE = clip({
	'540p': rising([15], 5),
	'720p': rising([25], 5),
	'1080p': rising([75], 10),
});

export const Q2_PRO_REFERENCE = clip({
	'540p': rising([20], 5),
	'720p': rising([30], 5),
	'1080p': rising([85], 10),
});

export const Q1 = clip({ '1080p': fixed(80) });

/** 4 or 8 seconds; 8 only in 720p. */
export const V2_FRAMES = clip({
	'360p': fixed(20),
	'720p': rising([40, 40, 40, 40, 100, 100, 100, 100], 0),
	'1080p': fixed(100),
});

export const V2_REFERENCE = clip({ '360p': fixed(80), '720p': fixed(80) });

/** Of each part of an extended or multi-frame clip; the first second is taken to lie inside the base. */
export const Q2_PRO_PARTS = clip({
	'540p': rising([15], 5),
	'720p': rising([30], 10),
	'1080p': rising([60], 15),
});

export const Q2_TURBO_PARTS = clip({
	'540p': rising([10], 2),
	'720p': rising([15], 5),
	'1080p': rising([40], 10),
});

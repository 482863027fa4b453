/** The price list of one model, as rows that a sheet or an agent can read. */
import { inRegion, RECOMMENDED_PROMPT } from '../../catalogue/estimate';
import type { Region, ResolutionPrice, Row } from '../../catalogue/types';

export interface PriceRow {
	readonly credits: number;
	/** What costs so much: "second", "video of 1 s". */
	readonly per: string;
	/** Null: independent of the resolution. */
	readonly resolution: string | null;
}

/** Empty if no price in credits is documented. */
export function pricesOf(row: Row, region: Region): PriceRow[] {
	const { price, fields } = row;
	const [only, byResolution] = [
		(credits: number, per: string): PriceRow => ({ credits, per, resolution: null }),
		(credits: Readonly<Record<string, number>>, per: string): PriceRow[] =>
			Object.entries(credits).map(([resolution, each]) => ({ credits: each, per, resolution })),
	];
	switch (price?.by) {
		case undefined:
			return [];
		case 'seconds':
			return [
				...(fields.resolution?.values ?? []).flatMap((each) => {
					const rate = price.byResolution[each];
					return rate === undefined ? [] : clipPrices(row, rate, each, region);
				}),
				...(price.audioSurcharge ? [only(price.audioSurcharge, 'video with audio, extra')] : []),
				...(fields.isRec && !fields.isRec.noEffect
					? [only(RECOMMENDED_PROMPT, 'recommended prompt, extra')]
					: []),
			];
		case 'task':
			return [only(price.credits, 'task')];
		case 'source': {
			const per = price.every === 1 ? 'second of the source' : `${price.every} s of the source`;
			const { credits } = price;
			return typeof credits === 'number' ? [only(credits, per)] : byResolution(credits, per);
		}
		case 'characters':
			return [
				...(price.base > 0 ? [only(price.base, 'task')] : []),
				only(price.credits, `${price.every} characters`),
			];
		case 'images':
			return price.rates.flatMap(({ upTo, credits }) =>
				byResolution(credits, upTo === 0 ? 'image from text' : `image from up to ${upTo} images`),
			);
		case 'length':
			return [
				only(price.credits, `task below ${price.below} s`),
				only(price.otherwise, `task of ${price.below} s or more`),
			];
		case 'prompts':
			return [only(price.credits, `${price.every} prompts`)];
	}
}

/** The totals of the first seconds, as far as they are offered, then the rate of further ones; or just one rate. */
function clipPrices(
	{ fields }: Row,
	{ firstSeconds, perSecond }: Omit<ResolutionPrice, 'offPeak'>,
	resolution: string,
	region: Region,
): PriceRow[] {
	const further = inRegion(perSecond, region);
	const first = firstSeconds.map((credits) => inRegion(credits, region));
	if (first.length === 1 && first[0] === further) {
		return [{ credits: further, per: 'second', resolution }];
	}
	const { duration, keyFrames } = fields;
	const offered = (seconds: number) =>
		duration?.kind !== 'seconds' || first.length === 1 || duration.values.includes(seconds);
	const what = keyFrames ? 'key frame' : 'video';
	return [
		...first.flatMap((credits, index) =>
			offered(index + 1)
				? [
						{
							credits,
							per: further > 0 || first.length > 1 ? `${what} of ${index + 1} s` : what,
							resolution,
						},
					]
				: [],
		),
		...(further > 0 ? [{ credits: further, per: 'further second', resolution }] : []),
	];
}

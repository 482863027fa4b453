/** The price list of one model, as rows that a sheet or an agent can read. */
import { inRegion, RECOMMENDED_PROMPT } from '../../catalogue/estimate';
import { ratesOf, type Rate } from '../../catalogue/rates';
import type { Rules } from '../../catalogue/rules';
import type { Region, ResolutionPrice, Row } from '../../catalogue/types';

/** Empty if no price in credits is documented. */
export function pricesOf({ price, fields }: Row, region: Region): Rate[] {
	if (price?.by !== 'seconds') return ratesOf(price);
	const { resolution, isRec } = fields;
	const { byResolution, audioSurcharge } = price;
	const only = (credits: number, per: string) => ({ credits, per, resolution: null });
	return [
		...(resolution?.values ?? []).flatMap((each) => {
			const rate = byResolution[each];
			return rate === undefined ? [] : clipPrices(fields, rate, each, region);
		}),
		...(audioSurcharge ? [only(audioSurcharge, 'video with audio, extra')] : []),
		...(isRec && !isRec.noEffect ? [only(RECOMMENDED_PROMPT, 'recommended prompt, extra')] : []),
	];
}

/** The totals of the first seconds, as far as they are offered, then the rate of further ones; or just one rate. */
function clipPrices(
	{ duration, keyFrames }: Rules,
	{ firstSeconds, perSecond }: Omit<ResolutionPrice, 'offPeak'>,
	resolution: string,
	region: Region,
): Rate[] {
	const further = inRegion(perSecond, region);
	const first = firstSeconds.map((credits) => inRegion(credits, region));
	if (first.length === 1 && first[0] === further) {
		return [{ credits: further, per: 'second', resolution }];
	}
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

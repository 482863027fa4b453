/** The prices in the options of the fields: the list price, without audio and off-peak. */
import { estimate, valuesAt } from '../catalogue';
import type { Row } from '../catalogue/types';

/** Credits of a clip, such as "45" or "55 (China 60)"; undefined if no price is documented. */
function credits(row: Row, duration: number, resolution: string): string | undefined {
	const [global, china] = listPrice(row, duration, resolution);
	if (global === null) return undefined;
	return inBoth(global, china);
}

/** The price in both regions. */
function listPrice(row: Row, duration: number, resolution: string) {
	return (['global', 'china'] as const).map(
		(region) => estimate(row, { duration, resolution }, region).atMost,
	) as [number | null, number | null];
}

function inBoth(global: number, china: number | null): string {
	return china === null || china === global ? `${global}` : `${global} (China ${china})`;
}

/** The price of this duration in each resolution: "540p: 35, 720p: 45, 1080p: 115 credits". */
export function durationPrice(row: Row, duration: number): string | undefined {
	const { resolution: rule } = row.fields;
	const resolutions = rule === undefined ? [] : valuesAt(rule, duration);
	const prices = resolutions.flatMap((resolution) => {
		const price = credits(row, duration, resolution);
		if (price === undefined) return [];
		return [resolutions.length === 1 ? price : `${resolution}: ${price}`];
	});
	if (prices.length === 0) return undefined;
	return `${duration === 0 ? 'Up to ' : ''}${prices.join(', ')} credits`;
}

/** The price of this resolution at the default duration: "45 credits for 5 s, 5 per further second". */
export function resolutionPrice(
	row: Row,
	resolution: string,
	durations: readonly number[],
): string | undefined {
	const { duration: rule } = row.fields;
	if (rule?.kind !== 'seconds') return undefined;
	const usual = durations.includes(rule.default) ? rule.default : durations[0];
	const price = usual === undefined ? undefined : credits(row, usual, resolution);
	if (usual === undefined || price === undefined) return undefined;
	if (rule.values.length === 1) return `${price} credits`;
	const base = `${price} credits for ${usual} s`;
	if (!durations.includes(usual + 1)) return base;
	const [now, next] = [usual, usual + 1].map((at) => listPrice(row, at, resolution));
	const [more, moreInChina] = [0, 1].map((i) => Number(next?.[i]) - Number(now?.[i]));
	return `${base}, ${inBoth(Number(more), Number(moreInChina))} per further second`;
}

/** What changes the prices of the row's options, as a sentence; undefined if it has no price. */
export function priceNote({ price, fields }: Row): string | undefined {
	if (price?.by !== 'seconds') return undefined;
	const audio = price.audioSurcharge ? `; audio adds ${price.audioSurcharge} credits` : '';
	return `Prices are Vidu's${audio}${fields.offPeak?.withAudio !== undefined ? '; off-peak costs about half' : ''}.`;
}

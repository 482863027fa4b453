/** The prices in the fields: Vidu's list price, without audio and off-peak, in credits and dollars. */
import type { INodeProperties } from 'n8n-workflow';
import { estimate, valuesAt } from '../catalogue';
import { moneyOf, moneyText } from '../catalogue/money';
import { isFree, rateText } from '../catalogue/rates';
import type { Price, Row } from '../catalogue/types';

/** Credits of both regions. */
interface Both {
	readonly global: number;
	readonly china: number;
}

/** The price of a clip, or of a part of one; undefined if no price is documented. */
function listPrice(row: Row, duration: number, resolution: string): Both | undefined {
	const [global, china] = (['global', 'china'] as const).map(
		(region) => estimate(row, { duration, resolution }, region).atMost,
	);
	return global == null || china == null ? undefined : { global, china };
}

/** "45 credits ($0.23)", or "55 credits ($0.28; China 60)"; `unit` may be empty. */
function spell({ global, china }: Both, unit = ' credits'): string {
	const money = moneyOf('vidu', 'global', global);
	const notes = [money && moneyText(money), china !== global && `China ${china}`];
	return `${global}${unit} (${notes.filter(Boolean).join('; ')})`;
}

/** Credits of both regions alike. */
export function creditsAtVidu(credits: number): string {
	return spell({ global: credits, china: credits });
}

/** The price of this duration in each resolution: "540p: 35 credits ($0.18), 720p: 45 ($0.23)". */
export function durationPrice(row: Row, duration: number): string | undefined {
	const { resolution: rule } = row.fields;
	const resolutions = rule === undefined ? [] : valuesAt(rule, duration);
	const prices = resolutions.flatMap((resolution) => {
		const price = listPrice(row, duration, resolution);
		return price === undefined ? [] : [{ resolution, price }];
	});
	if (prices.length === 0) return undefined;
	const texts = prices.map(({ resolution, price }, index) => {
		const text = spell(price, index === 0 ? ' credits' : '');
		return resolutions.length === 1 ? text : `${resolution}: ${text}`;
	});
	return `${duration === 0 ? 'Up to ' : ''}${texts.join(', ')}`;
}

/** The durations of a row, or of each of its parts, and the one from which prices are told. */
function durationsOf({ fields }: Row): { readonly usual: number; has(seconds: number): boolean } {
	const rule = fields.duration ?? fields.keyFrames?.of.duration;
	if (rule?.kind === 'seconds')
		return { usual: rule.default, has: (seconds) => rule.values.includes(seconds) };
	const { min = 0, max = 0, default: usual = 0 } = rule ?? {};
	return { usual, has: (seconds) => seconds >= min && seconds <= max };
}

/**
 * The price of this resolution: at the default duration, "45 credits ($0.23) for 5 s, 5 ($0.025) per
 * further second"; at the only one, `at`, if the resolution depends on it.
 */
export function resolutionPrice(row: Row, resolution: string, at?: number): string | undefined {
	if (row.price?.by === 'images') return imagePrice(row.price, resolution);
	if (row.price?.by !== 'seconds') return rateText(row.price, resolution, creditsAtVidu);
	const { usual, has } = durationsOf(row);
	const seconds = at ?? usual;
	const price = listPrice(row, seconds, resolution);
	if (price === undefined) return undefined;
	const next = has(seconds + 1) && at === undefined && listPrice(row, seconds + 1, resolution);
	if (!next && row.fields.duration?.kind === 'seconds' && row.fields.duration.values.length === 1)
		return spell(price);
	const part = row.fields.keyFrames ? ' each' : '';
	const base = `${spell(price)} for ${seconds} s${part}`;
	if (!next) return base;
	const more = { global: next.global - price.global, china: next.china - price.china };
	return `${base}, ${spell(more, '')} per further second`;
}

/** The rates in fewer words: the editor cuts the description of an option after two lines. */
function imagePrice({ rates }: Extract<Price, { by: 'images' }>, resolution: string): string {
	const texts = rates.map(({ upTo, credits }) => {
		const images = upTo === 0 ? 'without images' : `with up to ${upTo}`;
		return `${creditsAtVidu(credits[resolution] ?? NaN)} ${images}`;
	});
	return texts.join(', ');
}

/** A notice with the price of a kind whose fields do not show it; none for free ones, and unknown prices. */
export function priceNotice({ price }: Row): INodeProperties[] {
	// The resolutions of an image show it.
	const rate = price?.by === 'images' ? undefined : rateText(price, '', creditsAtVidu);
	if (rate === undefined || isFree(price)) return [];
	return [
		{ displayName: `Price at Vidu: ${rate}`, name: 'priceNotice', type: 'notice', default: '' },
	];
}

/** What changes the prices of the row's options, as a sentence; undefined if it has no price. */
export function priceNote({ price, fields }: Row): string | undefined {
	if (price?.by !== 'seconds') return undefined;
	const { audioSurcharge } = price;
	const audio = audioSurcharge ? `; audio adds ${creditsAtVidu(audioSurcharge)}` : '';
	return `Prices are those of Vidu Global${audio}${fields.offPeak?.withAudio !== undefined ? '; off-peak costs about half' : ''}.`;
}

/** Prices that do not depend on the model alone, in words. */
import { labelOf } from './labels';
import type { FieldName } from './rules';
import type { Values } from './values';
import type { ByResolution, Price } from './types';

/** So many credits for each of something. */
export interface Rate {
	readonly credits: number;
	/** What costs so much: "task", "5 seconds". */
	readonly per: string;
	/** Null: independent of the resolution. */
	readonly resolution: string | null;
}

function ratesFor(credits: number | ByResolution, per: string): Rate[] {
	if (typeof credits === 'number') return [{ credits, per, resolution: null }];
	return Object.entries(credits).map(([resolution, each]) => ({ credits: each, per, resolution }));
}

/** The rates of a price; none for clips, whose price depends on too much. */
export function ratesOf(price: Price | null): Rate[] {
	switch (price?.by) {
		case undefined:
		case 'seconds':
			return [];
		case 'task':
			return ratesFor(price.credits, 'task');
		case 'source':
			return ratesFor(price.credits, price.every === 1 ? 'second' : `${price.every} seconds`);
		case 'characters': {
			const { base, credits, every } = price;
			return [
				...(base > 0 ? ratesFor(base, 'task') : []),
				...ratesFor(credits, `${every} characters`),
			];
		}
		case 'images':
			return price.rates.flatMap(({ upTo, credits }) =>
				ratesFor(credits, upTo === 0 ? 'image from text' : `image from up to ${upTo} images`),
			);
		case 'length':
			return [
				...ratesFor(price.credits, `task below ${price.below} s`),
				...ratesFor(price.otherwise, `task of ${price.below} s or more`),
			];
		case 'prompts':
			return ratesFor(price.credits, `${price.every} prompts`);
	}
}

/** The rates in words, such as "20 credits ($0.10) per 5 seconds", if there are any; `spell` names credits. */
export function rateText(
	price: Price | null,
	resolution: string,
	spell: (credits: number) => string,
): string | undefined {
	const rates = ratesOf(price).filter((each) => [null, resolution].includes(each.resolution));
	const texts = rates.map(({ credits, per }) => `${spell(credits)} per ${per}`);
	return texts.length > 0 ? texts.join(', ') : undefined;
}

/** Whether it is known to cost nothing. */
export function isFree(price: Price | null): boolean {
	return price?.by === 'task' && price.credits === 0;
}

/** Why a price is open, and how to bound it, as sentences; null if it is not. */
export function openRate(
	price: Price | null,
	{ sourceSeconds, upscaleResolution = '' }: Values<unknown>,
	spell: (credits: number) => string,
): string | null {
	if (price?.by !== 'source' || sourceSeconds !== undefined) return null;
	const rate = rateText(price, upscaleResolution, spell);
	return `The price is ${rate}, for a video of up to ${price.longest} seconds. Set "${labelOf('sourceSeconds')}" to count the length of yours`;
}

/** The fields on which a price depends. */
export const PRICED_BY: Readonly<Record<Price['by'], readonly FieldName[]>> = {
	seconds: ['duration', 'keyFrames', 'resolution', 'audio', 'offPeak', 'isRec'],
	task: [],
	source: ['upscaleResolution', 'sourceSeconds'],
	characters: ['text'],
	images: ['images', 'resolution'],
	length: ['duration'],
	prompts: ['types', 'count'],
};

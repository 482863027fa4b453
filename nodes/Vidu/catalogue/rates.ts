/** Prices that do not depend on the model alone, in words. */
import { labelOf } from './labels';
import type { FieldName } from './rules';
import type { Values } from './values';
import type { Price } from './types';

/**
 * What a task costs by its price, such as "20 credits ($0.10) per 5 seconds"; undefined for clips, whose
 * price depends on too much. `spell` names credits.
 */
export function rateText(
	price: Price | null,
	resolution: string,
	spell: (credits: number) => string,
): string | undefined {
	switch (price?.by) {
		case undefined:
		case 'seconds':
			return undefined;
		case 'task':
			return spell(price.credits);
		case 'source': {
			const { credits, every } = price;
			const rate = typeof credits === 'number' ? credits : credits[resolution];
			return rate === undefined
				? undefined
				: `${spell(rate)} per ${every === 1 ? 'second' : `${every} seconds`}`;
		}
		case 'characters': {
			const rate = `${spell(price.credits)} per ${price.every} characters`;
			return price.base === 0 ? rate : `${spell(price.base)} and ${rate}`;
		}
		case 'images':
			return price.rates
				.map(({ upTo, credits }) => {
					const images = upTo === 0 ? 'without images' : `with up to ${upTo}`;
					return `${spell(credits[resolution] ?? NaN)} ${images}`;
				})
				.join(', ');
		case 'length':
			return `${spell(price.credits)} below ${price.below} seconds, ${spell(price.otherwise)} otherwise`;
		case 'prompts':
			return `${spell(price.credits)} per ${price.every} prompts`;
	}
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

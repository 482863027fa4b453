/** Estimates the price of a request from the price list; the task itself reports what was charged. */
import type { Values } from './values';
import type { ClipPrice, Credits, Region, ResolutionPrice, Row } from './types';

export interface Estimate {
	/** Null if the model chooses the duration, a file decides, or no price is documented. */
	readonly credits: number | null;
	/** The most that it can cost; null if no price is documented. */
	readonly atMost: number | null;
}

/** Credits for a recommended prompt, per task. Source: platform.vidu.cn/docs/image-to-video, `is_rec`. */
export const RECOMMENDED_PROMPT = 10;

const known = (credits: number | undefined): Estimate => ({
	credits: credits ?? null,
	atMost: credits ?? null,
});

/** The price of one task in credits, and the most it can be; `values` with their defaults filled in. */
export function estimate(row: Row, values: Values<unknown>, region: Region): Estimate {
	const { price } = row;
	const resolution = values.upscaleResolution ?? values.resolution ?? '';
	switch (price?.by) {
		case undefined:
			return known(undefined);
		case 'seconds':
			return estimateClip(row, price, values, region);
		case 'task':
			return known(price.credits);
		case 'source': {
			const { credits, longest, every } = price;
			const rate = typeof credits === 'number' ? credits : (credits[resolution] ?? NaN);
			const cost = (seconds: number) => rate * Math.ceil(seconds / every);
			const { sourceSeconds } = values;
			return sourceSeconds === undefined
				? { credits: null, atMost: cost(longest) }
				: known(cost(sourceSeconds));
		}
		case 'characters': {
			const length = [...(values.text ?? '')].length;
			return known(price.base + price.credits * Math.ceil(length / price.every));
		}
		case 'images': {
			const rate = price.rates.find(({ upTo }) => (values.images?.length ?? 0) <= upTo);
			return known(rate?.credits[resolution]);
		}
		case 'length':
			return known((values.duration ?? 0) < price.below ? price.credits : price.otherwise);
		case 'prompts': {
			const prompts = (values.count ?? 0) * (values.types?.length ?? 0);
			return known(price.credits * Math.ceil(prompts / price.every));
		}
	}
}

/** The seconds of each part that is made: one for each key frame, else one in all. */
export function partsOf(values: Values<unknown>): number[] {
	return (values.keyFrames ?? [values]).map(({ duration = 0 }) => duration);
}

/**
 * Off-peak only counts if the model may run off-peak with this audio setting; the credits for a
 * recommended prompt are not halved (no document says that they are).
 */
function estimateClip(
	{ fields }: Row,
	price: ClipPrice,
	values: Values<unknown>,
	region: Region,
): Estimate {
	const rate = price.byResolution[values.resolution ?? ''];
	if (rate === undefined) return known(undefined);
	const longest = fields.duration?.kind === 'seconds' ? fields.duration.values.at(-1) : undefined;
	const parts = partsOf(values);
	const audio = values.audio ?? false;
	const sum = (of: Pick<ResolutionPrice, 'firstSeconds' | 'perSecond'>) =>
		parts.reduce((total, seconds) => total + clip(of, seconds || (longest ?? 0), region), 0);
	let credits = sum(rate) + (audio ? (price.audioSurcharge ?? 0) : 0);
	if (values.offPeak && fields.offPeak?.withAudio === audio) {
		credits = rate.offPeak ? sum(rate.offPeak) : Math.ceil(credits / 2);
	}
	if (values.isRec && fields.isRec && !fields.isRec.noEffect) credits += RECOMMENDED_PROMPT;
	return { credits: parts.includes(0) ? null : credits, atMost: credits };
}

function clip(
	{ firstSeconds, perSecond }: Pick<ResolutionPrice, 'firstSeconds' | 'perSecond'>,
	duration: number,
	region: Region,
): number {
	const listed = Math.min(duration, firstSeconds.length);
	const first = firstSeconds[listed - 1] ?? 0;
	return inRegion(first, region) + (duration - listed) * inRegion(perSecond, region);
}

/** Credits in a region's price list. */
export function inRegion(credits: Credits, region: Region): number {
	return typeof credits === 'number' ? credits : credits[region];
}

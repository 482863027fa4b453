/** What a clip will cost, from the price list. An estimate: the task itself says what it was charged. */
import type { Credits, ModelRow, Region, ResolutionPrice } from './types';

export interface EstimateInput {
	/** Seconds; 0 when the model chooses. */
	readonly duration: number;
	readonly resolution: string;
	readonly audio: boolean;
	readonly offPeak: boolean;
	/** With a recommended prompt. */
	readonly isRec: boolean;
	readonly region: Region;
}

export interface Estimate {
	/** Null when the model chooses the duration, or when no price is documented. */
	readonly credits: number | null;
	/** The most that it can cost; null when no price is documented. */
	readonly atMost: number | null;
}

/** Credits for a recommended prompt, per task. Source: platform.vidu.cn/docs/image-to-video, `is_rec`. */
export const RECOMMENDED_PROMPT = 10;

/**
 * The price of one task in credits, and the most it can be, which differs only where the model
 * chooses the duration. Off-peak is counted only where the model may run off-peak with this audio
 * setting; the credits for a recommended prompt are not halved (no document says that they are).
 */
export function estimateCredits(row: ModelRow, input: EstimateInput): Estimate {
	const rate = row.price?.byResolution[input.resolution];
	if (rate === undefined) return { credits: null, atMost: null };
	const longest = row.durations.at(-1) ?? input.duration;
	const atMost = total(row, rate, input, input.duration === 0 ? longest : input.duration);
	return { credits: input.duration === 0 ? null : atMost, atMost };
}

function total(
	row: ModelRow,
	rate: ResolutionPrice,
	input: EstimateInput,
	duration: number,
): number {
	const audio = input.audio ? (row.price?.audioSurcharge ?? 0) : 0;
	const normal = clip(rate, duration, input.region) + audio;
	const made = input.offPeak && mayRunOffPeak(row, input.audio) ? offPeak(rate) : normal;
	return made + (input.isRec && row.isRec === 'yes' ? RECOMMENDED_PROMPT : 0);

	function offPeak(price: ResolutionPrice): number {
		return price.offPeak ? clip(price.offPeak, duration, input.region) : Math.ceil(normal / 2);
	}
}

function mayRunOffPeak(row: ModelRow, audio: boolean): boolean {
	return row.offPeak !== 'never' && audio === (row.offPeak === 'withAudio');
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

function inRegion(credits: Credits, region: Region): number {
	return typeof credits === 'number' ? credits : credits[region];
}

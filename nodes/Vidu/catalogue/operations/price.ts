/** What an operation will cost. An estimate: the task itself says what it was charged. */
import type { Estimate } from '../estimate';
import type { OperationRow } from './types';

type Values = Readonly<Record<string, unknown>>;

const numberOf = (values: Values, name: string) => Number(values[name] ?? 0);
const countOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);
const known = (credits: number | undefined): Estimate => ({
	credits: credits ?? null,
	atMost: credits ?? null,
});

/** The credits of a request, and the most it can be, which differs where the length of a file decides. */
export function estimateOperation({ price }: OperationRow, values: Values): Estimate {
	if (price === null) return known(undefined);
	const resolution = String(values.upscaleResolution ?? values.resolution ?? '');
	switch (price.by) {
		case 'task':
			return known(price.credits);
		case 'parts': {
			const [first, further] = price.rates[resolution] ?? [NaN, NaN];
			return known(
				partsOf(values).reduce((sum, seconds) => sum + first + further * (seconds - 1), 0),
			);
		}
		case 'source': {
			const credits =
				typeof price.credits === 'number' ? price.credits : (price.credits[resolution] ?? NaN);
			return { credits: null, atMost: credits * Math.ceil(price.longest / price.every) };
		}
		case 'characters': {
			const length = [...String(values.text ?? '')].length;
			return known(price.base + price.credits * Math.ceil(length / price.every));
		}
		case 'pictures': {
			const rate = price.rates.find(({ upTo }) => countOf(values.images) <= upTo);
			return known(rate?.credits[resolution]);
		}
		case 'length':
			return known(numberOf(values, 'duration') < price.below ? price.credits : price.otherwise);
		case 'prompts': {
			const prompts = numberOf(values, 'count') * countOf(values.types);
			return known(price.credits * Math.ceil(prompts / price.every));
		}
	}
}

/** The seconds of each part that is made: one for each key frame, else one in all. */
export function partsOf(values: Values): number[] {
	const frames = (values.keyFrames ?? [values]) as readonly Values[];
	return frames.map((frame) => numberOf(frame, 'duration'));
}

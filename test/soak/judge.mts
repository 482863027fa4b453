/** Whether a figure has stopped growing. Pure. */
import { median } from '../bench/table.mts';

export interface Verdict {
	readonly isFlat: boolean;
	/** Medians of the third and of the last quarter. */
	readonly third: number;
	readonly last: number;
	/** What it may have grown by between the two. */
	readonly allowed: number;
}

/** How many times the spread around a straight line the growth between two quarters may be. */
const SPREADS = 1.5;

/**
 * Judges the second half of what was read at equal intervals: from the third quarter to the last, the
 * median must not grow by more than the values wander beside that growth.
 * @param grain growth that is none, since it cannot be told from how the figure is counted
 */
export function judge(values: readonly number[], grain: number): Verdict {
	const size = Math.floor(values.length / 4);
	const half = values.slice(-2 * size);
	const [third, last] = [median(half.slice(0, size)), median(half.slice(size))];
	const growth = last - third;
	const wandering = spread(half.map((value, at) => value - (growth * at) / size));
	const allowed = Math.max(grain, SPREADS * wandering);
	return { isFlat: growth <= allowed, third, last, allowed };
}

/** The range of the middle half. */
function spread(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
	return at(0.75) - at(0.25);
}

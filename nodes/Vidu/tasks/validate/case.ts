/** What the checks of one item work on. */
import type { ModelRow } from '../../catalogue/types';
import type { Draft } from '../../media/input';

export interface Case {
	readonly row: ModelRow;
	/** Model, provider and task, as messages name them. */
	readonly who: string;
	/** Where the provider is. */
	readonly baseUrl: string;
	/** Defaults are filled in, and fields without effect taken out, as the checks go. */
	readonly draft: { -readonly [K in keyof Draft]: Draft[K] };
	/** Sentences that stop the item. */
	readonly problems: string[];
	/** Sentences that stop nothing. */
	readonly hints: string[];
}

/** Some fields of a draft, for checks that are the same for all operations. */
export interface Part {
	readonly draft: Partial<Draft>;
}

/** A count for people: "exactly 2", "1 to 7". */
export function rangeText(min: number, max: number): string {
	return min === max ? `exactly ${min}` : `${min} to ${max}`;
}

/** What the checks of one item work on. */
import { labelOf } from '../../catalogue';
import { singular } from '../../catalogue/labels';
import type { FieldName } from '../../catalogue/rules';
import type { Row } from '../../catalogue/types';
import type { Draft } from '../../media/input';

export interface Case {
	readonly row: Row;
	/** Model, provider and kind, as messages name them. */
	readonly who: string;
	/** Where the provider is. */
	readonly baseUrl: string;
	/** Defaults are filled in; fields without effect are taken out as the checks go. */
	readonly values: Draft;
	/** Sentences that stop the item. */
	readonly problems: string[];
	/** Sentences that stop nothing. */
	readonly hints: string[];
}

/** A row of a list as messages name it: `subject 2 "cat"`. */
export function rowName(list: FieldName, index: number, name?: string): string {
	const word = singular(labelOf(list)).toLowerCase();
	return `${word} ${index + 1}${name ? ` "${name}"` : ''}`;
}

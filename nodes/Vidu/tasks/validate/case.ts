/** The state of the checks of one item. */
import { labelOf } from '../../catalogue';
import { singular } from '../../catalogue/labels';
import type { FieldName } from '../../catalogue/rules';
import type { Row } from '../../catalogue/types';
import type { Draft } from '../../media/input';

export interface Case {
	readonly row: Row;
	/** Model, provider and kind, for messages. */
	readonly who: string;
	/** Address of the provider. */
	readonly baseUrl: string;
	/** With defaults; the checks remove fields without effect. */
	readonly values: Draft;
	/** Sentences that stop the item. */
	readonly problems: string[];
	/** Sentences that do not stop the item. */
	readonly hints: string[];
}

/** The name of a row of a list in messages: `subject 2 "cat"`. */
export function rowName(list: FieldName, index: number, name?: string): string {
	const word = singular(labelOf(list)).toLowerCase();
	return `${word} ${index + 1}${name ? ` "${name}"` : ''}`;
}

/** The state of the checks of one item. */
import { describeModel, labelOf } from '../../catalogue';
import { singular } from '../../catalogue/labels';
import type { FieldName, Rule } from '../../catalogue/rules';
import type { Row } from '../../catalogue/types';
import type { Draft } from '../../media/input';

/** What the catalogue is for a request: the law, a warning, or silent, because it does not know the model. */
export type Catalogue = 'binding' | 'advisory' | 'silent';

export interface Case {
	readonly row: Row;
	/** Model, provider and kind, for messages. */
	readonly who: string;
	/** Address of the provider. */
	readonly baseUrl: string;
	readonly catalogue: Catalogue;
	/** With defaults; the checks remove fields without effect. */
	readonly values: Draft;
	/** Sentences that stop the item. */
	readonly problems: string[];
	/** Sentences about what the catalogue does not allow: the same list, if that stops the item. */
	readonly limits: string[];
	/** Sentences that do not stop the item. */
	readonly hints: string[];
}

/** A field of a request, or of a row in a list. */
export interface Field<R extends Rule = Rule> {
	readonly name: FieldName;
	readonly rule: R;
	/** In quotes, with the row that it belongs to. */
	readonly label: string;
	/** The row, such as ` of subject 2`. */
	readonly whose: string;
}

/** The name of a row of a list in messages: `subject 2 "cat"`. */
export function rowName(list: FieldName, index: number, name?: string): string {
	const word = singular(labelOf(list)).toLowerCase();
	return `${word} ${index + 1}${name ? ` "${name}"` : ''}`;
}

/** The name of the row's model for people. */
export function modelName({ model }: Row): string {
	return describeModel(model ?? '').name;
}

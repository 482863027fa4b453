/** Rows of a gateway, said as what differs from Vidu's own. */
import { entriesOf, type FieldName, type Rules } from './rules';
import type { Kind, Kinds, RowOf } from './types';
import { VIDU } from './vidu';

export interface Changes<K extends Kind> {
	/** Its own name, for a model that Vidu lacks and that is taken to be like another one. */
	readonly model?: string;
	/** Rules in place of Vidu's. */
	readonly fields?: Rules;
	/** Fields that do not exist here. */
	readonly without?: ReadonlyArray<Exclude<FieldName, Kinds[K]>>;
	readonly price?: RowOf<K>['price'];
}

/**
 * Vidu's rows of `models` at a kind, in this order, with `changes` over each; all rows without
 * `models`. Vidu's disputed ratios speak of Vidu's documents and are not taken over.
 * Throws when Vidu has no row of a model at the kind.
 */
export function derive<K extends Kind>(
	kind: K,
	models: readonly string[] | null,
	{ fields = {}, without = [], ...changes }: Changes<K>,
): Array<RowOf<K>> {
	const own: ReadonlyArray<RowOf<K>> = VIDU[kind]();
	const chosen =
		models?.map((model) => {
			const row = own.find((each) => each.model === model);
			if (row === undefined) throw new Error(`Vidu has no ${model} at ${kind} to derive from`);
			return row;
		}) ?? own;
	return chosen.map((row) => {
		const { aspectRatio } = row.fields;
		const undisputed = aspectRatio && { aspectRatio: { ...aspectRatio, disputed: undefined } };
		const rules = entriesOf({ ...row.fields, ...undisputed, ...fields });
		const gone: readonly FieldName[] = without;
		const kept = Object.fromEntries(rules.filter(([name]) => !gone.includes(name)));
		return { ...row, ...changes, fields: kept } as RowOf<K>;
	});
}

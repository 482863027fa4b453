/** The rows from which the fields are built: one for each model of a kind, whoever offers it. */
import { providersOf, rowsOf } from '../catalogue';
import { RESOLUTIONS } from '../catalogue/fields';
import { entriesOf, type Rule, type Rules } from '../catalogue/rules';
import type { Row, RowOf, Kind } from '../catalogue/types';
import { findProvider, PROVIDERS } from '../providers';

/** The choice of a model that is in no list; its name is in the parameter `otherModel`. */
export const OTHER_MODEL = 'other';

const made = new Map<Kind, readonly Row[]>();

/**
 * One row for each model, Vidu's recommended default first: with Vidu's own rules and price, if it
 * offers the model, and everything that any provider accepts.
 */
export function fieldRows<K extends Kind>(kind: K): ReadonlyArray<RowOf<K>> {
	const rows = new Map<string | null, Row>();
	if (!made.has(kind)) {
		for (const row of PROVIDERS.flatMap(({ id }): readonly Row[] => rowsOf(id, kind))) {
			const known = rows.get(row.model);
			const fields = known === undefined ? row.fields : union(known.fields, row.fields);
			rows.set(row.model, { ...(known ?? row), fields });
		}
		made.set(kind, [...rows.values()]);
	}
	return made.get(kind) as ReadonlyArray<RowOf<K>>;
}

function union(all: Rules, more: Rules): Rules {
	const rules = new Map(entriesOf(all));
	for (const [name, rule] of entriesOf(more)) {
		const known = rules.get(name);
		rules.set(name, known === undefined ? rule : widened(known, rule));
	}
	return Object.fromEntries(rules);
}

function widened(rule: Rule, other: Rule): Rule {
	if (!hasValues(rule) || !hasValues(other)) return rule;
	const values = [...new Set<string | number>([...rule.values, ...other.values])];
	if (values.length === rule.values.length) return rule;
	const order = (value: string | number) =>
		typeof value === 'number' ? value : RESOLUTIONS.findIndex((each) => each === value);
	return { ...rule, values: values.sort((a, b) => order(a) - order(b)) } as Rule;
}

function hasValues(rule: Rule): rule is Extract<Rule, { kind: 'seconds' | 'choice' }> {
	return rule.kind === 'seconds' || rule.kind === 'choice';
}

/** The names of the providers that offer a model for a kind, Vidu first. */
export function providersOffering(kind: Kind, model: string | null): string[] {
	return providersOf(kind, model).map((id) => findProvider(id)?.name ?? id);
}

/** The options of a request that are sent to the provider, with notes on their effect from the rows. */
import type { INodeProperties } from 'n8n-workflow';
import { entriesOf, type FieldName, type Rule } from '../catalogue/rules';
import { PROVIDERS } from '../providers';
import { rowsOf } from '../catalogue';
import type { Kind, Row } from '../catalogue/types';
import { propertiesOf } from './property';
import { fieldRows } from './rows';
import { OPTION_WORDS, type Words, type WordsByName } from './words';

/** The options of these kinds; `words` are for those that only they have. */
export function optionProperties(kinds: readonly Kind[], words: WordsByName): INodeProperties[] {
	const rows = kinds.flatMap((kind): readonly Row[] => fieldRows(kind));
	const known: WordsByName = { ...OPTION_WORDS, ...words };
	const rules = new Map<FieldName, Rule>(
		rows.flatMap(({ fields }) => entriesOf(fields)).filter(([, rule]) => rule.option),
	);
	return [...rules].flatMap(([name, rule]) => {
		const word = known[name];
		return word === undefined ? [] : propertiesOf(name, rule, withNote(kinds, rows, name, word));
	});
}

function withNote(
	kinds: readonly Kind[],
	rows: readonly Row[],
	name: FieldName,
	words: Words,
): Words {
	const notes = [onlyAt(kinds, name), ineffectiveWith(rows, name), audioOf(rows, name)].filter(
		Boolean,
	);
	if (notes.length === 0) return words;
	return { ...words, description: `${words.description}. ${notes.join(' ')}` };
}

/** "Only with OctopusX." */
function onlyAt(kinds: readonly Kind[], name: FieldName): string | undefined {
	const having = PROVIDERS.filter(({ id }) =>
		kinds.some((kind) => rowsOf(id, kind).some(({ fields }: Row) => fields[name] !== undefined)),
	);
	if (having.some(({ id }) => id === 'vidu')) return undefined;
	return `Only with ${having.map((provider) => provider.name).join(', ')}.`;
}

/** Families of models, such as "q2", in which all rules of a field satisfy `is`. */
function familiesWhere(rows: readonly Row[], name: FieldName, is: (rule: Rule) => boolean) {
	const all = new Map<string, boolean>();
	for (const { model, fields } of rows) {
		const rule = fields[name];
		const family = /^vidu(q?\d(\.\d)?)/.exec(model ?? '')?.[1];
		if (rule !== undefined && family !== undefined)
			all.set(family, (all.get(family) ?? true) && is(rule));
	}
	const so = [...all].filter(([, each]) => each).map(([family]) => family);
	return { so: so.sort(), all: all.size };
}

/** "Q2, Q3 and Q4". */
function listed(families: readonly string[]): string {
	const names = families.map((family) => family.toUpperCase());
	return names.join(', ').replace(/, ([^,]+)$/, ' and $1');
}

/** "Has no effect with Q2 and Q3 models." */
function ineffectiveWith(rows: readonly Row[], name: FieldName): string | undefined {
	const { so } = familiesWhere(rows, name, (rule) => rule.noEffect === true);
	return so.length === 0 ? undefined : `Has no effect with ${listed(so)} models.`;
}

/** "Q3 models: only with Audio on. Others: only with Audio off." */
function audioOf(rows: readonly Row[], name: FieldName): string | undefined {
	const { so, all } = familiesWhere(
		rows,
		name,
		(rule) => !rule.noEffect && rule.kind === 'switch' && rule.withAudio !== false,
	);
	if (name !== 'offPeak' || all === 0) return undefined;
	if (so.length === 0) return 'Only with Audio off.';
	const on = `${listed(so)} models: only with Audio on.`;
	return so.length === all ? on : `${on} Others: only with Audio off.`;
}

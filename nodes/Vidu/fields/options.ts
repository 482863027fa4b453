/** The options of a request that are sent to the provider, with notes on their effect from the rows. */
import type { INodeProperties } from 'n8n-workflow';
import { entriesOf, type FieldName, type Rule } from '../catalogue/rules';
import type { Kind, Row } from '../catalogue/types';
import { propertiesOf } from './property';
import { fieldRows } from './rows';
import { OPTION_WORDS, type Words, type WordsByName } from './words';

/** The options of these kinds; `words` are for those that only they have. */
export function optionProperties(kinds: readonly Kind[], words: WordsByName): INodeProperties[] {
	const rows = kinds.flatMap((kind): Row[] => fieldRows(kind));
	const known: WordsByName = { ...OPTION_WORDS, ...words };
	const rules = new Map<FieldName, Rule>(
		rows.flatMap(({ fields }) => entriesOf(fields)).filter(([, rule]) => rule.option),
	);
	return [...rules].flatMap(([name, rule]) => {
		const word = known[name];
		return word === undefined ? [] : propertiesOf(name, rule, withNote(rows, name, word));
	});
}

function withNote(rows: readonly Row[], name: FieldName, words: Words): Words {
	const note = ineffectiveWith(rows, name) ?? audioOf(rows, name);
	if (note === undefined) return words;
	return { ...words, description: `${words.description}. ${note}` };
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

/** "Has no effect with q2 and q3 models." */
function ineffectiveWith(rows: readonly Row[], name: FieldName): string | undefined {
	const { so } = familiesWhere(rows, name, (rule) => rule.noEffect === true);
	return so.length === 0 ? undefined : `Has no effect with ${so.join(' and ')} models.`;
}

/** "Q3 models: only with Audio on. Others: only with Audio off." */
function audioOf(rows: readonly Row[], name: FieldName): string | undefined {
	const { so, all } = familiesWhere(
		rows,
		name,
		(rule) => rule.kind === 'switch' && rule.withAudio !== false,
	);
	if (name !== 'offPeak' || all === 0) return undefined;
	if (so.length === 0) return 'Only with Audio off.';
	const on = `${so.join(' and ').replace(/^q/, 'Q')} models: only with Audio on.`;
	return so.length === all ? on : `${on} Others: only with Audio off.`;
}

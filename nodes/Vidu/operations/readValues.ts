/** Reads the parameters of an item by the catalogue's rules for their fields. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { labelOf, rowsOf, rulesOf } from '../catalogue';
import {
	entriesOf,
	type FieldName,
	type MediaRule,
	type Rule,
	type Rules,
} from '../catalogue/rules';
import type { Kind } from '../catalogue/types';
import { mediaParameters, rowsParameter } from '../fields/property';
import { OTHER_MODEL } from '../fields/rows';
import type { Draft, MediaInput } from '../media/input';
import {
	booleanOf,
	choiceOf,
	namesOf,
	numberOf,
	objectOf,
	parameter,
	recordsOf,
	textOf,
	textsOf,
	verbatimOf,
} from '../tasks/context/parameters';
import { readOptions } from '../tasks/context/settings';
import { ADDITIONAL_LABEL } from '../tasks/submit/additional';
import type { Asked } from '../tasks/submit/request';
import { rowName } from '../tasks/validate/case';
import { findMedia, inspectMedia } from './mediaFiles';

/**
 * The values of one item; hidden and empty ones are undefined. `kinds` are those whose options the
 * panel shows, so that an option without meaning here is rejected instead of ignored.
 * @throws Error if a value cannot be understood, or a data field is missing
 */
export async function readAsked(
	context: IExecuteFunctions,
	itemIndex: number,
	kind: Kind,
	kinds: readonly Kind[] = [kind],
): Promise<Asked> {
	const options = readOptions(context, itemIndex);
	const chosen = textOf(parameter(context, 'model', itemIndex), 'Model');
	const model =
		chosen === OTHER_MODEL
			? textOf(parameter(context, 'otherModel', itemIndex), 'Model Name')
			: chosen;
	const found: MediaInput[] = [];
	const values = readFields(rulesToRead(kind, kinds), {
		...{ context, itemIndex, whose: '', found },
		source: (name, rule) => (rule.option ? options[name] : parameter(context, name, itemIndex)),
	});
	if (found.some((input) => input.kind === 'binary')) await inspectMedia(context, found);
	return {
		kind,
		// An empty field matches no model.
		model: rowsOf('vidu', kind).some((row) => row.model !== null) ? (model ?? '') : null,
		values,
		additional: JSON.stringify(objectOf(options.additionalBodyFields, ADDITIONAL_LABEL)),
		sendUnknown: choiceOf(options.unknownValues, 'Unknown Values', ['refuse', 'send']) === 'send',
	};
}

const toRead = new WeakMap<readonly Kind[], Map<Kind, Rules>>();

/** The rules of a kind, and of the options of the others; made once for the kinds of an operation. */
function rulesToRead(kind: Kind, kinds: readonly Kind[]): Rules {
	const made = toRead.get(kinds) ?? new Map<Kind, Rules>();
	const known = made.get(kind);
	if (known !== undefined) return known;
	const optional = kinds.flatMap((each) => entriesOf(rulesOf(each)));
	const shown: Rules = Object.fromEntries(optional.filter(([, rule]) => rule.option));
	const rules = { ...shown, ...rulesOf(kind) };
	toRead.set(kinds, made.set(kind, rules));
	return rules;
}

interface Reading {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	/** Where the values of the parameters come from: the node, its options, or a row of a list. */
	readonly source: (name: string, rule: Rule) => unknown;
	/** Names the row of a list, such as ` of subject 2`. */
	readonly whose: string;
	/** Receives the files, which are read later: only that takes time. */
	readonly found: MediaInput[];
}

function readFields(rules: Rules, reading: Reading): Draft {
	const values: Partial<Record<FieldName, unknown>> = {};
	for (const [name, rule] of entriesOf(rules)) {
		const value = readField(name, rule, reading);
		if (value !== undefined) values[name] = value;
	}
	return values as Draft;
}

function readField(name: FieldName, rule: Rule, reading: Reading): unknown {
	const { source, whose } = reading;
	const label = labelOf(name, rule);
	const given = source(name, rule);
	switch (rule.kind) {
		case 'number':
		case 'seconds':
			return numberOf(given, label, whose);
		case 'switch':
			return booleanOf(given, label);
		case 'choice':
			return (typeof rule.default === 'number' ? numberOf : textOf)(given, label, whose);
		case 'choices':
			return emptyAsNone(namesOf(given, label, whose));
		case 'texts':
			return emptyAsNone(textsOf(given, label, whose));
		case 'image':
		case 'images':
		case 'recordings':
			return readMediaField(name, rule, reading);
		case 'list':
			return emptyAsNone(readRows(name, rule.of, reading));
		case 'url':
			return textOf(given, label, whose);
		case 'text':
			if (rule.verbatim) {
				const text = verbatimOf(given, label);
				// As n8n adds the field: an object without fields.
				return rule.json ? text?.trim().replace(/^\{\s*\}$/, '') || undefined : text;
			}
			return textOf(rule.picked ? pickedIn(given) : given, label, whose)?.replace(
				rule.mentioned ? /^@/ : '',
				'',
			);
	}
}

/** What is chosen in a parameter with a list. */
export function picked(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	return pickedIn(parameter(context, name, itemIndex));
}

/** The value of a resource locator, or the plain text stored by earlier workflows. */
export function pickedIn(value: unknown): unknown {
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}

function readMediaField(name: FieldName, rule: MediaRule, reading: Reading): unknown {
	const { context, itemIndex, source, whose, found } = reading;
	const { urls, binaries, ...labels } = mediaParameters(name, rule);
	const files = findMedia(context, itemIndex, {
		type: rule.kind === 'recordings' ? rule.type : 'image',
		urls: source(urls, rule),
		binaryNames: source(binaries, rule),
		...labels,
		whose,
	});
	found.push(...files);
	return rule.kind === 'image' && files.length < 2 ? files[0] : emptyAsNone(files);
}

function readRows(list: FieldName, rules: Rules, reading: Reading): Draft[] {
	const { source } = reading;
	const rows = source(`${list}.${rowsParameter(list)}`, {
		kind: 'list',
		min: 0,
		max: 0,
		of: rules,
	});
	return recordsOf(rows, labelOf(list)).map((row, index) => {
		const which = rowName(list, index);
		const name = rules.name && readField('name', rules.name, of(row, which));
		return readFields(rules, of(row, rowName(list, index, name as string | undefined)));
	});

	function of(row: Readonly<Record<string, unknown>>, which: string): Reading {
		return { ...reading, source: (name) => row[name], whose: ` of ${which}` };
	}
}

function emptyAsNone<T>(values: readonly T[]): readonly T[] | undefined {
	return values.length > 0 ? values : undefined;
}

/** Reads the parameters of an item by the catalogue's rules for their fields. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { labelOf, modelsOf, rulesOf } from '../catalogue';
import { entriesOf, type FieldName, type Rule, type Rules } from '../catalogue/rules';
import type { Kind } from '../catalogue/types';
import { imageParameters, parameterOf, rowsParameter } from '../fields/property';
import type { Draft } from '../media/input';
import {
	booleanOf,
	namesOf,
	numberOf,
	parameter,
	recordsOf,
	textOf,
	textsOf,
	verbatimOf,
} from '../tasks/context/parameters';
import { readOptions } from '../tasks/context/settings';
import type { Asked } from '../tasks/submit/request';
import { rowName } from '../tasks/validate/case';
import { readImages } from './images';

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
	const models = modelsOf('vidu', kind);
	// A single model has no field; an empty field matches no model.
	const otherwise = models.length > 1 ? '' : (models[0] ?? null);
	const optional = kinds.flatMap((each) => entriesOf(rulesOf(each)));
	const shown: Rules = Object.fromEntries(optional.filter(([, rule]) => rule.option));
	const read = { context, itemIndex, whose: '' };
	return {
		kind,
		model: textOf(parameter(context, 'model', itemIndex), 'Model') ?? otherwise,
		values: await readFields(
			{ ...shown, ...rulesOf(kind) },
			{
				...read,
				source: (name, rule) => (rule.option ? options[name] : parameter(context, name, itemIndex)),
			},
		),
	};
}

interface Reading {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	/** Where the values of the parameters come from: the node, its options, or a row of a list. */
	readonly source: (name: string, rule: Rule) => unknown;
	/** Names the row of a list, such as ` of subject 2`. */
	readonly whose: string;
}

async function readFields(rules: Rules, reading: Reading): Promise<Draft> {
	const entries = await Promise.all(
		entriesOf(rules).map(
			async ([name, rule]) => [name, await readField(name, rule, reading)] as const,
		),
	);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Draft;
}

async function readField(name: FieldName, rule: Rule, reading: Reading): Promise<unknown> {
	const { source, whose } = reading;
	const label = labelOf(name, rule);
	const given = source(parameterOf(name, rule), rule);
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
		case 'urls':
			return emptyAsNone(textsOf(given, label, whose));
		case 'image':
		case 'images':
			return await readImageField(name, rule, reading);
		case 'list':
			return emptyAsNone(await readRows(name, rule.of, reading));
		case 'url':
			return textOf(given, label, whose);
		case 'text':
			if (rule.verbatim) {
				const text = verbatimOf(given, label);
				return rule.json ? text?.trim() || undefined : text;
			}
			return textOf(rule.picked ? pickedIn(given) : given, label, whose)?.replace(
				rule.mentioned ? /^@/ : '',
				'',
			);
	}
}

/** The value of a resource locator, or the plain text stored by earlier workflows. */
function pickedIn(value: unknown): unknown {
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}

async function readImageField(name: FieldName, rule: Rule, reading: Reading): Promise<unknown> {
	const { context, itemIndex, source, whose } = reading;
	const { urls, binaries, ...labels } = imageParameters(name, rule);
	const images = await readImages(context, itemIndex, {
		urls: source(urls, rule),
		binaryNames: source(binaries, rule),
		...labels,
		whose,
	});
	return rule.kind === 'image' && images.length < 2 ? images[0] : emptyAsNone(images);
}

async function readRows(list: FieldName, rules: Rules, reading: Reading): Promise<Draft[]> {
	const { source } = reading;
	const rows = source(`${list}.${rowsParameter(list)}`, {
		kind: 'list',
		min: 0,
		max: 0,
		of: rules,
	});
	return await Promise.all(
		recordsOf(rows, labelOf(list)).map(async (row, index) => {
			const which = rowName(list, index);
			const name = rules.name && (await readField('name', rules.name, of(row, which)));
			return await readFields(rules, of(row, rowName(list, index, name as string | undefined)));
		}),
	);

	function of(row: Readonly<Record<string, unknown>>, which: string): Reading {
		return { ...reading, source: (name) => row[name], whose: ` of ${which}` };
	}
}

function emptyAsNone<T>(values: readonly T[]): readonly T[] | undefined {
	return values.length > 0 ? values : undefined;
}

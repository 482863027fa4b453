/** From a rule and its words to n8n's properties. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { labelOf } from '../catalogue';
import { capitalised, isSingle, mediaLabels, singular } from '../catalogue/labels';
import {
	entriesOf,
	isMediaRule,
	type FieldName,
	type MediaRule,
	type Rule,
	type Rules,
} from '../catalogue/rules';
import { ASPECTS, type Words, type WordsByName } from './words';

/** The parameter with the rows of a list. */
export function rowsParameter(list: FieldName): string {
	return singular(list);
}

/** The properties of a field: one, or two for media. */
export function propertiesOf(name: FieldName, rule: Rule, words: Words): INodeProperties[] {
	if (isMediaRule(rule)) return mediaProperties(name, rule, words);
	const { description, placeholder, property } = words;
	return [
		{
			displayName: labelOf(name, rule),
			name,
			...controlOf(name, rule, words),
			...(rule.required && { required: true }),
			...(placeholder !== undefined && { placeholder }),
			description,
			...property,
		},
	];
}

type Control = Pick<INodeProperties, 'type' | 'default' | 'options' | 'typeOptions'>;

function controlOf(name: FieldName, rule: Rule, words: Words): Control {
	switch (rule.kind) {
		case 'seconds':
		case 'choice':
			return {
				type: 'options',
				default: rule.default,
				options: rule.values.map((value: string | number) => optionOf(rule, value, words)),
			};
		case 'choices':
			return {
				type: 'multiOptions',
				default: [...rule.default],
				options: rule.values.map((value) => optionOf(rule, value, words)),
			};
		case 'switch':
			return { type: 'boolean', default: rule.default };
		case 'number': {
			const { min, max, whole } = rule;
			const range = { minValue: min, maxValue: max, numberPrecision: whole && 0 };
			return { type: 'number', default: rule.default, typeOptions: withoutUndefined(range) };
		}
		case 'texts':
			return { type: 'string', default: [], typeOptions: adding(labelOf(name)) };
		case 'list': {
			const displayName = singular(labelOf(name));
			const values = valuesOf(rule.of, words.fields ?? {});
			return {
				type: 'fixedCollection',
				default: {},
				typeOptions: { multipleValues: true },
				options: [{ displayName, name: rowsParameter(name), values }],
			};
		}
		default: {
			const isJson = rule.kind === 'text' && rule.json;
			return {
				type: isJson ? 'json' : 'string',
				// The editor marks an empty text as no JSON.
				default: words.default ?? (isJson ? '{}' : ''),
				...(words.lines && { typeOptions: { rows: words.lines } }),
			};
		}
	}
}

/** Several values, and the button that adds one. */
const adding = (label: string) => ({
	multipleValues: true,
	multipleValueButtonText: `Add ${singular(label)}`,
});

function withoutUndefined<T extends object>(given: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(given).filter(([, value]) => value !== undefined),
	) as Partial<T>;
}

/** The fields of a row in a list, in the order of the words. */
function valuesOf(rules: Rules, words: WordsByName): INodeProperties[] {
	const known = new Map(entriesOf(rules));
	return Object.entries(words).flatMap(([name, word]: [string, Words]) => {
		const rule = known.get(name as FieldName);
		return rule === undefined ? [] : propertiesOf(name as FieldName, rule, word);
	});
}

/** A value of a choice as an option in the panel. */
export function optionOf(
	rule: Rule,
	value: string | number | boolean,
	{ names = ASPECTS }: Words,
): INodePropertyOptions {
	const text = String(value);
	if (rule.kind === 'switch') return { name: value === true ? 'On' : 'Off', value };
	if (rule.kind !== 'seconds')
		return { name: names[text] ?? text.split('_').map(capitalised).join(' '), value };
	return {
		name: value === 0 ? 'Automatic' : `${text} ${value === 1 ? 'Second' : 'Seconds'}`,
		value,
	};
}

/**
 * The names and labels of the parameters of a media field: `endImage` has `endImageUrl` and
 * `endBinaryPropertyName`, `videos` have `videoUrls` and `videoBinaryPropertyNames`.
 */
export function mediaParameters(name: FieldName, rule: MediaRule) {
	const prefix = name.replace(/images?$|s$/i, '');
	const parameter = (word: string) => prefix + (prefix === '' ? word : capitalised(word));
	const plural = isList(rule) ? 's' : '';
	return {
		urls: `${parameter(rule.kind === 'recordings' ? 'url' : 'imageUrl')}${plural}`,
		binaries: `${parameter('binaryPropertyName')}${plural}`,
		...mediaLabels(name, rule),
	};
}

const isList = (rule: MediaRule) => rule.kind !== 'image' && !isSingle(rule);

/** What the type of a file is called, what it may be besides an address, and names for files. */
const FILES = {
	image: { word: 'image', also: 'Data URIs and ssupload: URIs work too', names: 'data, side' },
	video: { word: 'video', also: 'Data URIs work too', names: 'data, motion' },
	audio: { word: 'sound', also: 'Data URIs work too', names: 'data, voice' },
};

function mediaProperties(name: FieldName, rule: MediaRule, words: Words): INodeProperties[] {
	const { urls, urlsLabel, binaries, binariesLabel } = mediaParameters(name, rule);
	const { word, also, names } = FILES[rule.kind === 'recordings' ? rule.type : 'image'];
	const several = isList(rule);
	const kinds = several
		? `addresses that open without a login. ${also}, and an expression may return a list.`
		: `an address that opens without a login. ${also}.`;
	return [
		{
			displayName: urlsLabel,
			name: urls,
			type: 'string',
			default: '',
			...(several && { default: [], typeOptions: adding(urlsLabel) }),
			placeholder: words.placeholder ?? 'e.g. https://example.com/image.png',
			description: `${words.description}: ${kinds}`,
			...words.property,
		},
		{
			displayName: binariesLabel,
			name: binaries,
			type: 'string',
			default: '',
			placeholder: several ? `e.g. ${names}` : 'e.g. data',
			description: several
				? `Fields of the incoming item that contain ${word} files, separated by commas`
				: `Field of the incoming item that contains the ${word} file, usually data`,
			hint: several ? `Use this, "${urlsLabel}" or both` : orElse([urlsLabel]),
			...words.property,
		},
	];
}

/** That only one of these fields and the one with this hint may be filled in. */
export function orElse(labels: readonly string[]): string {
	return `Use this or ${labels.map((label) => `"${label}"`).join(' or ')}, not both`;
}

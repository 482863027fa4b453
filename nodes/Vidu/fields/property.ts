/** From a rule and its words to n8n's properties. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { labelOf } from '../catalogue';
import { isSingle, singular } from '../catalogue/labels';
import { entriesOf, type FieldName, type Rule, type Rules } from '../catalogue/rules';
import { ASPECTS, type Words, type WordsByName } from './words';

/** The parameter of a field; of images see {@link imageParameters}. */
export function parameterOf(name: FieldName, rule: Rule): string {
	if (rule.kind === 'urls') return isSingle(rule) ? 'videoUrl' : 'videoUrls';
	return name;
}

/** The parameter in which a list has its rows. */
export function rowsParameter(list: FieldName): string {
	return singular(list);
}

/** The properties of a field: one, or two of images. */
export function propertiesOf(name: FieldName, rule: Rule, words: Words): INodeProperties[] {
	if (rule.kind === 'image' || rule.kind === 'images') return imageProperties(name, rule, words);
	const { description, placeholder, property } = words;
	return [
		{
			displayName: labelOf(name, rule),
			name: parameterOf(name, rule),
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
	const several = { multipleValues: true };
	switch (rule.kind) {
		case 'seconds':
			return {
				type: 'options',
				default: rule.default,
				options: rule.values.map((value) => optionOf(rule, value, words)),
			};
		case 'choice':
			return {
				type: 'options',
				default: rule.default,
				options: rule.values.map((value) => optionOf(rule, value, words)),
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
			return { type: 'string', default: [], typeOptions: several };
		case 'urls':
			if (isSingle(rule)) return { type: 'string', default: '' };
			return {
				type: 'string',
				default: [],
				typeOptions: { ...several, multipleValueButtonText: 'Add Video URL' },
			};
		case 'list': {
			const displayName = singular(labelOf(name));
			const values = valuesOf(rule.of, words.fields ?? {});
			return {
				type: 'fixedCollection',
				default: {},
				typeOptions: several,
				options: [{ displayName, name: rowsParameter(name), values }],
			};
		}
		default:
			return {
				type: rule.kind === 'text' && rule.json ? 'json' : 'string',
				default: words.default ?? '',
				...(words.lines && { typeOptions: { rows: words.lines } }),
			};
	}
}

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

/** A value of a choice as the panel lists it. */
export function optionOf(
	rule: Rule,
	value: string | number | boolean,
	{ names = ASPECTS }: Words,
): INodePropertyOptions {
	const text = String(value);
	if (rule.kind === 'switch') return { name: value === true ? 'On' : 'Off', value };
	if (rule.kind !== 'seconds')
		return { name: names[text] ?? text.split('_').map(capital).join(' '), value };
	return {
		name: value === 0 ? 'Automatic' : `${text} ${value === 1 ? 'Second' : 'Seconds'}`,
		value,
	};
}

/**
 * How the parameters of images are named, and how the panel calls them: `endImage` has `endImageUrl`
 * and `endBinaryPropertyName`.
 */
export function imageParameters(name: FieldName, rule: Rule) {
	const prefix = name.replace(/images?$/i, '');
	const parameter = (word: string) => prefix + (prefix === '' ? word : capital(word));
	const plural = rule.kind === 'images' && !isSingle(rule) ? 's' : '';
	const word = labelOf(name).replace(/Images?$/, '');
	return {
		urls: `${parameter('image')}Url${plural}`,
		urlsLabel: `${word}Image URL${plural}`,
		binaries: `${parameter('binaryPropertyName')}${plural}`,
		binariesLabel: `${word}Input Binary Field${plural}`,
	};
}

function imageProperties(name: FieldName, rule: Rule, words: Words): INodeProperties[] {
	const { urls, urlsLabel, binaries, binariesLabel } = imageParameters(name, rule);
	const several = rule.kind === 'images' && !isSingle(rule);
	const list = { multipleValues: true, multipleValueButtonText: 'Add Image URL' };
	const kinds = several
		? 'public URLs, data URIs or ssupload: URIs. An expression may give a list.'
		: 'a public URL, a data URI or an ssupload: URI';
	return [
		{
			displayName: urlsLabel,
			name: urls,
			type: 'string',
			default: '',
			...(several && { default: [], typeOptions: list }),
			placeholder: words.placeholder ?? 'e.g. https://example.com/picture.png',
			description: `${words.description}: ${kinds}`,
		},
		{
			displayName: binariesLabel,
			name: binaries,
			type: 'string',
			default: '',
			placeholder: several ? 'e.g. data, side' : 'e.g. data',
			description: several
				? 'Names of binary fields of the incoming item that hold pictures, separated by commas'
				: 'Name of the binary field of the incoming item that holds the picture, in place of a URL',
		},
	];
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

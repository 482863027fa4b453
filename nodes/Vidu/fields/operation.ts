/** The fields of the operations beside the clips, built from the catalogue's rules and the words given here. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { describeModel, operationRows } from '../catalogue';
import type { FieldRule, FieldRules, OperationKind } from '../catalogue/operations/types';
import { ASPECTS } from './variants';

/** The words for a field; what it takes says the catalogue. */
export interface OperationField {
	/** As in the catalogue. */
	readonly key: string;
	/** The parameter, where it is not named like the key. Of images the names are made from the key. */
	readonly parameter?: string;
	readonly label: string;
	readonly description: string;
	readonly placeholder?: string;
	/** An expression that reads what an earlier operation left; without it empty, or the catalogue's preset. */
	readonly default?: string;
	/** Shown among the options. */
	readonly optional?: true;
	/** What values are called that do not say it themselves. */
	readonly names?: Readonly<Record<string, string>>;
	/** Lines of the text field. */
	readonly lines?: number;
	/** Of the rows of a list. */
	readonly fields?: readonly OperationField[];
}

/** The field that chooses the model; none where there is no choice. */
export function operationModelFields(task: OperationKind): INodeProperties[] {
	const options = operationRows('vidu', task).map(({ model }) => ({
		name: describeModel(model ?? '').name,
		value: model ?? '',
	}));
	const choice = { type: 'options' as const, options, default: options[0]?.value ?? '' };
	const description = 'Which model makes it. An expression may give the name, such as viduq2-pro.';
	return options.length > 1
		? [{ displayName: 'Model', name: 'model', ...choice, description }]
		: [];
}

/**
 * The properties of a field. Where the models of the operation differ, one for each, and one that
 * offers all for a model that is not known before the node runs: shown as in `perModel.ts`.
 */
export function operationProperties(task: OperationKind, field: OperationField): INodeProperties[] {
	const variants = operationRows('vidu', task).map(({ model, fields }) => ({
		model: model ?? '',
		properties: propertiesOf(field, fields),
	}));
	const [first] = variants;
	if (first === undefined) return [];
	if (variants.every((other) => same(first.properties, other.properties))) return first.properties;
	const offered = variants.flatMap(
		({ properties: [property] }) => (property?.options ?? []) as INodePropertyOptions[],
	);
	const all = [...new Map(offered.map((option) => [option.value, option])).values()];
	return [
		...variants.flatMap(({ model, properties }) =>
			properties.map((property) => ({
				...property,
				displayOptions: { hide: { model: [{ _cnd: { not: model } }] } },
			})),
		),
		...first.properties.map((property) => ({
			...property,
			default: '',
			options: [{ name: "Model's Default", value: '' }, ...all],
			displayOptions: { hide: { model: variants.map(({ model }) => model) } },
		})),
	];
}

function same(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function propertiesOf(field: OperationField, rules: FieldRules): INodeProperties[] {
	const rule = rules[field.key] as FieldRule;
	const { label, description, placeholder, names = ASPECTS } = field;
	const base = {
		displayName: label,
		name: field.parameter ?? field.key,
		...(rule.required && { required: true }),
		...(placeholder !== undefined && { placeholder }),
		description,
	};
	const given = field.default ?? '';
	switch (rule.kind) {
		case 'number': {
			const { min, max, whole } = rule;
			const typeOptions = { minValue: min, maxValue: max, ...(whole && { numberPrecision: 0 }) };
			return [{ ...base, type: 'number', typeOptions, default: rule.preset }];
		}
		case 'choice':
			return [
				{ ...base, type: 'options', options: optionsOf(rule.values, names), default: rule.preset },
			];
		case 'choices':
			return [
				{
					...base,
					type: 'multiOptions',
					options: optionsOf(rule.values, names),
					default: [...rule.preset],
				},
			];
		case 'texts': {
			const typeOptions = { multipleValues: true };
			return [{ ...base, type: 'string', typeOptions, default: [] }];
		}
		case 'image':
		case 'images':
			return imageProperties(field, rule.kind === 'images' ? rule.max : 1);
		case 'list':
			return [
				{
					...base,
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					default: {},
					options: [
						{
							displayName: label.replace(/s$/, ''),
							name: field.key.replace(/s$/, ''),
							values: (field.fields ?? []).flatMap((inner) => propertiesOf(inner, rule.of)),
						},
					],
				},
			];
		default: {
			const typeOptions = { rows: field.lines ?? 1 };
			return [{ ...base, type: 'string', ...(field.lines && { typeOptions }), default: given }];
		}
	}
}

/**
 * How the parameters of images are named, and how the panel calls them: `endImage` has `endImageUrl`
 * and `endBinaryPropertyName`.
 */
export function imageParameters(
	{ key, label }: Pick<OperationField, 'key' | 'label'>,
	max: number,
) {
	const prefix = key.replace(/images?$/i, '');
	const name = (word: string) => prefix + (prefix === '' ? word : capital(word));
	const plural = max > 1 ? 's' : '';
	const word = label.replace(/Images?$/, '');
	return {
		urls: `${name('image')}Url${plural}`,
		urlsLabel: `${word}Image URL${plural}`,
		binaries: `${name('binaryPropertyName')}${plural}`,
		binariesLabel: `${word}Input Binary Field${plural}`,
	};
}

function imageProperties(field: OperationField, max: number): INodeProperties[] {
	const { description } = field;
	const { urls, urlsLabel, binaries, binariesLabel } = imageParameters(field, max);
	const several = {
		type: 'string' as const,
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Image URL' },
		default: [],
	};
	return [
		{
			displayName: urlsLabel,
			name: urls,
			...(max > 1 ? several : { type: 'string' as const, default: '' }),
			placeholder: 'e.g. https://example.com/picture.png',
			description: `${description}: ${max > 1 ? 'public URLs, data URIs or ssupload: URIs' : 'a public URL, a data URI or an ssupload: URI'}`,
		},
		{
			displayName: binariesLabel,
			name: binaries,
			type: 'string',
			default: '',
			placeholder: max > 1 ? 'e.g. data, side' : 'e.g. data',
			description:
				max > 1
					? 'Names of binary fields of the incoming item that hold pictures, separated by commas'
					: 'Name of the binary field of the incoming item that holds the picture, in place of a URL',
		},
	];
}

function optionsOf(
	values: readonly string[],
	names: Readonly<Record<string, string>>,
): INodePropertyOptions[] {
	return values.map((value) => ({
		name: names[value] ?? value.split('_').map(capital).join(' '),
		value,
	}));
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Reads the fields of an operation beside the clips, as the catalogue's rules tell their kinds. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { FieldRule, FieldRules } from '../catalogue/operations/types';
import { imageParameters, type OperationField } from '../fields/operation';
import { namesOf, numberOf, recordsOf, textOf, textsOf } from '../tasks/context/parameters';
import type { Values } from '../tasks/validate/operation';
import { readImages } from './images';

/** Where the values of the parameters come from: the node, its options, or a row of a list. */
type Source = (name: string, field: OperationField) => unknown;

/**
 * The values by key; what is not given is left out, or is what the catalogue has as preset.
 * @throws Error when a value cannot be understood, or a binary field is missing
 */
export async function readFields(
	context: IExecuteFunctions,
	itemIndex: number,
	fields: readonly OperationField[],
	rules: FieldRules,
	source: Source,
	whose = '',
): Promise<Values> {
	const entries = await Promise.all(
		fields.map(async (field) => {
			const rule = rules[field.key] as FieldRule;
			const value = await read(field, rule);
			const preset = 'preset' in rule && !field.optional ? rule.preset : undefined;
			return [field.key, value ?? preset] as const;
		}),
	);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));

	async function read(field: OperationField, rule: FieldRule): Promise<unknown> {
		const given = source(field.parameter ?? field.key, field);
		const { label } = field;
		switch (rule.kind) {
			case 'number':
				return numberOf(given, label, whose);
			case 'choices':
				return emptyAsNone(namesOf(given, label, whose));
			case 'texts':
				return emptyAsNone(textsOf(given, label, whose));
			case 'url':
				return rule.max === undefined
					? textOf(given, label, whose)
					: emptyAsNone(textsOf(given, label, whose));
			case 'image':
			case 'images': {
				const max = rule.kind === 'images' ? rule.max : 1;
				const { urls, binaries, ...labels } = imageParameters(field, max);
				const images = await readImages(context, itemIndex, {
					urls: source(urls, field),
					binaryNames: source(binaries, field),
					...labels,
					whose,
				});
				return rule.kind === 'image' && images.length < 2 ? images[0] : emptyAsNone(images);
			}
			case 'list': {
				const rows = source(`${field.key}.${field.key.replace(/s$/, '')}`, field);
				return await Promise.all(
					recordsOf(rows, label).map(
						async (row, index) =>
							await readFields(
								context,
								itemIndex,
								field.fields ?? [],
								rule.of,
								(name) => row[name],
								` of ${label.replace(/s$/, '').toLowerCase()} ${index + 1}`,
							),
					),
				);
			}
			default:
				return textOf(given, label, whose);
		}
	}
}

function emptyAsNone<T>(values: readonly T[]): readonly T[] | undefined {
	return values.length > 0 ? values : undefined;
}

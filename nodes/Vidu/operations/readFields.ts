/** Reads the fields of an operation beside the clips, as the catalogue's rules tell their kinds. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { FieldRule, FieldRules } from '../catalogue/operations/types';
import { imageParameters, type OperationField } from '../fields/operation';
import { namesOf, numberOf, textOf, textsOf } from '../tasks/parameters';
import type { Values } from '../tasks/checks/operation';
import { readImages } from './images';

/** Where the values of the parameters come from: the node, its options, or a row of a list. */
type Source = (name: string, field: OperationField) => unknown;

/**
 * The values by key; what is not given is left out, or is what the catalogue has as preset.
 * @throws NodeOperationError when a binary field is missing
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
		switch (rule.kind) {
			case 'number':
				return numberOf(given);
			case 'choices':
				return emptyAsNone(namesOf(given));
			case 'texts':
				return emptyAsNone(textsOf(given));
			case 'url':
				return rule.max === undefined ? textOf(given) : emptyAsNone(textsOf(given));
			case 'image':
			case 'images': {
				const max = rule.kind === 'images' ? rule.max : 1;
				const { urls, binaries } = imageParameters(field.key, max);
				const images = await readImages(context, itemIndex, {
					urls: source(urls, field),
					binaryNames: source(binaries, field),
					urlLabel: `${max > 1 ? 'image {n}' : 'the image'} in "${field.label} URL"${whose}`,
					whose,
				});
				return rule.kind === 'image' && images.length < 2 ? images[0] : emptyAsNone(images);
			}
			case 'list': {
				const rows = source(`${field.key}.${field.key.replace(/s$/, '')}`, field) ?? [];
				return await Promise.all(
					([rows].flat() as Array<Record<string, unknown>>).map(
						async (row, index) =>
							await readFields(
								context,
								itemIndex,
								field.fields ?? [],
								rule.of,
								(name) => row[name],
								` of ${field.label.replace(/s$/, '').toLowerCase()} ${index + 1}`,
							),
					),
				);
			}
			default:
				return textOf(given);
		}
	}
}

function emptyAsNone<T>(values: readonly T[]): readonly T[] | undefined {
	return values.length > 0 ? values : undefined;
}

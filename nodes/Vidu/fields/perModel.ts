/** The fields of kinds of request, built from the catalogue; those that choose a value follow the model. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { defaultAt, rowsOf, valuesAt } from '../catalogue';
import { RESOLUTIONS } from '../catalogue/fields';
import type { ChoiceRule, FieldName, Rule } from '../catalogue/rules';
import type { Kind, Row } from '../catalogue/types';
import { durationPrice, priceNote, resolutionPrice } from './prices';
import { optionOf, propertiesOf } from './property';
import { fieldRows, providersRejecting } from './rows';
import { MODEL_FIELDS, type Words } from './words';

export interface Condition {
	readonly kind: Kind;
	/**
	 * When the node does this, as in n8n's `displayOptions.show`. The conditions of one call have
	 * the same keys and differ in one of them; those parameters should be `noDataExpression`.
	 */
	readonly show: Readonly<Record<string, readonly string[]>>;
}

type Value = string | number | boolean;
type Hide = NonNullable<IDisplayOptions['hide']>;

/** What a model offers for a field, and when besides the model. */
interface Variant {
	readonly rule: Rule;
	readonly values: readonly Value[];
	readonly hide?: Hide;
	/** What a value costs. */
	readonly price?: (value: Value) => string | undefined;
}

/**
 * The properties `duration`, `resolution`, `aspectRatio` and `audio` for a node that makes these
 * kinds of clip. Place them after `model` and the parameters of the conditions: n8n resolves
 * parameters in order.
 */
export function perModelFields(conditions: readonly Condition[]): INodeProperties[] {
	return (Object.keys(MODEL_FIELDS) as Array<keyof typeof MODEL_FIELDS>).flatMap((name) =>
		fieldProperties(conditions, name, MODEL_FIELDS[name]),
	);
}

/**
 * The properties of a field, from Vidu's rows and those of models that only gateways offer. The
 * options say what they cost, and which providers do not take them.
 *
 * Where models differ, exactly one variant is visible: that of the model, or, when the model is an
 * expression or not in the catalogue, a general one. It offers what any model takes and starts as
 * "Model's Default", an empty value: the node fills in the model's own and checks what is given when
 * it runs.
 *
 * Why `hide` with `not`, and not `show`: n8n shows a property at once when a parameter of its `show`
 * rule holds an expression, which would show every variant. And the editor resolves an expression
 * first, perhaps to `undefined`, which is neither in a list nor matched by a pattern, but is `not` any
 * model. One rule can exclude only one value so, hence one variant for each model.
 *
 * Switching models: n8n stores no value that equals the default, so one that was never changed moves to
 * the new model's default by itself. A stored value that the new model does not offer stays, and the
 * editor marks it as not supported; the check before the request then refuses it.
 */
export function fieldProperties(
	conditions: readonly Condition[],
	name: FieldName,
	words: Words,
): INodeProperties[] {
	const rows = conditions.flatMap(({ kind }): Row[] => fieldRows(kind));
	const having = rows.filter(({ fields }) => fields[name] !== undefined);
	const [first] = having;
	const rule = first?.fields[name];
	if (first === undefined || rule === undefined) return [];
	const models = [...new Set(rows.map(({ model }) => model ?? ''))];
	const follows = rule.kind === 'seconds' || rule.kind === 'choice' || rule.kind === 'switch';
	if (!follows || models.length === 1) return plain(conditions, name, rule, words);
	const ofModels = variantsOf(conditions, name, having, words);
	const [one] = ofModels;
	if (one !== undefined && having.length === rows.length && alike(ofModels)) {
		return [{ ...one, displayOptions: undefined }];
	}
	return [...ofModels, general(conditions, name, having, models, words)];
}

function alike(properties: readonly INodeProperties[]): boolean {
	const texts = properties.map((property) =>
		JSON.stringify({ ...property, displayOptions: undefined }),
	);
	return new Set(texts).size === 1;
}

/** A field that is the same for all models that have it; Vidu's decide which these are. */
function plain(
	conditions: readonly Condition[],
	name: FieldName,
	rule: Rule,
	words: Words,
): INodeProperties[] {
	const kinds = conditions.filter(({ kind }) =>
		fieldRows(kind).some((row: Row) => row.fields[name] !== undefined),
	);
	const rows = kinds.flatMap(({ kind }): readonly Row[] => rowsOf('vidu', kind));
	const having = rows.filter(({ fields }) => fields[name] !== undefined);
	const models = having.map(({ model }) => model ?? '');
	const show = {
		...(kinds.length < conditions.length &&
			showFor(
				conditions,
				kinds.map(({ kind }) => kind),
			)),
		...(having.length < rows.length && { model: models }),
	};
	return propertiesOf(name, rule, words).map((property) => ({
		...property,
		...(Object.keys(show).length > 0 && { displayOptions: { show } }),
	}));
}

/** A property for each model and each way in which its kinds offer the field. */
function variantsOf(
	conditions: readonly Condition[],
	name: FieldName,
	rows: readonly Row[],
	words: Words,
): INodeProperties[] {
	const shared = new Map<string, { property: INodeProperties; kinds: Kind[] }>();
	for (const row of rows) {
		for (const variant of variants(row, name)) {
			const hide = { model: [{ _cnd: { not: row.model ?? '' } }], ...variant.hide };
			const property = { ...variantProperty(row, name, variant, words), displayOptions: { hide } };
			const key = JSON.stringify(property);
			const kinds = shared.get(key)?.kinds ?? [];
			shared.set(key, { property, kinds: [...kinds, row.kind] });
		}
	}
	return [...shared.values()].map(({ property, kinds }) => ({
		...property,
		displayOptions: { show: showFor(conditions, kinds), ...property.displayOptions },
	}));
}

function variantProperty(
	row: Row,
	name: FieldName,
	{ rule, values, price }: Variant,
	words: Words,
): INodeProperties {
	const [property] = propertiesOf(name, rule, words) as [INodeProperties];
	if (rule.kind === 'switch') return property;
	const rejecting = providersRejecting(row, (one) =>
		variants(one, name).flatMap((variant) => variant.values),
	);
	const options = values.map((value) => {
		const refusers = rejecting(value);
		const notes = [price?.(value), refusers.length > 0 && `not with ${refusers.join(', ')}`];
		const text = notes.filter(Boolean).join('; ').replace(/^n/, 'N');
		return { ...optionOf(rule, value, words), ...(text && { description: text }) };
	});
	const note =
		rule.kind === 'seconds'
			? priceNote(row)
			: rule.kind === 'choice' && rule.anyRatio
				? 'An expression may give any other ratio, such as 21:9.'
				: undefined;
	return { ...property, options, ...(note && { description: `${words.description}. ${note}` }) };
}

/** What a row offers for a field: one variant, and one for each duration at which it takes other values. */
function variants(row: Row, name: FieldName): Variant[] {
	const rule: Rule | undefined = row.fields[name];
	const { duration } = row.fields;
	switch (rule?.kind) {
		case 'switch':
			return [{ rule, values: [true, false] }];
		case 'seconds':
			return [{ rule, values: rule.values, price: (value) => durationPrice(row, Number(value)) }];
		case 'choice': {
			const exceptions = Object.keys(rule.at ?? {}).map(Number);
			const variant = (durations: readonly number[], hide?: Hide): Variant => {
				const [at] = exceptions.filter((each) => durations.includes(each));
				const choice = rule as ChoiceRule<string | number>;
				return {
					rule: { ...choice, default: defaultAt(choice, at) } as Rule,
					values: valuesAt(choice, at),
					price: (value) =>
						name === 'resolution' ? resolutionPrice(row, String(value), durations) : undefined,
					...(hide && { hide }),
				};
			};
			const all = duration?.kind === 'seconds' ? duration.values : [];
			const usual = all.filter((each) => !exceptions.includes(each));
			return [
				variant(usual, exceptions.length > 0 ? { duration: exceptions } : undefined),
				...exceptions.map((each) => variant([each], { duration: [{ _cnd: { not: each } }] })),
			];
		}
		default:
			return [];
	}
}

/** The property for a model that is not known before the node runs. */
function general(
	conditions: readonly Condition[],
	name: FieldName,
	rows: readonly Row[],
	models: readonly string[],
	words: Words,
): INodeProperties {
	const offered = rows.flatMap((row) => variants(row, name));
	const [{ rule }] = offered as [Variant];
	const values = [...new Set(offered.flatMap((variant) => variant.values))];
	const sorted =
		rule.kind === 'seconds'
			? values.sort((a, b) => Number(a) - Number(b))
			: name === 'resolution'
				? RESOLUTIONS.filter((each) => values.includes(each))
				: values;
	const [property] = propertiesOf(name, rule, words) as [INodeProperties];
	const options = sorted.map((value) => optionOf(rule, value, words));
	return {
		...property,
		type: 'options',
		default: '',
		options: [{ name: "Model's Default", value: '' }, ...options],
		description: `${words.description}. Checked against the model when the node runs.`,
		displayOptions: {
			show: showFor(
				conditions,
				rows.map(({ kind }) => kind),
			),
			hide: { model: [...models] },
		},
	};
}

function showFor(
	conditions: readonly Condition[],
	kinds: readonly Kind[],
): Record<string, string[]> {
	const merged: Record<string, string[]> = {};
	for (const { kind, show } of conditions) {
		if (!kinds.includes(kind)) continue;
		for (const [key, values] of Object.entries(show)) {
			merged[key] = [...new Set([...(merged[key] ?? []), ...values])];
		}
	}
	return merged;
}

/** The fields of kinds of request, built from the catalogue; those that choose a value follow the model. */
import type { INodeProperties } from 'n8n-workflow';
import { labelOf, providersOf } from '../catalogue';
import { RESOLUTIONS } from '../catalogue/fields';
import type { FieldName, Rule } from '../catalogue/rules';
import type { Kind, Row } from '../catalogue/types';
import { isLackedBySome, offersOf, optionsOf, type Offer } from './offers';
import { priceNote } from './prices';
import { optionOf, orElse, propertiesOf } from './property';
import { fieldRows, OTHER_MODEL } from './rows';
import { MODEL_FIELDS, type Words } from './words';

export interface Condition {
	readonly kind: Kind;
	/**
	 * When the node does this, as in n8n's `displayOptions.show`. The conditions of one call have
	 * the same keys and differ in one of them; those parameters should be `noDataExpression`.
	 */
	readonly show: Readonly<Record<string, readonly string[]>>;
}

/** A field in a node that makes these kinds. */
interface Field {
	readonly conditions: readonly Condition[];
	readonly name: FieldName;
	readonly words: Words;
}

/**
 * The properties of a field, with everything that any provider accepts. In the editor `valueLists`
 * narrows the options to those of the credential's provider. Place them after `model` and the
 * parameters of the conditions: n8n resolves parameters in order.
 *
 * Where models differ, exactly one variant is visible: that of the model, or a general one if the model
 * is an expression or not in the catalogue. That one offers what any model accepts and defaults to
 * "Model's Default", an empty value: at run time the node fills in the model's own default and checks
 * what was set.
 *
 * Why `hide` with `not`, and not `show`: n8n shows a property if a parameter of its `show` rule is an
 * expression, which would show every variant. And the editor resolves an expression first, perhaps to
 * `undefined`, which is neither in a list nor matched by a pattern, but is `not` any model. Such a rule
 * can exclude only one value, hence one variant for each model.
 *
 * Switching models: n8n stores no value that equals the default, so an unchanged one moves to the new
 * model's default by itself. A stored value that the new model does not offer stays, and the editor
 * marks it as not supported; the check before the request rejects it.
 */
export function fieldProperties(
	conditions: readonly Condition[],
	name: FieldName,
	words: Words,
	withPrices = true,
): INodeProperties[] {
	const field = { conditions, name, words };
	const known = conditions.flatMap(({ kind }): readonly Row[] => fieldRows(kind));
	const rows = withPrices ? known : known.map((row) => ({ ...row, price: null }));
	const having = rows.filter(({ fields }) => fields[name] !== undefined);
	const rule = having[0]?.fields[name];
	if (rule === undefined) return [];
	const models = [...new Set(rows.map(({ model }) => model ?? ''))];
	const follows = rule.kind === 'seconds' || rule.kind === 'choice' || rule.kind === 'switch';
	if (!follows || models.length === 1) return plain(field, rows, having, rule);
	const ofModels = variantsOf(field, having);
	const [one] = ofModels;
	if (one !== undefined && having.length === rows.length && alike(ofModels)) {
		return [{ ...one, displayOptions: undefined }];
	}
	return [...ofModels, general(field, having, models)];
}

function alike(properties: readonly INodeProperties[]): boolean {
	const texts = properties.map((property) =>
		JSON.stringify({ ...property, displayOptions: undefined }),
	);
	return new Set(texts).size === 1;
}

/** A field that is the same for all models that have it. */
function plain(
	field: Field,
	rows: readonly Row[],
	having: readonly Row[],
	rule: Rule,
): INodeProperties[] {
	const { conditions, name, words } = field;
	const kinds = having.map(({ kind }) => kind);
	const ofKinds = rows.filter(({ kind }) => kinds.includes(kind));
	const show = {
		...(!conditions.every(({ kind }) => kinds.includes(kind)) && showFor(conditions, kinds)),
		...(having.length < ofKinds.length && {
			model: [...having.map(({ model }) => model ?? ''), OTHER_MODEL],
		}),
	};
	const [only, ...more] = having;
	const [offer] = only !== undefined && more.length === 0 ? offersOf(only, name) : [];
	const properties =
		only === undefined || offer === undefined
			? propertiesOf(name, rule, words)
			: [offerProperty(field, only, offer)];
	const others = only?.oneOf
		?.find((group) => group.includes(name))
		?.filter((each) => each !== name);
	return properties.map((property) => ({
		...property,
		...(others && { hint: orElse(others.map((each) => labelOf(each, only?.fields[each]))) }),
		...(Object.keys(show).length > 0 && { displayOptions: { show } }),
	}));
}

/** A property for each model and each way in which its kinds offer the field. */
function variantsOf(field: Field, rows: readonly Row[]): INodeProperties[] {
	const shared = new Map<string, { property: INodeProperties; kinds: Kind[] }>();
	for (const row of rows) {
		for (const offer of offersOf(row, field.name)) {
			const { at, except } = offer;
			const hide = {
				model: [{ _cnd: { not: row.model ?? '' } }],
				...(except.length > 0 && { duration: [...except] }),
				...(at !== undefined && { duration: [{ _cnd: { not: at } }] }),
			};
			const property = { ...offerProperty(field, row, offer), displayOptions: { hide } };
			const key = JSON.stringify(property);
			const kinds = shared.get(key)?.kinds ?? [];
			shared.set(key, { property, kinds: [...kinds, row.kind] });
		}
	}
	return [...shared.values()].map(({ property, kinds }) => ({
		...property,
		displayOptions: { show: showFor(field.conditions, kinds), ...property.displayOptions },
	}));
}

/** A switch that some provider lacks is a list, because only a list can be narrowed. */
function offerProperty(field: Field, row: Row, offer: Offer): INodeProperties {
	const { name, words } = field;
	const { rule } = offer;
	const [property] = propertiesOf(name, rule, words) as [INodeProperties];
	if (rule.kind === 'switch' && !isLackedBySome(row, name)) return property;
	let note: string | undefined;
	if (rule.kind === 'seconds') note = priceNote(row);
	else if (rule.kind === 'choice' && rule.anyRatio)
		note = 'An expression may return any other ratio, such as 21:9.';
	return {
		...property,
		type: 'options',
		...loading(field, row),
		options: optionsOf(row, name, offer, words),
		...(note && { description: `${words.description}. ${note}` }),
	};
}

/** How the editor loads the options, if another provider offers the model as well. */
function loading({ conditions, name }: Field, row: Row): Pick<INodeProperties, 'typeOptions'> {
	if (!(name in MODEL_FIELDS) || providersOf(row.kind, row.model).length === 1) return {};
	const parameters = [
		// With the operation, the resource changes as well.
		...Object.keys(conditions[0]?.show ?? {}).filter((key) => key !== 'resource'),
		...(row.model === null ? [] : ['model']),
		...(offersOf(row, name).length > 1 ? ['duration'] : []),
	];
	return { typeOptions: { loadOptionsMethod: name, loadOptionsDependsOn: parameters } };
}

/** The property for a model that is only known at run time. */
function general(
	{ conditions, name, words }: Field,
	rows: readonly Row[],
	models: readonly string[],
): INodeProperties {
	const offered = rows.flatMap((row) => offersOf(row, name));
	const [{ rule }] = offered as [Offer];
	const values = [...new Set(offered.flatMap((offer) => offer.values))];
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

export function showFor(
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

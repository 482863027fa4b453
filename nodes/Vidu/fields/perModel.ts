/** The fields that follow the model: duration, resolution, aspect ratio, audio, built from the catalogue. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { VideoKind, ModelRow } from '../catalogue/types';
import { fieldRows, providersRejecting } from './rows';
import { variantFields, type Field, type Value, type Variant } from './variants';

export interface TaskCondition {
	readonly task: VideoKind;
	/**
	 * When the node does this task, as in n8n's `displayOptions.show`. The conditions of one call have
	 * the same keys and differ in one of them; those parameters should be `noDataExpression`.
	 */
	readonly show: Readonly<Record<string, readonly string[]>>;
}

/**
 * The properties `duration`, `resolution`, `aspectRatio` and `audio` for a node that does these tasks,
 * from Vidu's rows and those of models that only gateways offer. The options say what they cost, and
 * which providers do not take them. Place them after `model` and the parameters of the conditions: n8n resolves
 * parameters in order.
 *
 * Of each field exactly one variant is visible: that of the model, or, when the model is an expression
 * or not in the catalogue, a general one. It offers what any model takes and starts as "Model's
 * Default", an empty value: the node fills in the model's own and checks what is given when it runs.
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
export function perModelFields(conditions: readonly TaskCondition[]): INodeProperties[] {
	const rows = conditions.flatMap(({ task }) => fieldRows(task));
	return variantFields().flatMap((field) => [
		...ofModels(field, rows, conditions),
		...ofAnyModel(field, rows, conditions),
	]);
}

/** A property for each model and each way in which its tasks offer the field. */
function ofModels(
	field: Field,
	rows: readonly ModelRow[],
	conditions: readonly TaskCondition[],
): INodeProperties[] {
	const shared = new Map<string, { property: INodeProperties; tasks: VideoKind[] }>();
	for (const row of rows) {
		for (const variant of field.variants(row)) {
			const hide = { model: [{ _cnd: { not: row.model } }], ...variant.hide };
			const property = { ...field.base, ...control(field, row, variant), displayOptions: { hide } };
			const key = JSON.stringify(property);
			const tasks = shared.get(key)?.tasks ?? [];
			shared.set(key, { property, tasks: [...tasks, row.task] });
		}
	}
	return [...shared.values()].map(({ property, tasks }) => ({
		...property,
		displayOptions: { show: showFor(conditions, tasks), ...property.displayOptions },
	}));
}

/** The property for a model that is not known before the node runs; none where no model has the field. */
function ofAnyModel(
	field: Field,
	rows: readonly ModelRow[],
	conditions: readonly TaskCondition[],
): INodeProperties[] {
	const having = rows.filter((row) => field.variants(row).length > 0);
	if (having.length === 0) return [];
	const values = having.flatMap((row) => field.variants(row).flatMap((variant) => variant.values));
	const options = [...new Set(values)]
		.sort(field.order ?? asGiven)
		.map((value) => option(field, value));
	return [
		{
			...field.base,
			type: 'options',
			default: '',
			options: [{ name: "Model's Default", value: '' }, ...options],
			description: `${field.base.description ?? ''}. Checked against the model when the node runs.`,
			displayOptions: {
				show: showFor(
					conditions,
					having.map(({ task }) => task),
				),
				hide: { model: [...new Set(rows.map(({ model }) => model))] },
			},
		},
	];
}

function control(
	field: Field,
	row: ModelRow,
	{ values, preset, description, price }: Variant,
): Pick<INodeProperties, 'type' | 'default' | 'options' | 'description'> {
	const own = description === undefined ? {} : { description };
	if (typeof preset === 'boolean') return { type: 'boolean', default: preset, ...own };
	const refusersAt = providersRejecting(row, (one) =>
		field.variants(one).flatMap((variant) => variant.values),
	);
	const options = values.map((value) => {
		const refusers = refusersAt(value);
		const notes = [price?.(value), refusers.length > 0 && `not with ${refusers.join(', ')}`];
		const text = notes.filter(Boolean).join('; ').replace(/^n/, 'N');
		return { ...option(field, value), ...(text && { description: text }) };
	});
	return { type: 'options', default: preset, options, ...own };
}

/** For a stable sort: the values stay in the order of the catalogue. */
function asGiven(): number {
	return 0;
}

function option(field: Field, value: Value): INodePropertyOptions {
	return { name: field.label(value), value };
}

function showFor(
	conditions: readonly TaskCondition[],
	tasks: readonly VideoKind[],
): Record<string, string[]> {
	const merged: Record<string, string[]> = {};
	for (const { task, show } of conditions) {
		if (!tasks.includes(task)) continue;
		for (const [key, values] of Object.entries(show)) {
			merged[key] = [...new Set([...(merged[key] ?? []), ...values])];
		}
	}
	return merged;
}

/** The fields that follow the model: duration, resolution, aspect ratio, audio, built from the catalogue. */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { defaultResolutionAt, resolutionsAt, rowsOf } from '../catalogue';
import type { GenerationTask, ModelRow } from '../catalogue/types';

export interface TaskCondition {
	readonly task: GenerationTask;
	/**
	 * When the node does this task, as in n8n's `displayOptions.show`. The conditions of one call have
	 * the same keys and differ in one of them; those parameters should be `noDataExpression`.
	 */
	readonly show: Readonly<Record<string, readonly string[]>>;
}

type Hide = NonNullable<IDisplayOptions['hide']>;
type Value = string | number | boolean;

/** What one model offers for a field, and when besides the model. */
interface Variant {
	readonly values: readonly Value[];
	readonly preset: Value;
	/** In place of the field's own. */
	readonly description?: string;
	readonly hide?: Hide;
}

interface Field {
	readonly base: Pick<INodeProperties, 'displayName' | 'name' | 'description'>;
	/** Of each model. Empty: the model has no such field. */
	readonly variants: (row: ModelRow) => readonly Variant[];
	readonly label: (value: Value) => string;
	/** The order of the values where those of all models are listed. */
	readonly order?: (a: Value, b: Value) => number;
}

const ASPECTS: Readonly<Record<string, string>> = {
	'16:9': '16:9 (Landscape)',
	'9:16': '9:16 (Portrait)',
	'1:1': '1:1 (Square)',
	'4:3': '4:3 (Landscape)',
	'3:4': '3:4 (Portrait)',
};

const FIELDS: readonly Field[] = [
	{
		base: { displayName: 'Duration', name: 'duration', description: 'How long the clip is' },
		variants: (row) => [{ values: row.durations, preset: row.defaultDuration }],
		label: (value) =>
			value === 0 ? 'Automatic' : `${String(value)} ${value === 1 ? 'Second' : 'Seconds'}`,
		order: (a, b) => Number(a) - Number(b),
	},
	{
		base: {
			displayName: 'Resolution',
			name: 'resolution',
			description: 'How many lines the picture has; more cost more',
		},
		variants: resolutionVariants,
		label: String,
		order: (a, b) => parseInt(String(a), 10) - parseInt(String(b), 10),
	},
	{
		base: {
			displayName: 'Aspect Ratio',
			name: 'aspectRatio',
			description: 'Width to height of the picture',
		},
		variants: aspectRatioVariants,
		label: (value) => ASPECTS[String(value)] ?? String(value),
	},
	{
		base: {
			displayName: 'Audio',
			name: 'audio',
			description: 'Whether to make the clip with sound: speech and effects',
		},
		variants: (row) =>
			row.audio === null ? [] : [{ values: [true, false], preset: row.audio.default }],
		label: (value) => (value === true ? 'On' : 'Off'),
	},
];

function aspectRatioVariants(row: ModelRow): Variant[] {
	if (row.aspectRatios === null || row.defaultAspectRatio === null) return [];
	const description =
		'Width to height of the picture. An expression may give any other ratio, such as 21:9.';
	return [
		{
			values: row.aspectRatios,
			preset: row.defaultAspectRatio,
			...(row.anyAspectRatio ? { description } : {}),
		},
	];
}

/** One variant for most durations, and one for each at which the model takes other resolutions. */
function resolutionVariants(row: ModelRow): Variant[] {
	const exceptions = Object.keys(row.resolutionsAt ?? {}).map(Number);
	return [
		{
			values: row.resolutions,
			preset: row.defaultResolution,
			...(exceptions.length > 0 ? { hide: { duration: exceptions } } : {}),
		},
		...exceptions.map((duration) => ({
			values: resolutionsAt(row, duration),
			preset: defaultResolutionAt(row, duration),
			hide: { duration: [{ _cnd: { not: duration } }] },
		})),
	];
}

/**
 * The properties `duration`, `resolution`, `aspectRatio` and `audio` for a node that does these tasks,
 * from Vidu's rows. Place them after `model` and the parameters of the conditions: n8n resolves
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
	const tasks = conditions.map(({ task }) => task);
	const rows = rowsOf('vidu').filter(({ task }) => tasks.includes(task));
	return FIELDS.flatMap((field) => [
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
	const shared = new Map<string, { model: string; variant: Variant; tasks: GenerationTask[] }>();
	for (const row of rows) {
		for (const variant of field.variants(row)) {
			const { model, task } = row;
			const key = JSON.stringify([model, variant]);
			const same = shared.get(key) ?? { model, variant, tasks: [] };
			shared.set(key, { ...same, tasks: [...same.tasks, task] });
		}
	}
	return [...shared.values()].map(({ model, variant, tasks }) => ({
		...field.base,
		...control(field, variant),
		displayOptions: {
			show: showFor(conditions, tasks),
			hide: { model: [{ _cnd: { not: model } }], ...variant.hide },
		},
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
	{ values, preset, description }: Variant,
): Pick<INodeProperties, 'type' | 'default' | 'options' | 'description'> {
	const own = description === undefined ? {} : { description };
	if (typeof preset === 'boolean') return { type: 'boolean', default: preset, ...own };
	const options = values.map((value) => option(field, value));
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
	tasks: readonly GenerationTask[],
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

/** What each field that follows the model offers for one model. Pure data from the catalogue's rows. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { defaultResolutionAt, resolutionsAt } from '../catalogue';
import type { ModelRow } from '../catalogue/types';
import { durationPrice, priceNote, resolutionPrice } from './prices';

type Hide = NonNullable<IDisplayOptions['hide']>;
export type Value = string | number | boolean;

/** What one model offers for a field, and when besides the model. */
export interface Variant {
	readonly values: readonly Value[];
	readonly preset: Value;
	/** In place of the field's own. */
	readonly description?: string;
	readonly hide?: Hide;
	/** What a value costs. */
	readonly price?: (value: Value) => string | undefined;
}

export interface Field {
	readonly base: Pick<INodeProperties, 'displayName' | 'name' | 'description'>;
	/** Of each model. Empty: the model has no such field. */
	readonly variants: (row: ModelRow) => readonly Variant[];
	readonly label: (value: Value) => string;
	/** The order of the values where those of all models are listed. */
	readonly order?: (a: Value, b: Value) => number;
}

/** What aspect ratios are called. */
export const ASPECTS: Readonly<Record<string, string>> = {
	'16:9': '16:9 (Landscape)',
	'9:16': '9:16 (Portrait)',
	'1:1': '1:1 (Square)',
	'4:3': '4:3 (Landscape)',
	'3:4': '3:4 (Portrait)',
	auto: 'Automatic',
};

const DURATION = 'How long the clip is';

export const variantFields = (): readonly Field[] => [
	{
		base: { displayName: 'Duration', name: 'duration', description: DURATION },
		variants: (row) => {
			const note = priceNote(row);
			return [
				{
					values: row.durations,
					preset: row.defaultDuration,
					price: (value) => durationPrice(row, Number(value)),
					...(note === undefined ? {} : { description: `${DURATION}. ${note}` }),
				},
			];
		},
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
	const priceAt = (durations: readonly number[]) => (value: Value) =>
		resolutionPrice(row, String(value), durations);
	return [
		{
			values: row.resolutions,
			preset: row.defaultResolution,
			price: priceAt(row.durations.filter((duration) => !exceptions.includes(duration))),
			...(exceptions.length > 0 ? { hide: { duration: exceptions } } : {}),
		},
		...exceptions.map((duration) => ({
			values: resolutionsAt(row, duration),
			preset: defaultResolutionAt(row, duration),
			price: priceAt([duration]),
			hide: { duration: [{ _cnd: { not: duration } }] },
		})),
	];
}

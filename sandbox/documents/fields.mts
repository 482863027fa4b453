/** JSON schemas of single fields, to write down a document's table of parameters with. */
import type { Speech } from './keywords.mts';

export type Schema = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, Schema>>;

/** The parameters of one request: nothing else may stand in it. */
export interface Table extends Schema {
	readonly required: readonly string[];
	readonly properties: Fields;
}

/** What is required may not be blank either. */
export const table = (required: readonly string[], fields: Fields): Table => ({
	type: 'object',
	additionalProperties: false,
	required,
	properties: {
		...fields,
		...Object.fromEntries(required.map((name) => [name, { ...fields[name], filled: true }])),
	},
});

/** The table without these parameters. */
export const without = ({ required, properties }: Table, ...names: readonly string[]): Table =>
	table(
		required.filter((name) => !names.includes(name)),
		Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
	);

export const flag: Schema = { type: 'boolean' };
export const oneOf = (...choices: ReadonlyArray<string | number>): Schema => ({ enum: choices });
export const whole = (minimum?: number, maximum?: number): Schema => ({
	type: 'integer',
	minimum,
	maximum,
});
export const number = (minimum: number, maximum: number): Schema => ({
	type: 'number',
	minimum,
	maximum,
});

/** A string of at most so many characters. */
export const text = (maxLength?: number): Schema => ({ type: 'string', maxLength });
export const list = (minItems: number, maxItems: number | undefined, items: Schema): Schema => ({
	type: 'array',
	minItems,
	maxItems,
	items,
});
export const matching = (pattern: string): Schema => ({ type: 'string', pattern });
/** A list of strings. */
export const texts = (minItems: number, maxItems?: number) => list(minItems, maxItems, text());

/** An address that begins with http or https, or none. */
export const url = matching('^$|^https?://[^\\s/?#]');
/** A JSON text, or none. */
export const jsonText: Schema = { type: 'string', format: 'json' };

const SUBJECT = table(['id', 'images'], { id: text(), images: texts(1, 3), voice_id: text() });
/** One to seven subjects, with one to three images each and `maxImages` together. */
export const subjectsById = (maxImages: number): Schema => ({ ...list(1, 7, SUBJECT), maxImages });

/** Words to be spoken, of so many characters, with pauses between them. */
export const spoken = (length: Speech): Schema => ({
	type: 'string',
	format: 'pauses',
	spoken: length,
});

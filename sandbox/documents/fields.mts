/** Checks of single fields, to write down a document's table of parameters with. */
import { invalid, lacking, miscounted, unwanted } from './viduErrors.mts';

export type Body = Readonly<Record<string, unknown>>;

/** Throws a refusal that names the field, unless the value fits. */
export type Check = (field: string, value: unknown) => void;
export type Checks = Readonly<Record<string, Check>>;

/** The parameters of one request. */
export interface Table {
	readonly required: readonly string[];
	readonly fields: Checks;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number from `min` to `max`. */
export const whole =
	(min = -Infinity, max = Infinity): Check =>
	(field, value) => {
		const fits = typeof value === 'number' && Number.isInteger(value);
		if (!fits || value < min || value > max) {
			throw invalid(field, `an integer is expected, ${min} to ${max}`);
		}
	};

/** A number from `min` to `max`, whole or not. */
export const number =
	(min: number, max: number): Check =>
	(field, value) => {
		if (typeof value !== 'number' || value < min || value > max) {
			throw invalid(field, `a number is expected, ${min} to ${max}`);
		}
	};

/** A string of at most `max` characters. */
export const text =
	(max = Infinity): Check =>
	(field, value) => {
		if (typeof value !== 'string') throw invalid(field, 'a string is expected');
		if ([...value].length > max) throw invalid(field, `at most ${max} characters`);
	};

export const flag: Check = (field, value) => {
	if (typeof value !== 'boolean') throw invalid(field, 'a boolean is expected');
};

export const oneOf =
	(...choices: ReadonlyArray<string | number>): Check =>
	(field, value) => {
		if (!choices.some((choice) => choice === value)) {
			throw invalid(field, `only ${choices.join(', ')}`);
		}
	};

/** A list of `min` to `max` strings. */
export const texts =
	(min: number, max: number): Check =>
	(field, value) => {
		if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
			throw invalid(field, 'a list of strings is expected');
		}
		if (value.length < min || value.length > max) throw miscounted(field, `${min} to ${max}`);
	};

/** A list of `min` to `max` objects, each as its own table says. */
export const rows =
	(min: number, max: number, table: Table): Check =>
	(field, value) => {
		if (!Array.isArray(value)) throw invalid(field, 'a list is expected');
		if (value.length < min || value.length > max) throw miscounted(field, `${min} to ${max}`);
		for (const [index, row] of value.entries()) checkTable(table, row, `${field}[${index}]`);
	};

/** An address that begins with http or https. */
export const url: Check = (field, value) => {
	text()(field, value);
	if (value !== '' && !/^https?:\/\/[^\s/?#]+/.test(String(value))) {
		throw invalid(field, 'an http or https URL is expected');
	}
};

/** One to seven `{id, images, voice_id}`, with one to three images each and `maxImages` together. */
export const subjectsById =
	(maxImages: number): Check =>
	(field, value) => {
		rows(1, 7, SUBJECT)(field, value);
		const images = imagesOf({ [field]: value });
		if (images.length > maxImages) throw miscounted(`${field}.images`, `at most ${maxImages}`);
	};

const SUBJECT: Table = {
	required: ['id', 'images'],
	fields: { id: text(), images: texts(1, 3), voice_id: text() },
};

/** A JSON object as a string. */
export const jsonText: Check = (field, value) => {
	text()(field, value);
	try {
		if (value !== '') JSON.parse(String(value));
	} catch {
		throw invalid(field, 'a JSON string is expected');
	}
};

/** Holds a body against its table: nothing missing, nothing unknown, every value fitting. */
export function checkTable({ required, fields }: Table, body: unknown, at = ''): Body {
	if (!isObject(body)) throw invalid(at || 'body', 'a JSON object is expected');
	const path = (field: string) => (at === '' ? field : `${at}.${field}`);
	for (const [field, value] of Object.entries(body)) {
		const check = fields[field];
		if (check === undefined) throw unwanted(path(field));
		check(path(field), value);
	}
	for (const field of required) {
		if (body[field] === undefined || body[field] === '') throw lacking(path(field));
	}
	return body;
}

/** Every image of a checked body with the name of its field, in the order of the timeline. */
export function imagesOf(body: Body): Array<readonly [field: string, value: string]> {
	const single = (owner: Body, field: string, at = field) =>
		owner[field] ? [[at, String(owner[field])] as const] : [];
	const named = (list: unknown, at: string) =>
		(Array.isArray(list) ? list : []).map(
			(value, index) => [`${at}[${index}]`, String(value)] as const,
		);
	const subjects = Array.isArray(body.subjects) ? body.subjects : [];
	const frames = Array.isArray(body.image_settings) ? body.image_settings : [];
	return [
		...['start_image', 'image', 'image_url'].flatMap((field) => single(body, field)),
		...frames.flatMap((frame: Body, at) =>
			single(frame, 'key_image', `image_settings[${at}].key_image`),
		),
		...named(body.images, 'images'),
		...subjects.flatMap((subject: Body, at) => named(subject.images, `subjects[${at}].images`)),
	];
}

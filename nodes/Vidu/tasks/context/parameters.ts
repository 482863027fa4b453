/**
 * Readers for node parameters, whose types an expression can change. A value is understood exactly or
 * rejected with the name of its field, because a wrong guess would cost money. `label` is the field's
 * name in the panel, `whose` the row of a list, such as ` of subject 2`.
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { parseBody } from '../../providers/read';

/** A value that cannot be used; planning turns it into the failure of the item. */
class RefusedValue extends Error {
	readonly description = 'Nothing was sent, and nothing was charged.';
}

function reject(label: string, whose: string, what: string): never {
	throw new RefusedValue(`"${label}"${whose} ${what}`);
}

/** The value of a parameter; `undefined` if it is hidden, empty or null. */
export function parameter(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	const value: unknown = context.getNodeParameter(name, itemIndex, null);
	return value === null || value === '' ? undefined : value;
}

/** The fields of a collection; empty if there are none. */
export function collectionOf(value: unknown, label: string): Readonly<Record<string, unknown>> {
	return recordsOf([value ?? {}], label)[0] ?? {};
}

/** The rows of a list of fields. */
export function recordsOf(value: unknown, label: string): Array<Readonly<Record<string, unknown>>> {
	return [value ?? []]
		.flat()
		.map((row: unknown) =>
			typeof row === 'object' && row !== null && !Array.isArray(row)
				? (row as Record<string, unknown>)
				: reject(label, '', `contains ${shown(row)}, but must be objects with its fields`),
		);
}

/** A text without surrounding white space; `undefined` if empty. */
export function textOf(value: unknown, label: string, whose = ''): string | undefined {
	const text = plainTextOf(value, label, whose)?.trim();
	if (text === undefined || text === '') return undefined;
	const expression = expressionIn(text);
	return expression === null
		? text
		: reject(
				label,
				whose,
				`contains ${short(expression)} as plain text: switch the field to Expression`,
			);
}

/** A text that is sent unchanged, including its spaces; objects and lists become JSON. */
export function verbatimOf(value: unknown, label: string): string | undefined {
	const text =
		typeof value === 'object' && value !== null && typeof ownTextOf(value) !== 'string'
			? JSON.stringify(value)
			: plainTextOf(value, label, '');
	return text === '' ? undefined : text;
}

/** A JSON object, or one in a text; `undefined` if it has no fields. */
export function objectOf(
	value: unknown,
	label: string,
): Readonly<Record<string, unknown>> | undefined {
	const given = typeof value === 'string' ? parseBody(value.trim() || '{}') : (value ?? {});
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		return reject(label, '', 'must be a JSON object, such as {"key": "value"}');
	return Object.keys(given).length > 0 ? { ...given } : undefined;
}

/** One of `choices`; `undefined` if empty. */
export function choiceOf<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
): T | undefined {
	const given = textOf(value, label);
	return given === undefined
		? undefined
		: (choices.find((choice) => choice === given) ??
				reject(label, '', `is ${shown(given)}, but must be one of ${choices.join(', ')}`));
}

/** A number, also from a text such as "5" or "-0.5"; `undefined` if empty. */
export function numberOf(value: unknown, label: string, whose = ''): number | undefined {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '') return undefined;
	if (typeof given === 'number' && Number.isFinite(given)) return given;
	// Number() would also accept "0x10", "1e3", true or [], which nobody means as a number.
	if (typeof given === 'string' && /^[+-]?\d+(\.\d+)?$/.test(given)) return Number(given);
	return reject(label, whose, `is ${shown(given)}, but must be a plain number, such as 5 or 2.5`);
}

/** A yes or no, also as spreadsheets and forms spell it; `undefined` if empty. */
export function booleanOf(value: unknown, label: string): boolean | undefined {
	const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (given === undefined || given === null || given === '') return undefined;
	if ([true, 1, 'true', 'yes', 'on', '1'].includes(given as string)) return true;
	if ([false, 0, 'false', 'no', 'off', '0'].includes(given as string)) return false;
	return reject(
		label,
		'',
		`is ${shown(value)}, but must be yes or no (true, false, on, off, 1, 0)`,
	);
}

/**
 * A list of texts, from a multi-value field or an expression that returns a list, a JSON list or one
 * text. Empty entries are omitted.
 */
export function textsOf(value: unknown, label: string, whose = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => textsOf(entry, label, whose));
	const single = textOf(value, label, whose);
	if (single === undefined) return [];
	const list = single.startsWith('[') ? parseBody(single) : null;
	return Array.isArray(list) ? textsOf(list, label, whose) : [single];
}

/** The names in a comma-separated field. */
export function namesOf(value: unknown, label: string, whose = ''): string[] {
	return textsOf(value, label, whose).flatMap((part) =>
		part
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean),
	);
}

/** The text of a value that has exactly one; an object would be sent as "[object Object]". */
function plainTextOf(value: unknown, label: string, whose: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value !== 'number') {
		const text = ownTextOf(value);
		return typeof text === 'string'
			? text
			: reject(label, whose, `contains ${shown(value)}, but must be text: select its text`);
	}
	if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
	const what = Number.isFinite(value)
		? `is a number above ${Number.MAX_SAFE_INTEGER}, which JSON has rounded: pass it as text`
		: `is ${value}, but must be text`;
	return reject(label, whose, what);
}

/** The JSON form of dates and Luxon's times. */
function ownTextOf(value: unknown): unknown {
	const { toJSON } = value as { toJSON?: unknown };
	return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : undefined;
}

/**
 * The first `{{ … }}` that contains a letter or `$`, which n8n would have evaluated if the field were
 * an expression. Braces around nothing, digits or punctuation are ignored. Linear in the text.
 */
function expressionIn(text: string): string | null {
	for (const part of text.split('}}').slice(0, -1)) {
		const start = part.indexOf('{{');
		if (start >= 0 && /[\p{L}$]/u.test(part.slice(start))) return `${part.slice(start)}}}`;
	}
	return null;
}

/** A value as shown in a message. */
function shown(value: unknown): string {
	if (typeof value === 'string') return `"${short(value)}"`;
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' || typeof value === 'function' ? 'an object' : String(value);
}

function short(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

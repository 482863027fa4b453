/** Small readers for bodies whose types cannot be trusted. */

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one if it is not one. */
export function asRecord(value: unknown): Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Fields)
		: {};
}

/** The value as a list; an empty one if it is not one. */
export function asArray(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Without the fields that are not set. */
export function withoutUndefined(body: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** A non-empty string, or a number in its decimal form; else null. */
export function asText(value: unknown): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A finite number, also from a string; else null. */
export function asNumber(value: unknown): number | null {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : null;
}

/** ISO 8601 from an ISO string, or from Unix seconds or milliseconds; else null. */
export function isoTime(value: unknown): string | null {
	const amount = asNumber(value);
	// Seconds stay below 1e11 until the year 5138.
	const date =
		amount === null
			? new Date(asText(value) ?? NaN)
			: new Date(amount < 1e11 ? amount * 1000 : amount);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A percentage of 0 to 100, as a number or such as "50%"; else null. */
export function percent(value: unknown): number | null {
	const amount = asNumber(asText(value)?.replace('%', ''));
	return amount !== null && amount >= 0 && amount <= 100 ? amount : null;
}

/** The ID of a task; null for placeholders, such as the "0" of an incomplete response. */
export function idOf(value: unknown): string | null {
	const id = asText(value)?.trim() ?? '';
	return id !== '0' && /^\S{1,300}$/.test(id) ? id : null;
}

/** An entry of a table by a key from the provider, which may be "constructor". */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** No provider nests deeper; such a body would take seconds to parse, and n8n could not store it. */
const MAX_DEPTH = 500;
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;

/**
 * Parses JSON without losing digits: whole numbers of 16 or more digits (task ids) become strings.
 * Returns the text itself if it is not JSON (a gateway's HTML page, a truncated or empty body) or nests
 * deeper than 500 levels. Takes linear time, whatever the body contains.
 */
export function parseBody(body: string): unknown {
	const exact = quoteLongIntegers(body);
	if (exact === null) return body;
	try {
		return JSON.parse(exact);
	} catch {
		return body;
	}
}

/** JSON with its whole numbers of 16 or more digits as strings; null if it nests too deeply. */
function quoteLongIntegers(json: string): string | null {
	const parts: string[] = [];
	let copied = 0;
	let depth = 0;
	for (let at = 0; at < json.length; at++) {
		const character = json[at] as string;
		if (character === '"') {
			at = endOfString(json, at);
		} else if (character === '[' || character === '{') {
			depth += 1;
			if (depth > MAX_DEPTH) return null;
		} else if (character === ']' || character === '}') {
			depth -= 1;
		} else if (isOfNumber(json.charCodeAt(at))) {
			const start = at;
			while (isOfNumber(json.charCodeAt(at + 1))) at++;
			if (at - start < 15) continue;
			const token = json.slice(start, at + 1);
			// Where no number may stand, a text may: what is no JSON must not become any.
			if (!LONG_INTEGER.test(token) || isKey(json, at + 1)) continue;
			parts.push(json.slice(copied, start), '"', token, '"');
			copied = at + 1;
		}
	}
	return copied === 0 ? json : parts.join('') + json.slice(copied);
}

/** Whether a colon comes next. */
function isKey(json: string, at: number): boolean {
	while (/[ \t\n\r]/.test(json.charAt(at))) at++;
	return json.charAt(at) === ':';
}

/** Whether a character belongs to a number: a digit, or one of `+-.eE` (as in `true`, to no harm). */
function isOfNumber(code: number): boolean {
	return (
		(code >= 48 && code <= 57) ||
		code === 43 ||
		code === 45 ||
		code === 46 ||
		code === 69 ||
		code === 101
	);
}

/** Where the string ends that begins at `start`: at the next quote behind an even number of backslashes. */
function endOfString(json: string, start: number): number {
	for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
		let slashes = 0;
		while (json[end - 1 - slashes] === '\\') slashes++;
		if (slashes % 2 === 0) return end;
	}
	return json.length;
}

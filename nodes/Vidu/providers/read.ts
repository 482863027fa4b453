/** Small readers for bodies whose types cannot be trusted. */

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one when it is none. */
export function fields(value: unknown): Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Fields)
		: {};
}

/** The value as a list; an empty one when it is none. */
export function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Without the fields that are not set. */
export function withoutUndefined(body: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** A non-empty string, or a number in its decimal form; else null. */
export function text(value: unknown): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A finite number, also when it came as a string; else null. */
export function number(value: unknown): number | null {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : null;
}

/** ISO 8601 from an ISO string, or from Unix seconds or milliseconds; else null. */
export function isoTime(value: unknown): string | null {
	const amount = number(value);
	// Seconds stay below 1e11 until the year 5138.
	const date =
		amount === null
			? new Date(text(value) ?? NaN)
			: new Date(amount < 1e11 ? amount * 1000 : amount);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A percentage of 0 to 100, as a number or such as "50%"; else null. */
export function percent(value: unknown): number | null {
	const amount = number(text(value)?.replace('%', ''));
	return amount !== null && amount >= 0 && amount <= 100 ? amount : null;
}

/** The id of a task; null for what names none, such as the "0" of an answer that is not filled in. */
export function idOf(value: unknown): string | null {
	const id = text(value)?.trim() ?? '';
	return id !== '0' && /^\S{1,300}$/.test(id) ? id : null;
}

/** What a table of ours holds under a key that a provider chose, which may be "constructor". */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}

/**
 * Parses JSON without losing digits: whole numbers of 16 or more digits (task ids) become strings.
 * Returns the text itself when it is not JSON (a gateway's HTML page, a truncated or empty body).
 * Takes time and memory in proportion to the body, whatever is in it.
 */
export function parseBody(body: string): unknown {
	try {
		const parsed: unknown = JSON.parse(body);
		const exact = quoteLongIntegers(body);
		return exact === body ? parsed : JSON.parse(exact);
	} catch {
		return body;
	}
}

/** Valid JSON with its whole numbers of 16 or more digits as strings. */
function quoteLongIntegers(json: string): string {
	const parts: string[] = [];
	let copied = 0;
	for (let at = 0; at < json.length; at++) {
		const character = json[at] as string;
		if (character === '"') {
			at = endOfString(json, at);
		} else if (character === '-' || (character >= '0' && character <= '9')) {
			const start = at;
			while ('0123456789.eE+-'.includes(json[at + 1] ?? ' ')) at++;
			if (at - start < 15) continue;
			const token = json.slice(start, at + 1);
			if (!/^-?\d{16,}$/.test(token)) continue;
			parts.push(json.slice(copied, start), '"', token, '"');
			copied = at + 1;
		}
	}
	return copied === 0 ? json : parts.join('') + json.slice(copied);
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

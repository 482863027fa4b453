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

/**
 * Parses JSON without losing digits: whole numbers of 16 or more digits (task ids) become strings.
 * Returns the text itself when it is not JSON (a gateway's HTML page, a truncated or empty body).
 */
export function parseBody(body: string): unknown {
	const quoted = body.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
		token.startsWith('"') ? token : `"${token}"`,
	);
	try {
		return JSON.parse(quoted);
	} catch {
		return body;
	}
}

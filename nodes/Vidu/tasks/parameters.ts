/** Readers for node parameters whose types an expression can change. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** The value of a parameter; `undefined` where it is hidden, empty or null. */
export function parameter(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	const value: unknown = context.getNodeParameter(name, itemIndex, null);
	return value === null || value === '' ? undefined : value;
}

/** A text; `undefined` when there is none. */
export function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	const trimmed = String(value).trim();
	return trimmed === '' ? undefined : trimmed;
}

/** A number, also from a text such as "5"; what is no number stays as it is for the check to name. */
export function numberOf(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	return Number(value);
}

/** A yes or no, also from the texts "true" and "false" of an expression. */
export function booleanOf(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = textOf(value)?.toLowerCase();
	if (word === 'true') return true;
	return word === 'false' ? false : undefined;
}

/**
 * A list of texts, from a multi-value field or from an expression that gives a list, a JSON list
 * or one text. Empty entries are left out.
 */
export function textsOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsOf);
	const single = textOf(value);
	if (single === undefined) return [];
	if (single.startsWith('[')) {
		try {
			return textsOf(JSON.parse(single));
		} catch {
			return [single];
		}
	}
	return [single];
}

/** The names in a comma-separated field. */
export function namesOf(value: unknown): string[] {
	return textsOf(value).flatMap((part) =>
		part
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean),
	);
}

/** Fields that the user adds to the body of a request, in the provider's own spelling. Pure. */
import type { Values } from '../../catalogue/values';
import type { Row } from '../../catalogue/types';
import { asArray, asRecord, parseBody } from '../../providers/read';
import type { Provider } from '../../providers/types';

export const ADDITIONAL_LABEL = 'Additional Body Fields';

/** What is wrong with the fields in a JSON text, as a sentence; null if they may be added. */
export function additionalProblem(text: string, provider: Provider, row: Row): string | null {
	const own = namesSet(provider, row);
	const taken = Object.keys(asRecord(parseBody(text))).filter((name) => own.has(name));
	return taken.length === 0
		? null
		: `"${ADDITIONAL_LABEL}" contains ${taken.join(', ')}, which this node sets itself: use its own fields`;
}

/** The names in the body of a request with every field that the node can set. */
function namesSet(provider: Provider, { kind, model, fields }: Row): Set<string> {
	const names = [...Object.keys(fields), ...(provider.callback === null ? [] : ['callbackUrl'])];
	const values = Object.fromEntries(names.map((name) => [name, 1])) as Values;
	return new Set(keysIn(provider.create({ kind, model, values }).body));
}

/** At any depth, because some providers wrap the fields. */
function keysIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value)) return asArray(value).flatMap(keysIn);
	return Object.entries(value).flatMap(([name, inner]) => [name, ...keysIn(inner)]);
}

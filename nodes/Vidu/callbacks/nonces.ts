/** What was seen before, bounded and aged, in a plain object that n8n keeps (static data, node context). */
import type { IDataObject } from 'n8n-workflow';

export interface Seen {
	has(mark: string): boolean;
	add(mark: string): void;
}

/** So that what n8n writes to its database each time stays small. */
const MAX_MARKS = 500;

/**
 * The marks under `slot` of `store`, such as nonces. Times in milliseconds.
 * @param maxAge after which a mark is forgotten; for nonces at least twice the clock skew allowed
 */
export function seenIn(store: IDataObject, slot: string, now: number, maxAge: number): Seen {
	const fresh = () => {
		const marks = Object.entries((store[slot] ?? {}) as Record<string, unknown>);
		return marks.filter((mark): mark is [string, number] => now - Number(mark[1]) < maxAge);
	};
	return {
		has: (mark) => fresh().some(([known]) => known === mark),
		add: (mark) => {
			const others = fresh().filter(([known]) => known !== mark);
			others.sort(([, a], [, b]) => b - a);
			store[slot] = Object.fromEntries([[mark, now], ...others.slice(0, MAX_MARKS - 1)]);
		},
	};
}

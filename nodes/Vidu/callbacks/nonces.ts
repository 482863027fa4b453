/** What was seen before, bounded and aged, in a plain object that n8n keeps (static data, node context). */
import type { IDataObject } from 'n8n-workflow';

export interface Seen {
	has(mark: string): boolean;
	add(...marks: string[]): void;
	forget(...marks: string[]): void;
}

/** So that what n8n writes to its database each time stays small. */
const MAX_MARKS = 500;

/**
 * The marks under `slot` of `store`, such as nonces. Times in milliseconds.
 * @param maxAge after which a mark is forgotten; for nonces at least twice the clock skew allowed
 */
export function seenIn(store: IDataObject, slot: string, now: number, maxAge: number): Seen {
	const marks = () => (store[slot] ?? {}) as Record<string, unknown>;
	const isFresh = (at: unknown) => typeof at === 'number' && now - at < maxAge;
	const without = (gone: readonly string[]) =>
		Object.entries(marks()).filter(([mark, at]) => isFresh(at) && !gone.includes(mark));
	return {
		has: (mark) => Object.hasOwn(marks(), mark) && isFresh(marks()[mark]),
		add: (...added) => {
			const others = without(added).sort(([, a], [, b]) => Number(b) - Number(a));
			const kept = [...added.map((mark): [string, unknown] => [mark, now]), ...others];
			store[slot] = Object.fromEntries(kept.slice(0, MAX_MARKS)) as IDataObject;
		},
		forget: (...gone) => {
			store[slot] = Object.fromEntries(without(gone)) as IDataObject;
		},
	};
}

/** What was seen before, such as nonces: bounded, and forgotten with age. */

export interface Seen {
	has(mark: string): boolean;
	add(...marks: string[]): void;
	forget(...marks: string[]): void;
}

/** When each mark was seen, in milliseconds since 1970; the oldest first. */
export type Marks = Map<string, number>;

/** So that what n8n writes to its database each time stays small. */
const MAX_MARKS = 500;

/**
 * A view on marks at a moment. Times in milliseconds.
 * @param maxAge after which a mark is forgotten; for nonces at least twice the clock skew allowed
 */
export function seenIn(marks: Marks, now: number, maxAge: number): Seen {
	return {
		has: (mark) => now - (marks.get(mark) ?? -Infinity) < maxAge,
		add: (...added) => {
			for (const mark of added) {
				marks.delete(mark);
				marks.set(mark, now);
			}
			for (const [mark, at] of marks) {
				if (marks.size <= MAX_MARKS && now - at < maxAge) break;
				marks.delete(mark);
			}
		},
		forget: (...gone) => {
			for (const mark of gone) marks.delete(mark);
		},
	};
}

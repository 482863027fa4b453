/** Parsers of files that arrive in pieces, of which they need not keep what they skip. Pure. */

/** What a parser asks for next: so many bytes, of which there are fewer at the end of the file, or none. */
type Need = { readonly take: number } | { readonly skip: number };

/** It is given the bytes that it takes, and nothing for those that it skips. */
export type Parser<T> = Generator<Need, T, Buffer>;

export interface Feed<T> {
	/** Gives the parser the next piece; false once it needs no more. */
	push(piece: Buffer): boolean;
	/** What the parser found, which has to do with what it was given. */
	end(): T;
}

const NOTHING = Buffer.alloc(0);

/** Runs a parser on the pieces of a file. */
export function feed<T>(parser: Parser<T>): Feed<T> {
	let held: Buffer[] = [];
	let size = 0;
	let toSkip = 0;
	let step = parser.next();

	/** Removes the first bytes of those that are held. */
	const shift = (count: number): Buffer => {
		const all = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held);
		const first = all.subarray(0, count);
		held = [all.subarray(first.length)];
		size -= first.length;
		return first;
	};

	const advance = (atEnd: boolean): void => {
		while (!step.done) {
			if (toSkip > 0) toSkip -= shift(toSkip).length;
			if (toSkip > 0 && !atEnd) return;
			if ('skip' in step.value) {
				toSkip += step.value.skip;
				step = parser.next(NOTHING);
			} else {
				if (size < step.value.take && !atEnd) return;
				step = parser.next(shift(step.value.take));
			}
		}
	};

	return {
		push: (piece) => {
			held.push(piece);
			size += piece.length;
			advance(false);
			return !step.done;
		},
		end: () => {
			advance(true);
			// A parser has come to its end by now: every one stops at the end of its file.
			return (step as IteratorReturnResult<T>).value;
		},
	};
}

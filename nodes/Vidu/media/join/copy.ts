/** The bytes of a film, read from the clips one after the other. Pure. */
import type { NamedClip } from './differences';
import type { Film } from './film';
import type { Part } from './filmTrack';
import { Unfit } from './unfit';

/** The bytes of a file, in pieces. */
export type Pieces = AsyncIterable<Buffer> | Iterable<Buffer>;

/**
 * @param open reads a clip, by its position, from its first byte
 * @throws Unfit if a clip has become shorter, and whatever reading throws
 */
export async function* filmBytes(
	{ head, parts }: Film,
	clips: ReadonlyArray<Pick<NamedClip, 'label'>>,
	open: (clip: number) => Promise<Pieces>,
): AsyncGenerator<Buffer, void> {
	yield head;
	for (const [clip, wanted] of parts.entries()) {
		const whole = yield* copied(await open(clip), wanted);
		if (!whole) throw new Unfit(`${clips[clip]?.label} ended early while it was read`);
	}
}

/** Yields parts of a file in their order; returns whether it had all. */
async function* copied(file: Pieces, parts: readonly Part[]): AsyncGenerator<Buffer, boolean> {
	let [at, next] = [0, 0];
	for await (const piece of file) {
		const end = at + piece.length;
		for (let part = parts[next]; part !== undefined; part = parts[++next]) {
			if ('bytes' in part) yield part.bytes;
			else {
				const [from, to] = [part.from, part.from + part.size];
				const found = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
				if (found.length > 0) yield found;
				if (to > end) break;
			}
		}
		at = end;
		if (next === parts.length) return true;
	}
	return false;
}

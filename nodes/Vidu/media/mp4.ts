/** The boxes of MP4 and QuickTime files (ISO/IEC 14496-12, 4.2). Pure. */
import type { Parser } from './feed';

/** Where a box and its content begin, and where it ends; Infinity if it extends to the end of the file. */
export interface Box {
	readonly type: string;
	readonly content: number;
	readonly end: number;
}

/** A box within another one. */
interface InnerBox {
	readonly type: string;
	readonly content: Buffer;
	/** With its head. */
	readonly whole: Buffer;
}

/** The index of a file, and which of the two formats it has. */
export interface Movie {
	readonly format: 'mp4' | 'mov';
	readonly index: Buffer;
}

/** The most bytes that the head of a box has. */
export const BOX_HEAD = 16;

/** Bytes of the largest index that is read: hours of video. */
export const MAX_INDEX = 16_000_000;

/** The boxes with which an MP4 or MOV may begin. */
const FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'];

const NOTHING = Buffer.alloc(0);

/** The box at a place of a file that begins with `bytes`; null if its head is not within them, `damaged` if it is none. */
export function boxAt(bytes: Buffer, at: number): Box | 'damaged' | null {
	if (at + 8 > bytes.length) return null;
	const short = bytes.readUInt32BE(at);
	if (short === 1 && at + BOX_HEAD > bytes.length) return null;
	const head = short === 1 ? BOX_HEAD : 8;
	const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
	if (length < head && short !== 0) return 'damaged';
	return {
		type: bytes.toString('latin1', at + 4, at + 8),
		content: at + head,
		end: short === 0 ? Infinity : at + length,
	};
}

/** The boxes within another one, as far as they are whole. */
export function* innerBoxes(bytes: Buffer): Generator<InnerBox, void> {
	for (let at = 0; at < bytes.length; ) {
		const box = boxAt(bytes, at);
		if (box === null || box === 'damaged') return;
		const { type, content, end } = box;
		yield { type, content: bytes.subarray(content, end), whole: bytes.subarray(at, end) };
		at = end;
	}
}

/** The contents of the boxes of a type within another one. */
export function boxesIn(bytes: Buffer, type: string): Buffer[] {
	const found: Buffer[] = [];
	for (const box of innerBoxes(bytes)) if (box.type === type) found.push(box.content);
	return found;
}

/** The content of a box by its path, the first of each type; empty if it is not there. */
export function boxWithin(bytes: Buffer, ...path: string[]): Buffer {
	return path.reduce((box, type) => boxesIn(box, type)[0] ?? NOTHING, bytes);
}

/**
 * Skips to the index, which may be behind the pictures; or says what is wrong, as the end of a sentence.
 * @param first the first 8 bytes, if they are already read
 */
export function* readMovie(first?: Buffer): Parser<Movie | string> {
	first ??= yield { take: 8 };
	if (!FIRST_BOXES.includes(first.toString('latin1', 4, 8))) return 'is not an MP4 file';
	// QuickTime is older than the box that names the format.
	let format: Movie['format'] = 'mov';
	for (let head = first; ; head = yield { take: 8 }) {
		// A length of 64 bits follows.
		if (head.length === 8 && head.readUInt32BE(0) === 1)
			head = Buffer.concat([head, yield { take: 8 }]);
		const box = boxAt(head, 0);
		if (box === null) return 'is truncated: it has no index';
		if (box === 'damaged') return 'is damaged';
		const length = box.end - box.content;
		if (box.type === 'moov') {
			if (length > MAX_INDEX) return `has an index above ${MAX_INDEX / 1e6} MB`;
			const index = yield { take: length };
			return index.length < length ? 'is truncated within its index' : { format, index };
		}
		if (length === Infinity) return 'has no index';
		if (box.type === 'ftyp') {
			const brand = yield { take: Math.min(4, length) };
			if (brand.toString('latin1') !== 'qt  ') format = 'mp4';
			yield { skip: length - brand.length };
		} else yield { skip: length };
	}
}

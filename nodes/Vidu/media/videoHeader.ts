/** Reads length and size from the header of a video, in the formats that Vidu accepts. Pure. */
import type { Parser } from './feed';
import type { FileHeader } from './fileHeader';
import { boxesIn, boxWithin, readMovie, type Movie } from './mp4';

/** Null: not an MP4, MOV or AVI file with a video in it, or damaged. */
export function* readVideo(): Parser<FileHeader | null> {
	const head = yield { take: 8 };
	if (ascii(head, 0) === 'RIFF') return yield* readAvi();
	const movie = yield* readMovie(head);
	return typeof movie === 'string' ? null : readIndex(movie);
}

/** The first video track in the index. */
function readIndex({ format, index }: Movie): FileHeader | null {
	const track = boxesIn(index, 'trak').find(
		(each) => ascii(boxWithin(each, 'mdia', 'hdlr'), 8) === 'vide',
	);
	if (track === undefined) return null;
	const [film, shown] = [boxWithin(index, 'mvhd'), boxWithin(track, 'tkhd')];
	// Version 1 has times of 64 bits.
	const wide = shown[0] === 1;
	const perSecond = uint(film, film[0] === 1 ? 20 : 12);
	const fragments = boxWithin(index, 'mvex', 'mehd');
	const length = wide ? long(shown, 28) : uint(shown, 20);
	const inFragments = fragments[0] === 1 ? long(fragments, 4) : uint(fragments, 4);
	const [width, height] = [wide ? 88 : 76, wide ? 92 : 80].map((at) => uint(shown, at) >>> 16);
	return sized(format, width, height, (length || inFragments) / perSecond);
}

/** Microsoft's "AVI RIFF File Reference": the main header is in the first list. */
function* readAvi(): Parser<FileHeader | null> {
	if (ascii(yield { take: 4 }, 0) !== 'AVI ') return null;
	for (;;) {
		const head = yield { take: 8 };
		if (head.length < 8) return null;
		const length = head.readUInt32LE(4);
		switch (ascii(head, 0)) {
			case 'LIST':
				if (ascii(yield { take: 4 }, 0) !== 'hdrl') return null;
				break;
			case 'avih': {
				const main = yield { take: 40 };
				if (main.length < 40) return null;
				const [perFrame, frames, width, height] = [0, 16, 32, 36].map((at) =>
					main.readUInt32LE(at),
				);
				return sized('avi', width, height, ((perFrame ?? 0) * (frames ?? 0)) / 1e6);
			}
			default:
				// Chunks begin at even places.
				yield { skip: length + (length % 2) };
		}
	}
}

function sized(
	format: FileHeader['format'],
	width = 0,
	height = 0,
	seconds = 0,
): FileHeader | null {
	if (width === 0 || height === 0) return null;
	return { format, width, height, seconds: seconds > 0 && seconds < Infinity ? seconds : null };
}

const ascii = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);

/** A number in a box; 0 if it is not there, or all ones, which means unknown. */
function uint(bytes: Buffer, at: number): number {
	const value = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
	return value === 0xffffffff ? 0 : value;
}

function long(bytes: Buffer, at: number): number {
	return uint(bytes, at) * 2 ** 32 + uint(bytes, at + 4);
}

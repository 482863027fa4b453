/** Reads format and size from the first bytes of an image, in the formats that Vidu accepts. Pure. */
import type { Parser } from './feed';
import type { FileHeader } from './fileHeader';

/** Enough for the header of any PNG or WebP, and of a JPEG after large EXIF data and color profiles. */
const MAX_HEADER_BYTES = 2_000_000;

/** `more`: the header continues after the given bytes. `unknown`: not PNG, JPEG or WebP, or damaged. */
type HeaderResult = FileHeader | 'more' | 'unknown';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Takes as much as the header needs; null: not PNG, JPEG or WebP, or damaged. */
export function* readImage(): Parser<FileHeader | null> {
	let bytes = Buffer.alloc(0);
	while (bytes.length < MAX_HEADER_BYTES) {
		const more = yield { take: 64 * 1024 };
		bytes = Buffer.concat([bytes, more]);
		const header = readImageHeader(bytes);
		if (header !== 'more') return header === 'unknown' ? null : header;
		if (more.length === 0) return null;
	}
	return null;
}

/** Reads the format and pixel size of the image that starts with `bytes`. */
export function readImageHeader(bytes: Uint8Array): HeaderResult {
	if (bytes.length < 12) return 'more';
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (PNG.every((byte, i) => bytes[i] === byte)) return readPng(view);
	if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(view);
	if (ascii(view, 0) === 'RIFF' && ascii(view, 8) === 'WEBP') return readWebp(view);
	return 'unknown';
}

function ascii(view: DataView, offset: number): string {
	return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(offset + i)));
}

function sized(format: FileHeader['format'], width: number, height: number): HeaderResult {
	return width > 0 && height > 0 ? { format, width, height } : 'unknown';
}

/** PNG specification, 11.2.2: IHDR is the first chunk. */
function readPng(view: DataView): HeaderResult {
	if (view.byteLength < 24) return 'more';
	if (ascii(view, 12) !== 'IHDR') return 'unknown';
	return sized('png', view.getUint32(16), view.getUint32(20));
}

/** JPEG (ITU T.81, B.1.1): walks the segments to the start of frame, which holds the size. */
function readJpeg(view: DataView): HeaderResult {
	let offset = 2;
	while (offset + 9 <= view.byteLength) {
		if (view.getUint8(offset) !== 0xff) return 'unknown';
		const marker = view.getUint8(offset + 1);
		if (marker === 0xff) {
			// A marker may be preceded by fill bytes.
			offset += 1;
			continue;
		}
		const startOfFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (startOfFrame) {
			return sized('jpeg', view.getUint16(offset + 7), view.getUint16(offset + 5));
		}
		const length = view.getUint16(offset + 2);
		// Pixel data or the end before any frame header.
		if (marker === 0xda || marker === 0xd9 || length < 2) return 'unknown';
		offset += 2 + length;
	}
	return 'more';
}

/** WebP container specification: VP8X, VP8L and VP8 keep the size at different places. */
function readWebp(view: DataView): HeaderResult {
	if (view.byteLength < 30) return 'more';
	const chunk = ascii(view, 12);
	if (chunk === 'VP8X') {
		const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
		return sized('webp', uint24(24) + 1, uint24(27) + 1);
	}
	if (chunk === 'VP8L' && view.getUint8(20) === 0x2f) {
		const bits = view.getUint32(21, true);
		return sized('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
	}
	if (chunk === 'VP8 ') {
		return sized('webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
	}
	return 'unknown';
}

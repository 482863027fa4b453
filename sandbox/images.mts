/** Looks at the images and videos that a request refers to, as a provider would. */
import type { Size } from './assets/sizes.mts';

/** Sides in pixels, and the longer side over the shorter one. */
export interface ImageLimits {
	readonly minSide: number;
	readonly maxSide: number;
	readonly maxRatio: number;
}
const USUAL: ImageLimits = { minSide: 128, maxSide: Infinity, maxRatio: 4 };

/** The error codes that a reference can end with. */
export type MediaTrouble =
	| 'ImageFormatInvalid'
	| 'PageSizeOutOfRange'
	| 'ImageDownloadFailure'
	| 'VideoFormatInvalid'
	| 'VideoDownloadFailure';

/** Width and height of a PNG, JPEG or WebP, told by its own bytes; null for anything else. */
export function imageSize(bytes: Buffer): Size | null {
	try {
		if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) {
			return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
		}
		if (bytes.readUInt16BE(0) === 0xffd8) return jpegSize(bytes);
		if (ascii(bytes, 0) === 'RIFF' && ascii(bytes, 8) === 'WEBP') return webpSize(bytes);
		return null;
	} catch (error) {
		// A header cut short is no image.
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/** What is wrong with an image, or its size: png, jpeg or webp, usually at least 128 × 128 and 1:4 to 4:1. */
export function checkImage(bytes: Buffer, limits = USUAL): Size | MediaTrouble {
	const size = imageSize(bytes);
	if (size === null) return 'ImageFormatInvalid';
	const { width, height } = size;
	const sides =
		Math.min(width, height) >= limits.minSide && Math.max(width, height) <= limits.maxSide;
	const long = Math.max(width / height, height / width) > limits.maxRatio;
	return !sides || long ? 'PageSizeOutOfRange' : size;
}

/** Whether bytes are an MP4, MOV or AVI by their first box or chunk. */
export function isVideo(bytes: Buffer): boolean {
	const avi = ascii(bytes, 0) === 'RIFF' && ascii(bytes, 8) === 'AVI ';
	return avi || ['ftyp', 'moov', 'mdat', 'wide'].includes(ascii(bytes, 4));
}

/**
 * Fetches a reference when it lies on this machine; other hosts count as reachable, except names
 * that end in `.invalid`. @returns the bytes, null when they were not looked at, or the trouble
 */
export async function fetchReference(url: string): Promise<Buffer | null | 'unreachable'> {
	const { hostname } = new URL(url);
	if (hostname.endsWith('.invalid')) return 'unreachable';
	if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return null;
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
		return answer.ok ? Buffer.from(await answer.arrayBuffer()) : 'unreachable';
	} catch {
		return 'unreachable';
	}
}

const ascii = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);

function jpegSize(bytes: Buffer): Size | null {
	for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
		if (bytes[at] !== 0xff) return null;
		const marker = bytes[at + 1] ?? 0;
		// The frame headers SOF0 to SOF15, without the three tables that share their range.
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
			return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
		}
	}
	return null;
}

function webpSize(bytes: Buffer): Size | null {
	switch (ascii(bytes, 12)) {
		case 'VP8 ':
			return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
		case 'VP8L': {
			const bits = bytes.readUInt32LE(21);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		case 'VP8X':
			return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
		default:
			return null;
	}
}

/** Looks at the images and videos that a request refers to, as a provider would. */
import { imageSize as measure } from 'image-size';
import type { Size } from './assets/sizes.mts';

/** Sides in pixels, and the longer side over the shorter one. */
export interface ImageLimits {
	readonly minSide: number;
	readonly maxSide: number;
	readonly maxRatio: number;
}
export const USUAL: ImageLimits = { minSide: 128, maxSide: Infinity, maxRatio: 4 };

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
		const { type = '', width, height } = measure(bytes);
		return ['png', 'jpg', 'webp'].includes(type) ? { width, height } : null;
	} catch {
		return null;
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
		const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
		return answer.ok ? Buffer.from(await answer.arrayBuffer()) : 'unreachable';
	} catch {
		return 'unreachable';
	}
}

const ascii = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);

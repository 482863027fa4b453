/**
 * What Vidu accepts as an image, checked before the request. Pure.
 * Source: platform.vidu.com/docs (image fields of every video endpoint): PNG, JPEG or WebP, at least
 * 128 × 128 px, aspect ratio between 1:4 and 4:1, at most 50 MB.
 */
import type { ImageLimits } from '../catalogue/rules';
import { linkProblem } from './links';
import type { MediaInput } from './input';
import { readImageHeader, type ImageHeader } from './imageHeader';

export const USUAL_LIMITS: ImageLimits = { minSide: 128, maxRatio: 4, maxBytes: 50_000_000 };

/**
 * What is wrong with an image, as the end of a sentence that begins with its name; null if it is fine.
 * `size` in bytes of the whole file.
 */
export function imageProblem(
	header: ImageHeader | 'unknown',
	size: number,
	{ minSide, maxSide = Infinity, maxRatio, maxBytes } = USUAL_LIMITS,
): string | null {
	if (header === 'unknown') return 'is not a PNG, JPEG or WebP image';
	const { width, height } = header;
	const pixels = `is ${width} × ${height} px, but`;
	const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
	if (shorter < minSide) return `${pixels} both sides must have at least ${minSide} px`;
	if (longer > maxSide) return `${pixels} both sides may have at most ${maxSide} px`;
	if (longer > maxRatio * shorter) {
		return `${pixels} the aspect ratio must be between 1:${maxRatio} and ${maxRatio}:1`;
	}
	if (size > maxBytes) {
		return `is ${megabytes(size)}, but at most ${megabytes(maxBytes)} are allowed`;
	}
	return null;
}

/**
 * What is wrong with an image given as a URL, a data URI or an `ssupload:` URI; null if it is fine.
 * `baseUrl` as for {@link linkProblem}.
 */
export function imageReferenceProblem(
	reference: string,
	limits = USUAL_LIMITS,
	baseUrl = '',
): string | null {
	if (reference.startsWith('ssupload:')) return null;
	if (!reference.startsWith('data:')) return linkProblem(reference, baseUrl);
	const [prefix = '', base64 = ''] = splitOnce(reference, ',');
	if (!/^data:image\/(png|jpe?g|webp);base64$/i.test(prefix)) {
		return 'must start with "data:image/png;base64," (or jpeg, jpg, webp)';
	}
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.length === 0) return 'contains no image data';
	const header = readImageHeader(bytes);
	return imageProblem(header === 'more' ? 'unknown' : header, bytes.length, limits);
}

/** Width times height of an image whose bytes are known; null for an address, or if it is not an image. */
export function pixelsOf(image: MediaInput): number | null {
	const header = image.kind === 'binary' ? image.image.header : headerIn(image.value);
	return header === null || header === 'unknown' ? null : header.width * header.height;
}

function headerIn(reference: string): ImageHeader | null {
	if (!reference.startsWith('data:')) return null;
	const header = readImageHeader(Buffer.from(splitOnce(reference, ',')[1], 'base64'));
	return typeof header === 'string' ? null : header;
}

/** Formats bytes as megabytes. */
export function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1).replace(/\.?0+$/, '')} MB`;
}

function splitOnce(value: string, separator: string): [string, string] {
	const at = value.indexOf(separator);
	return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}

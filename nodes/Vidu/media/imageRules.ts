/**
 * What Vidu takes as an image, checked before the call. Pure.
 * Source: platform.vidu.com/docs (image fields of every video endpoint): PNG, JPEG or WebP, at least
 * 128 × 128 px, aspect ratio between 1:4 and 4:1, at most 50 MB.
 */
import { readImageHeader, type ImageHeader } from './imageHeader';

export const MIN_IMAGE_SIDE = 128;
export const MAX_IMAGE_RATIO = 4;
export const MAX_IMAGE_BYTES = 50_000_000;

/**
 * What is wrong with an image, as the end of a sentence that begins with its name; null when it is fine.
 * `size` in bytes of the whole file.
 */
export function imageProblem(header: ImageHeader | 'unknown', size: number): string | null {
	if (header === 'unknown') return 'is not a PNG, JPEG or WebP image';
	const { width, height } = header;
	if (width < MIN_IMAGE_SIDE || height < MIN_IMAGE_SIDE) {
		return `is ${width} × ${height} px, but both sides must have at least ${MIN_IMAGE_SIDE} px`;
	}
	if (Math.max(width, height) > MAX_IMAGE_RATIO * Math.min(width, height)) {
		return `is ${width} × ${height} px, but the aspect ratio must be between 1:4 and 4:1`;
	}
	if (size > MAX_IMAGE_BYTES) {
		return `is ${megabytes(size)}, but at most ${megabytes(MAX_IMAGE_BYTES)} are allowed`;
	}
	return null;
}

/** What is wrong with an image given as text: a URL, a data URI, or an `ssupload:` URI. Null when it is fine. */
export function imageReferenceProblem(reference: string): string | null {
	if (reference.startsWith('ssupload:')) return null;
	if (!reference.startsWith('data:')) return urlProblem(reference);
	const [prefix = '', base64 = ''] = splitOnce(reference, ',');
	if (!/^data:image\/(png|jpe?g|webp);base64$/i.test(prefix)) {
		return 'must start with "data:image/png;base64," (or jpeg, jpg, webp)';
	}
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.length === 0) return 'holds no image data';
	const header = readImageHeader(bytes);
	return imageProblem(header === 'more' ? 'unknown' : header, bytes.length);
}

/** What is wrong with a URL that the provider has to fetch; null when it is fine. */
export function urlProblem(reference: string): string | null {
	if (!URL.canParse(reference)) return 'is not a URL. Give a public https:// address';
	const { protocol } = new URL(reference);
	return protocol === 'http:' || protocol === 'https:'
		? null
		: `starts with "${protocol}", but must be a public http or https address`;
}

/** A size for people: bytes in megabytes. */
export function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1).replace(/\.?0+$/, '')} MB`;
}

function splitOnce(value: string, separator: string): [string, string] {
	const at = value.indexOf(separator);
	return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}

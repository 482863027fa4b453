/**
 * What Vidu accepts as an image, a video or a sound, checked before the request. Pure.
 * Source: platform.vidu.com/docs (image fields of every video endpoint): PNG, JPEG or WebP, at least
 * 128 × 128 px, aspect ratio between 1:4 and 4:1, at most 50 MB. Limits of videos and sounds are in the catalogue.
 */
import type { ImageLimits, RecordingLimits } from '../catalogue/limits';
import type { MediaKind } from '../providers/types';
import type { FileHeader } from './fileHeader';
import { headerOf } from './header';
import type { MediaInput } from './input';
import { linkProblem } from './links';

export type MediaLimits = ImageLimits | RecordingLimits;

export const USUAL_LIMITS: ImageLimits = { minSide: 128, maxRatio: 4, maxBytes: 50_000_000 };

/** For messages: what a file should be, and how it begins as a data URI. */
const TYPES: Readonly<Record<MediaKind, { what: string; uri: RegExp; like: string }>> = {
	image: {
		what: 'a PNG, JPEG or WebP image',
		uri: /^data:image\/(png|jpe?g|webp);base64$/i,
		like: '"data:image/png;base64," (or jpeg, jpg, webp)',
	},
	video: {
		what: 'an MP4, MOV or AVI video',
		uri: /^data:video\/[\w.+-]+;base64$/i,
		like: '"data:video/mp4;base64,"',
	},
	audio: {
		what: 'an MP3 sound',
		uri: /^data:audio\/(mpeg|mp3);base64$/i,
		like: '"data:audio/mpeg;base64,"',
	},
};

/**
 * What is wrong with a file, as the end of a sentence that begins with its name; null if it is fine.
 * @param header null if it is not of the type
 * @param size bytes of the whole file
 * @param count how many files the field has
 */
export function fileProblem(
	type: MediaKind,
	header: FileHeader | null,
	size: number,
	limits: MediaLimits = USUAL_LIMITS,
	count = 1,
): string | null {
	if (header === null) return `is not ${TYPES[type].what}`;
	const { minSide, maxSide = Infinity, maxRatio, maxBytes } = limits;
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
	return 'seconds' in limits ? lengthProblem(header, limits, count) : null;
}

/** A clip of 5 s often has a frame more, hence lengths count in whole seconds. */
function lengthProblem(
	{ seconds }: FileHeader,
	{ seconds: [min, most], maxSecondsOfSeveral = most }: RecordingLimits,
	count: number,
): string | null {
	const max = count > 1 ? maxSecondsOfSeveral : most;
	const whole = Math.round(seconds ?? min);
	if (whole >= min && whole <= max) return null;
	const several = max < most ? `, or ${most} s if it is the only one` : '';
	const range = min > 0 ? `${min} to ${max} s` : `at most ${max} s`;
	return `is ${(seconds ?? 0).toFixed(1)} s long, but ${range} are allowed${several}`;
}

/** What is wrong with a file given as a URL, a data URI or, images only, an `ssupload:` URI. `baseUrl` as for {@link linkProblem}. */
export function referenceProblem(
	type: MediaKind,
	reference: string,
	limits?: MediaLimits,
	baseUrl = '',
	count = 1,
): string | null {
	if (type === 'image' && reference.startsWith('ssupload:')) return null;
	if (!reference.startsWith('data:')) return linkProblem(reference, baseUrl);
	const [prefix, bytes] = dataIn(reference);
	if (!TYPES[type].uri.test(prefix)) return `must start with ${TYPES[type].like}`;
	if (bytes.length === 0) return `contains no ${type === 'audio' ? 'sound' : type} data`;
	return fileProblem(type, headerOf(bytes, type), bytes.length, limits, count);
}

/** What is wrong with what the user gave; as above. */
export function mediaProblem(
	input: MediaInput,
	limits?: MediaLimits,
	baseUrl?: string,
	count?: number,
): string | null {
	return input.kind === 'reference'
		? referenceProblem(input.type, input.value, limits, baseUrl, count)
		: fileProblem(input.type, input.file.header, input.file.size, limits, count);
}

/** The header of what the user gave; null for an address, or if it cannot be read. */
export function headerIn(input: MediaInput): FileHeader | null {
	if (input.kind === 'binary') return input.file.header;
	return input.value.startsWith('data:') ? headerOf(dataIn(input.value)[1], input.type) : null;
}

/** Formats bytes as megabytes. */
export function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1).replace(/\.?0+$/, '')} MB`;
}

/** What is before the comma of a data URI, and the bytes behind it. */
function dataIn(uri: string): [prefix: string, bytes: Buffer] {
	const at = uri.indexOf(',');
	if (at < 0) return [uri, Buffer.alloc(0)];
	return [uri.slice(0, at), Buffer.from(uri.slice(at + 1), 'base64')];
}

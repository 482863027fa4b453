/** Looks at the images and videos that a request refers to. */
import type { Size } from '../assets/sizes.mts';
import { Refusal, invalid } from '../documents/viduErrors.mts';
import {
	checkImage,
	fetchReference,
	isVideo,
	type ImageLimits,
	type MediaTrouble,
} from '../images.mts';
import type { Uploads } from '../uploads.mts';

type Reference = readonly [field: string, value: string];

/** What a request refers to, each with the name of its field. */
export interface References {
	readonly images: readonly Reference[];
	readonly videos?: readonly Reference[];
	/** The images are a first and a last frame. */
	readonly frames?: boolean;
	/** Where they are not the usual ones. */
	readonly limits?: ImageLimits;
}

export interface Inspection {
	/** The error that the task will end with: found only when the provider downloads, after the create. */
	readonly failure?: MediaTrouble;
	/** The size of the first image, where it was looked at. */
	readonly frame: Size | null;
	/** The bytes of the images, null for those that were not looked at. */
	readonly images: ReadonlyArray<Buffer | null>;
}

/** "The resolution of the first and the last frame must be close: 0.8 to 1.25." */
const CLOSE: readonly [number, number] = [0.8, 1.25];

/** @throws {Refusal} for what is wrong with data that came with the request itself */
export async function inspectReferences(
	uploads: Uploads,
	key: string,
	{ images, videos = [], frames = false, limits }: References,
): Promise<Inspection> {
	const sizes: Array<Size | null> = [];
	const looked: Array<Buffer | null> = [];
	let failure: MediaTrouble | undefined;
	for (const [field, value] of images) {
		const bytes = await load(value, field, 'image', uploads, key);
		const size =
			bytes === 'unreachable' ? 'ImageDownloadFailure' : bytes && checkImage(bytes, limits);
		looked.push(bytes === 'unreachable' ? null : bytes);
		if (typeof size !== 'string') sizes.push(size);
		else if (isRemote(value)) failure ??= size;
		else throw new Refusal(size, `${field}: ${size}`);
	}
	for (const [field, value] of videos) {
		const bytes = await load(value, field, 'video', uploads, key);
		if (bytes === 'unreachable') failure ??= 'VideoDownloadFailure';
		else if (bytes !== null && !isVideo(bytes)) {
			if (!isRemote(value)) throw new Refusal('VideoFormatInvalid', `${field}: VideoFormatInvalid`);
			failure ??= 'VideoFormatInvalid';
		}
	}
	const [first, last] = sizes;
	if (frames && first && last) {
		const share = (first.width * first.height) / (last.width * last.height);
		if (share < CLOSE[0] || share > CLOSE[1]) {
			throw new Refusal('PageSizeOutOfRange', 'the sizes of first and last frame differ too much');
		}
	}
	return { failure, frame: first ?? null, images: looked };
}

const isRemote = (value: string) => /^https?:\/\//.test(value);

async function load(
	value: string,
	field: string,
	kind: 'image' | 'video',
	uploads: Uploads,
	key: string,
): Promise<Buffer | null | 'unreachable'> {
	if (isRemote(value)) {
		if (!URL.canParse(value)) throw invalid(field, 'not a URL');
		return await fetchReference(value);
	}
	if (value.startsWith('ssupload:') && kind === 'image') {
		const bytes = uploads.resolve(value, key);
		if (bytes === undefined) throw invalid(field, 'no such upload');
		return bytes;
	}
	// In two steps: one expression over megabytes overflows the stack.
	const comma = value.indexOf(',') + 1;
	const [, type = ''] = /^data:(\w+)\/[\w.+-]+;base64,$/.exec(value.slice(0, comma)) ?? [];
	const base64 = value.slice(comma);
	if (type !== kind || base64 === '' || /[^\w+/=]/.test(base64))
		throw invalid(field, `a URL or data:${kind}/…;base64,… is expected`);
	return Buffer.from(base64, 'base64');
}

/** Images, videos and sounds as given by the user, before they are converted for the request. */
import type { IBinaryData } from 'n8n-workflow';
import type { Values } from '../catalogue/values';
import type { MediaKind } from '../providers/types';
import type { BinaryFile } from './binaryFile';

interface AnyMedia {
	readonly type: MediaKind;
	/** Its name in messages. */
	readonly label: string;
}

/** A file of the incoming item. */
export interface BinaryMedia extends AnyMedia {
	readonly kind: 'binary';
	readonly binary: IBinaryData;
	readonly file: BinaryFile;
}

/** An address, data URI or `ssupload:` URI, or a file. */
export type MediaInput =
	| (AnyMedia & { readonly kind: 'reference'; readonly value: string })
	| BinaryMedia;

/** Tells media from the other values of a request. */
export function isMedia(value: unknown): value is MediaInput {
	return typeof value === 'object' && value !== null && 'kind' in value && 'label' in value;
}

/** `T` with a text in place of every file. */
export type WithoutMedia<T> = T extends MediaInput
	? string
	: T extends object
		? { [K in keyof T]: WithoutMedia<T[K]> }
		: T;

/** A copy of plain data with a text in place of every file, at any depth. */
export function mapMedia<T>(data: T, spell: (input: MediaInput) => string): WithoutMedia<T> {
	const copy = (value: unknown): unknown => {
		if (isMedia(value)) return spell(value);
		if (Array.isArray(value)) return value.map(copy);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
	};
	return copy(data) as WithoutMedia<T>;
}

/** All media in plain data, in its order. */
export function collectMedia(data: unknown): MediaInput[] {
	const media: MediaInput[] = [];
	const collect = (value: unknown) => {
		if (typeof value !== 'object' || value === null) return;
		if (isMedia(value)) media.push(value);
		else for (const inner of Object.values(value)) collect(inner);
	};
	collect(data);
	return media;
}

/** What is asked for, its media not yet converted. */
export type Draft = Values<MediaInput>;

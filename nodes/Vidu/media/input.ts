/** Images as given by the user, before they are converted for the request. */
import type { IBinaryData } from 'n8n-workflow';
import type { Values } from '../catalogue/rules';
import type { BinaryImage } from './binaryImage';

/** An address, data URI or `ssupload:` URI, or a file of the incoming item. `label` names it in messages. */
export type MediaInput =
	| { readonly kind: 'reference'; readonly value: string; readonly label: string }
	| {
			readonly kind: 'binary';
			readonly binary: IBinaryData;
			readonly image: BinaryImage;
			readonly label: string;
	  };

/** Tells an image from the other values of a request. */
export function isMedia(value: unknown): value is MediaInput {
	return typeof value === 'object' && value !== null && 'kind' in value && 'label' in value;
}

/** `T` with a text in place of every image. */
export type WithoutMedia<T> = T extends MediaInput
	? string
	: T extends object
		? { [K in keyof T]: WithoutMedia<T[K]> }
		: T;

/** A copy of plain data with a text in place of every image, at any depth. */
export function mapMedia<T>(data: T, spell: (image: MediaInput) => string): WithoutMedia<T> {
	const copy = (value: unknown): unknown => {
		if (isMedia(value)) return spell(value);
		if (Array.isArray(value)) return value.map(copy);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
	};
	return copy(data) as WithoutMedia<T>;
}

/** All images in plain data, in its order. */
export function collectMedia(data: unknown): MediaInput[] {
	if (isMedia(data)) return [data];
	return typeof data === 'object' && data !== null ? Object.values(data).flatMap(collectMedia) : [];
}

/** What is asked for, its images not yet converted. */
export type Draft = Values<MediaInput>;

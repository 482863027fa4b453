/** Images before they are in the form that goes on the wire. */
import type { IBinaryData } from 'n8n-workflow';
import type { GenerationRequest } from '../providers/types';
import type { BinaryImage } from './binaryImage';

/** An image as the user gave it: an address or data URI, or a binary field of the incoming item. */
export type MediaInput =
	| { readonly kind: 'reference'; readonly value: string; readonly label: string }
	| {
			readonly kind: 'binary';
			readonly binary: IBinaryData;
			readonly image: BinaryImage;
			/** How messages speak of it. */
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

/** A request whose images are not yet in the form that goes on the wire. */
export type Draft = GenerationRequest<MediaInput>;

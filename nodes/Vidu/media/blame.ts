/** Finds the image that caused a refusal, so that the user knows which one to replace. Pure. */
import type { MediaInput } from './input';

/** How messages name an image, and its address if it has one. */
export interface ImageName {
	readonly label: string;
	readonly url: string | null;
}

/** The provider's codes that are about an image. */
const ABOUT_IMAGES = /^(Image|PageSize|Photo|Face|NoFace|MultiFace)/;

/** The names of a request's images, without data URIs. */
export function namesOfImages(images: readonly MediaInput[]): ImageName[] {
	return images.map((image) => ({
		label: image.label,
		url: image.kind === 'reference' && /^https?:/i.test(image.value) ? image.value : null,
	}));
}

/** A sentence that names the image, or all that it could be; null if the refusal is about something else. */
export function blameImages(
	code: string | null,
	message: string,
	images: readonly ImageName[],
): string | null {
	// Queries, which may be signed, were removed from the message.
	const named = images.filter(({ url }) => url !== null && message.includes(withoutQuery(url)));
	const suspects = named.length > 0 ? named : images;
	if (suspects.length === 0 || !(named.length > 0 || ABOUT_IMAGES.test(code ?? ''))) return null;
	const list = suspects.map(({ label, url }) =>
		url === null ? label : `${label} (${withoutQuery(url)})`,
	);
	return suspects.length === 1
		? `The image in question: ${list[0]}`
		: `The image in question is one of: ${list.join('; ')}`;
}

function withoutQuery(url: string): string {
	return url.replace(/[?#].*$/, '');
}

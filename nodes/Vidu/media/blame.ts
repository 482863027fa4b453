/** Which image a refusal is about, so that the user knows which one to replace. Pure. */
import type { MediaInput } from './input';

/** How an image is named, and its address where it has one. */
export interface ImageName {
	readonly label: string;
	readonly url: string | null;
}

/** The provider's codes that are about an image. */
const ABOUT_IMAGES = /^(Image|PageSize|Photo|Face|NoFace|MultiFace)/;

/** The names of a request's images; data URIs and queries, which may be signed, stay out. */
export function namesOfImages(images: readonly MediaInput[]): ImageName[] {
	return images.map((image) => ({
		label: image.label,
		url: image.kind === 'reference' && /^https?:/i.test(image.value) ? image.value : null,
	}));
}

/** A sentence that names the image, or all that it may be; null when the refusal is about something else. */
export function blameImages(
	code: string | null,
	message: string,
	images: readonly ImageName[],
): string | null {
	// The message comes without queries, which may be signed.
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

/** Finds the image or video that caused a refusal, so that the user knows which one to replace. Pure. */
import type { MediaKind } from '../providers/types';
import type { MediaInput } from './input';

/** How messages name a file, and its address if it has one. */
export interface MediaName {
	readonly type: MediaKind;
	readonly label: string;
	readonly url: string | null;
}

/** The provider's codes that are about a file; there are none about sounds. */
const ABOUT: Partial<Record<MediaKind, RegExp>> = {
	image: /^(Image|PageSize|Photo|Face|NoFace|MultiFace)/,
	video: /^Video(Download|Format)/,
};

/** The names of a request's files, without data URIs. */
export function namesOf(media: readonly MediaInput[]): MediaName[] {
	return media.map((input) => ({
		type: input.type,
		label: input.label,
		url: input.kind === 'reference' && /^https?:/i.test(input.value) ? input.value : null,
	}));
}

/** A sentence that names the file, or all that it could be; null if the refusal is about something else. */
export function blameMedia(
	code: string | null,
	message: string,
	media: readonly MediaName[],
): string | null {
	// Queries, which may be signed, were removed from the message.
	const named = media.filter(({ url }) => url !== null && message.includes(withoutQuery(url)));
	const suspects =
		named.length > 0 ? named : media.filter(({ type }) => ABOUT[type]?.test(code ?? ''));
	const [first] = suspects;
	if (first === undefined) return null;
	const list = suspects.map(({ label, url }) =>
		url === null ? label : `${label} (${withoutQuery(url)})`,
	);
	const word = first.type === 'audio' ? 'sound' : first.type;
	return suspects.length === 1
		? `The ${word} in question: ${list[0]}`
		: `The ${word} in question is one of: ${list.join('; ')}`;
}

function withoutQuery(url: string): string {
	return url.replace(/[?#].*$/, '');
}

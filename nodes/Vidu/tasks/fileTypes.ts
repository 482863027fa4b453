/** What kind of file a result is, and how it is named. */
import type { MediaKind } from '../providers/types';

export interface FileType {
	readonly extension: string;
	readonly mimeType: string;
}

const TYPES: Readonly<Record<MediaKind, Readonly<Record<string, string>>>> = {
	video: { mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm' },
	image: { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp' },
	audio: { mp3: 'audio/mpeg', wav: 'audio/wav', m4a: 'audio/mp4', aac: 'audio/aac' },
};

/** How the path of an address ends, in lower case; empty when not like a file. */
function extensionOf(url: string): string {
	const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
	return (/\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase();
}

/** What a result is, by how its address ends; a video when that says nothing. */
export function kindOf(url: string): MediaKind {
	const extension = extensionOf(url);
	return (['image', 'audio'] as const).find((kind) => extension in TYPES[kind]) ?? 'video';
}

/** Extension and MIME type of a result, by its address, else the usual ones of its kind. */
export function fileTypeOf(url: string, kind: MediaKind): FileType {
	const given = extensionOf(url);
	const extension = given in TYPES[kind] ? given : (Object.keys(TYPES[kind])[0] ?? '');
	return { extension, mimeType: TYPES[kind][extension] ?? '' };
}

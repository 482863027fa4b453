/** Reads the header of a file of an expected type. Pure. */
import type { MediaKind } from '../providers/types';
import { feed, type Feed, type Parser } from './feed';
import type { FileHeader } from './fileHeader';
import { readImage } from './imageHeader';
import { readSound } from './soundHeader';
import { readVideo } from './videoHeader';

const READERS: Readonly<Record<MediaKind, () => Parser<FileHeader | null>>> = {
	audio: readSound,
	image: readImage,
	video: readVideo,
};

/** For a file that arrives in pieces. It finds null if the file is none of the type that Vidu accepts, or damaged. */
export function headerReader(type: MediaKind): Feed<FileHeader | null> {
	return feed(READERS[type]());
}

/** The header of a file in memory; null as above. */
export function headerOf(bytes: Buffer, type: MediaKind): FileHeader | null {
	const reader = headerReader(type);
	reader.push(bytes);
	return reader.end();
}

/** What a result is by its bytes, because headers and addresses can be wrong, and whether it is complete. Pure. */
import { boxAt } from '../../media/mp4';
import type { MediaKind } from '../../providers/types';

interface FileType {
	readonly kind: MediaKind;
	readonly extension: string;
	readonly mimeType: string;
}

/** Kind, extension, MIME type, and the beginning of the file (one character per byte). */
const TYPES: ReadonlyArray<readonly [MediaKind, string, string, RegExp]> = [
	['image', 'png', 'image/png', /^\x89PNG\r\n.\n/s],
	['image', 'jpg', 'image/jpeg', /^\xff\xd8\xff/],
	['image', 'webp', 'image/webp', /^RIFF.{4}WEBP/s],
	['image', 'gif', 'image/gif', /^GIF8[79]a/],
	['image', 'avif', 'image/avif', /^.{4}ftypavi[fs]/s],
	['audio', 'wav', 'audio/wav', /^RIFF.{4}WAVE/s],
	['audio', 'flac', 'audio/flac', /^fLaC/],
	['audio', 'ogg', 'audio/ogg', /^OggS/],
	// ADTS has the layer 0, MPEG audio here 2 or 3; 15 is no bit rate.
	['audio', 'aac', 'audio/aac', /^\xff[\xf0\xf1\xf8\xf9]/],
	['audio', 'mp3', 'audio/mpeg', /^(ID3|\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd][^\xf0-\xff])/],
	['audio', 'm4a', 'audio/mp4', /^.{4}ftypM4[AB] /s],
	['video', 'mov', 'video/quicktime', /^.{4}(ftypqt {2}|moov|mdat|wide|free|skip)/s],
	['video', 'mp4', 'video/mp4', /^.{4}ftyp(?!hei|mif|msf|avi)/s],
	['video', 'webm', 'video/webm', /^.E\xdf\xa3.{0,60}webm/s],
	['video', 'mkv', 'video/x-matroska', /^.E\xdf\xa3.{0,60}matroska/s],
];

/** The kind of a result by the end of its address; a video if that is unknown. */
export function kindOf(url: string): MediaKind {
	const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
	const ending = (/\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase().replace('jpeg', 'jpg');
	return TYPES.find(([, extension]) => extension === ending)?.[0] ?? 'video';
}

/**
 * The type of the file that begins with `head`; null if no provider makes such files.
 * @param expected tells audio from video in the same container
 */
export function fileTypeOf(head: Buffer, expected: MediaKind): FileType | null {
	const begin = head.toString('latin1', 0, 80);
	const type = TYPES.find(([, , , form]) => form.test(begin));
	if (type === undefined) return null;
	const [kind, extension, mimeType] = type;
	return extension === 'mp4' && expected === 'audio'
		? { kind: 'audio', extension: 'm4a', mimeType: 'audio/mp4' }
		: { kind, extension, mimeType };
}

/** What the bytes of a wrong file seem to be, for the user. */
export function inWords(head: Buffer): string {
	const begin = head
		.toString('utf8', 0, 1000)
		.replace(/^\uFEFF/, '')
		.trimStart();
	if (begin === '') return 'nothing';
	if (/^(<!doctype html|<html|<head|<body)/i.test(begin)) return 'a web page (HTML)';
	if (/^<[^]*<svg|^<svg/i.test(begin)) return 'an SVG drawing';
	if (begin.startsWith('<')) return 'XML or HTML';
	return /^[{[]/.test(begin) ? 'JSON' : 'data of an unknown type';
}

/**
 * What is wrong with an MP4, as the end of a sentence; null if nothing is visible. Such a file is a
 * sequence of boxes (ISO/IEC 14496-12, 4.2).
 * @param head the first bytes
 * @param size bytes of the whole file
 */
export function mp4Problem(head: Buffer, size: number): string | null {
	if (head.length < 12 || head.toString('latin1', 4, 8) !== 'ftyp') return 'it is not an MP4 file';
	const types = new Set<string>();
	for (let at = 0; at < size; ) {
		const box = boxAt(head, at);
		if (box === null) return head.length < size ? null : 'it is truncated';
		if (box === 'damaged') return 'it is damaged';
		// The last box may extend to the end of the file.
		if (box.end === Infinity) return null;
		if (box.end > size) return 'it is truncated';
		types.add(box.type);
		at = box.end;
	}
	// The media data and its index.
	return types.has('mdat') && types.has('moov') ? null : 'it is truncated';
}

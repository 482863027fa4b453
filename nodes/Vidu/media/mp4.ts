/** Tells from its head whether an MP4 is whole (ISO/IEC 14496-12, 4.2: a file is a row of boxes). Pure. */

/**
 * What is wrong with a video file, as the end of a sentence; null when nothing shows.
 * @param head the first bytes
 * @param size bytes of the whole file
 */
export function mp4Problem(head: Buffer, size: number): string | null {
	if (head.length < 12 || head.toString('latin1', 4, 8) !== 'ftyp') return 'it is no MP4 file';
	for (let at = 0; at + 16 <= head.length; ) {
		const short = head.readUInt32BE(at);
		const length = short === 1 ? Number(head.readBigUInt64BE(at + 8)) : short;
		// The last box may leave its length open.
		if (short === 0) return null;
		if (length < 8) return 'it is damaged';
		if (at + length > size) return 'it is cut off';
		at += length;
	}
	return null;
}

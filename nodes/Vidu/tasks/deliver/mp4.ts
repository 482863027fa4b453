/** Checks by its head whether an MP4 is complete (ISO/IEC 14496-12, 4.2: a file is a sequence of boxes). Pure. */

/**
 * What is wrong with a video file, as the end of a sentence; null if nothing is visible.
 * @param head the first bytes
 * @param size bytes of the whole file
 */
export function mp4Problem(head: Buffer, size: number): string | null {
	const typeAt = (at: number) => head.toString('latin1', at + 4, at + 8);
	if (head.length < 12 || typeAt(0) !== 'ftyp') return 'it is not an MP4 file';
	const types = new Set<string>();
	for (let at = 0; at < size; ) {
		const short = at + 8 <= head.length ? head.readUInt32BE(at) : null;
		if (short === null || (short === 1 && at + 16 > head.length)) {
			return head.length < size ? null : 'it is truncated';
		}
		const length = short === 1 ? Number(head.readBigUInt64BE(at + 8)) : short;
		// The last box may extend to the end of the file.
		if (short === 0) return null;
		if (length < 8) return 'it is damaged';
		if (at + length > size) return 'it is truncated';
		types.add(typeAt(at));
		at += length;
	}
	// The media data and its index.
	return types.has('mdat') && types.has('moov') ? null : 'it is truncated';
}

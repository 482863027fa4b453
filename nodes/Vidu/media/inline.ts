/** Decides which images travel inside the request and which are uploaded first. Pure. */

/** Bytes of the data URI of a file of `size` bytes: base64, quotes, comma and prefix. */
export function inlineBytes(size: number): number {
	return Math.ceil(size / 3) * 4 + 40;
}

/**
 * Chooses the files to upload so that the rest fits into the request: none if all fit, else the
 * largest that can be uploaded first.
 * @param sizes bytes of each file
 * @param otherBytes bytes of the request without the files
 * @param maxBodyBytes the largest request
 * @param maxUploadBytes the largest file that can be uploaded; 0 if there is no upload
 * @returns the indexes to upload, or null if the request cannot be made to fit
 */
export function chooseUploads(
	sizes: readonly number[],
	otherBytes: number,
	maxBodyBytes: number,
	maxUploadBytes: number,
): ReadonlySet<number> | null {
	const uploads = new Set<number>();
	let total = otherBytes + sizes.reduce((sum, size) => sum + inlineBytes(size), 0);
	const candidates = sizes
		.map((size, index) => ({ size, index }))
		.filter(({ size }) => size <= maxUploadBytes)
		.sort((a, b) => b.size - a.size);
	for (const { size, index } of candidates) {
		if (total <= maxBodyBytes) break;
		uploads.add(index);
		total -= inlineBytes(size) - UPLOADED_URI_BYTES;
	}
	return total <= maxBodyBytes ? uploads : null;
}

/** Bytes that an `ssupload:?id=…` URI takes in the request. */
const UPLOADED_URI_BYTES = 80;

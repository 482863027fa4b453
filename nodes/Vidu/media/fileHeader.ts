/** What the header of an image, video or sound says, as far as limits are about it. */

/** The formats that Vidu accepts, with their MIME types. */
const MIME_TYPES = {
	png: 'image/png',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	avi: 'video/x-msvideo',
	mp3: 'audio/mpeg',
} as const;

export interface FileHeader {
	readonly format: keyof typeof MIME_TYPES;
	/** Pixels as stored, before the rotation that the file asks for: Vidu limits the stored size. 0 for sounds. */
	readonly width: number;
	readonly height: number;
	/** Null if the header does not say it; absent for images. */
	readonly seconds?: number | null;
}

/** The MIME type by the bytes, not by the item. */
export function mimeTypeOf({ format }: FileHeader): string {
	return MIME_TYPES[format];
}

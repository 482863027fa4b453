/** Reads images from the data fields of incoming items, as streams so that the file system and S3 work. */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { readHead } from './binaryHead';
import { readImageHeader, type ImageHeader } from './imageHeader';

/** Enough for the header of any PNG or WebP, and of a JPEG after large EXIF data and color profiles. */
const MAX_HEADER_BYTES = 2_000_000;

export interface BinaryImage {
	readonly header: ImageHeader | 'unknown';
	/** Bytes. */
	readonly size: number;
	/** The type according to the bytes, not to the item. */
	readonly mimeType: string;
}

/** Reads the header and the size of an image without loading the whole file. */
export async function inspectImage(
	context: IExecuteFunctions,
	binary: IBinaryData,
): Promise<BinaryImage> {
	const { head, size } = await readHead(
		context,
		binary,
		(read) => readImageHeader(read) !== 'more' || read.length > MAX_HEADER_BYTES,
	);
	return described(headerOf(head), size);
}

/** Loads the whole file. */
export async function readBinary(context: IExecuteFunctions, binary: IBinaryData): Promise<Buffer> {
	if (!binary.id) return Buffer.from(binary.data, 'base64');
	const stream = await context.helpers.getBinaryStream(binary.id, 256 * 1024);
	return await context.helpers.binaryToBuffer(stream);
}

function headerOf(bytes: Buffer): ImageHeader | 'unknown' {
	const header = readImageHeader(bytes);
	return header === 'more' ? 'unknown' : header;
}

function described(header: ImageHeader | 'unknown', size: number): BinaryImage {
	const format = header === 'unknown' ? 'png' : header.format;
	return { header, size, mimeType: `image/${format}` };
}

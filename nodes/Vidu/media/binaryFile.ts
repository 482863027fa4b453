/** Reads files from the data fields of incoming items, as streams so that the file system and S3 work. */
import type { IBinaryData } from 'n8n-workflow';
import type { MediaKind } from '../providers/types';
import type { Worker } from '../transport/caller';
import { mimeTypeOf, type FileHeader } from './fileHeader';
import type { ByteStream } from '../transport/limits';
import { headerReader } from './header';

/** A file as its bytes describe it, whatever the item says. */
export interface BinaryFile {
	/** Null if it is not of the type that was expected. */
	readonly header: FileHeader | null;
	/** Bytes. */
	readonly size: number;
	readonly mimeType: string;
}

const CHUNK = 64 * 1024;

/** The pieces of a file, as a stream if n8n does not keep it in memory. */
export async function openFile(
	{ helpers }: Worker,
	binary: IBinaryData,
): Promise<ByteStream | Buffer[]> {
	return binary.id
		? await helpers.getBinaryStream(binary.id, CHUNK)
		: [Buffer.from(binary.data, 'base64')];
}

/** Bytes of a file. */
export async function sizeOf({ helpers }: Worker, binary: IBinaryData): Promise<number> {
	return binary.id
		? (await helpers.getBinaryMetadata(binary.id)).fileSize
		: Buffer.byteLength(binary.data, 'base64');
}

/** Reads the header of a file in the item, which should be of this type, without loading the whole file. */
export async function inspectFile(
	context: Worker,
	binary: IBinaryData,
	type: MediaKind,
): Promise<BinaryFile> {
	const size = await sizeOf(context, binary);
	const reader = headerReader(type);
	// Ending the loop closes the stream.
	for await (const chunk of await openFile(context, binary))
		if (!reader.push(chunk as Buffer)) break;
	const header = reader.end();
	return { header, size, mimeType: header === null ? '' : mimeTypeOf(header) };
}

/** Loads the whole file. */
export async function readBinary({ helpers }: Worker, binary: IBinaryData): Promise<Buffer> {
	if (!binary.id) return Buffer.from(binary.data, 'base64');
	const stream = await helpers.getBinaryStream(binary.id, 256 * 1024);
	return await helpers.binaryToBuffer(stream);
}

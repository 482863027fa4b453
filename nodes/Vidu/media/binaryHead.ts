/** Reads the beginning of a file from n8n's binary storage, as a stream so that the file system and S3 work. */
import type { IBinaryData } from 'n8n-workflow';
import type { Worker } from '../transport/caller';

const CHUNK = 64 * 1024;

/**
 * Reads until `enough` returns true or the file ends.
 * @returns the first bytes, and the size of the whole file in bytes
 */
export async function readHead(
	{ helpers }: Worker,
	binary: IBinaryData,
	enough: (head: Buffer) => boolean = () => true,
): Promise<{ head: Buffer; size: number }> {
	if (!binary.id) {
		const bytes = Buffer.from(binary.data, 'base64');
		return { head: bytes, size: bytes.length };
	}
	const { fileSize } = await helpers.getBinaryMetadata(binary.id);
	const stream = await helpers.getBinaryStream(binary.id, CHUNK);
	let head = Buffer.alloc(0);
	for await (const chunk of stream) {
		head = Buffer.concat([head, chunk as Buffer]);
		if (enough(head)) break;
	}
	stream.destroy();
	return { head, size: fileSize };
}

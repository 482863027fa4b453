/** Sends the bytes of results: ranges, padding and downloads that break off. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Task } from './tasks.mts';

const CHUNK = 64 * 1024;

export interface NamedFile {
	readonly name: string;
	/** MIME type. */
	readonly type: string;
	readonly bytes: Buffer;
}

/** Sends a file, or the range of it that was asked for, with the faults of its task. */
export function sendFile(
	request: FastifyRequest,
	reply: FastifyReply,
	task: Task,
	{ name, type, bytes }: NamedFile,
): FastifyReply {
	const padding = type === 'video/mp4' ? task.faults.size * 1_000_000 - bytes.length : 0;
	const total = bytes.length + (padding < 8 ? 0 : padding);
	const range = readRange(request.headers.range, total);
	if (range === 'unsatisfiable') {
		return reply.code(416).header('Content-Range', `bytes */${total}`).send();
	}
	const { start, end } = range ?? { start: 0, end: total };
	if (range !== null) reply.code(206).header('Content-Range', `bytes ${start}-${end - 1}/${total}`);
	reply
		.type(type)
		.header('Accept-Ranges', 'bytes')
		.header('Content-Disposition', `attachment; filename="${name}"`)
		.header('Content-Length', end - start);
	const breaksOff = task.due.truncate > 0 && request.method === 'GET';
	if (breaksOff) task.due.truncate -= 1;
	const stopAt = breaksOff ? start + Math.floor((end - start) / 2) : end;
	const body = Readable.from(bytesOf(bytes, total, start, stopAt), { objectMode: false });
	if (breaksOff) body.on('end', () => reply.raw.destroy());
	return reply.send(body);
}

/** The bytes `start` to `end` of a video that is padded to `total` bytes, never held as a whole. */
function* bytesOf(video: Buffer, total: number, start: number, end: number): Generator<Buffer> {
	const head = total > video.length ? Buffer.concat([video, freeBox(total - video.length)]) : video;
	const zeros = Buffer.alloc(CHUNK);
	for (let at = start; at < end; ) {
		const source = at < head.length ? head.subarray(at) : zeros;
		const chunk = source.subarray(0, Math.min(CHUNK, end - at));
		at += chunk.length;
		yield chunk;
	}
}

/** The head of an MP4 `free` box, which players skip. */
function freeBox(length: number): Buffer {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(length, 0);
	head.write('free', 4, 'latin1');
	return head;
}

/** A single byte range, its end exclusive; null when there is none to honour. */
function readRange(
	header: string | undefined,
	total: number,
): { start: number; end: number } | 'unsatisfiable' | null {
	const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (from === '' && to === '') return null;
	const start = from === '' ? Math.max(0, total - Number(to)) : Number(from);
	const end = from === '' || to === '' ? total : Math.min(Number(to) + 1, total);
	return start < end ? { start, end } : 'unsatisfiable';
}

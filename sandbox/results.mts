/**
 * Downloads of results: URLs signed like a CDN's, compared byte for byte as they arrive, so that a
 * client which re-encodes the query, sends its key along or reuses an old link is found out.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clip, cover } from './media.mts';
import type { Task, TaskBook } from './tasks.mts';

/** "Valid for 24 hours" (Get Generation). */
const LIFETIME_S = 24 * 3600;
const CHUNK = 64 * 1024;

/** Which file of a task a URL is for. */
export type ResultFile = 'video' | 'watermarked' | 'cover';
const SUFFIX: Record<ResultFile, string> = {
	video: '.mp4',
	watermarked: '-watermarked.mp4',
	cover: '.jpg',
};

export class Results {
	/** Raw queries that are valid now, by path, with the time of their end in milliseconds. */
	private readonly issued = new Map<string, Map<string, number>>();
	/** Tasks whose download was refused as expired since they were last queried. */
	private readonly refused = new Set<Task>();
	private readonly secret = randomBytes(16);
	private serial = 0;

	constructor(
		private readonly book: TaskBook,
		private readonly now: () => number,
		private readonly base: () => string,
	) {}

	/** Fresh URLs for the files of a finished task, as every query of it gives; lifetime in seconds. */
	issue(
		task: Task,
		files: readonly ResultFile[],
		lifetime = LIFETIME_S,
	): Partial<Record<ResultFile, string>> {
		if (this.refused.delete(task)) {
			task.due.expired -= 1;
			for (const suffix of Object.values(SUFFIX))
				this.issued.delete(`/results/${task.id}${suffix}`);
		}
		return Object.fromEntries(
			files.map((file) => [file, this.sign(`${task.id}${SUFFIX[file]}`, lifetime)]),
		);
	}

	clear(): void {
		this.issued.clear();
		this.refused.clear();
	}

	routes(app: FastifyInstance): void {
		app.get<{ Params: { file: string } }>('/results/:file', async (request, reply) => {
			return await this.serve(request, reply, request.params.file);
		});
	}

	private sign(name: string, lifetime: number): string {
		const path = `/results/${name}`;
		const expires = Math.floor(this.now() / 1000) + lifetime;
		const valid = this.issued.get(path) ?? new Map<string, number>();
		this.issued.set(path, valid);
		const digest = createHmac('sha256', this.secret)
			.update(`${path} ${expires} ${this.serial++}`)
			.digest('base64');
		// The `+` and `/` in front are there so that every signature holds what clients like to re-encode.
		const query = [
			`response-content-disposition=attachment%3B%20filename%3D%22${name}%22`,
			`Expires=${expires}`,
			`Signature=${encodeURIComponent(`a+b/${digest}`)}`,
			'Key-Pair-Id=SANDBOX',
		].join('&');
		valid.set(query, expires * 1000);
		return `${this.base()}${path}?${query}`;
	}

	private async serve(request: FastifyRequest, reply: FastifyReply, file: string) {
		const [, id = '', kind = ''] = /^(\d+)(.*)$/.exec(file) ?? [];
		const task = this.book.get(id);
		const [path = '', query = ''] = (request.raw.url ?? '').split(/\?(.*)/s);
		if (request.headers.authorization !== undefined) {
			return xml(reply, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
		}
		if (task === undefined || !Object.values(SUFFIX).includes(kind)) {
			return xml(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
		}
		if (task.due.expired > 0) {
			this.refused.add(task);
			return xml(reply, 403, 'AccessDenied', 'Request has expired');
		}
		if ((this.issued.get(path)?.get(query) ?? 0) < this.now()) {
			return xml(reply, 403, 'AccessDenied', 'Access denied');
		}
		if (kind === SUFFIX.cover) return reply.type('image/jpeg').send(await cover(task.clip));
		return sendVideo(request, reply, task, await clip(task.clip));
	}
}

function xml(reply: FastifyReply, status: number, code: string, message: string) {
	const head = '<?xml version="1.0" encoding="UTF-8"?>';
	const body = `${head}<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	return reply.code(status).type('application/xml').send(body);
}

function sendVideo(request: FastifyRequest, reply: FastifyReply, task: Task, video: Buffer) {
	const padding = Math.max(0, task.faults.size * 1_000_000 - video.length);
	const total = video.length + (padding < 8 ? 0 : padding);
	const range = readRange(request.headers.range, total);
	if (range === 'unsatisfiable') {
		return reply.code(416).header('Content-Range', `bytes */${total}`).send();
	}
	const { start, end } = range ?? { start: 0, end: total };
	if (range !== null) reply.code(206).header('Content-Range', `bytes ${start}-${end - 1}/${total}`);
	reply
		.type('video/mp4')
		.header('Accept-Ranges', 'bytes')
		.header('Content-Disposition', `attachment; filename="${task.id}.mp4"`)
		.header('Content-Length', end - start);
	const breaksOff = task.due.truncate > 0 && request.method === 'GET';
	if (breaksOff) task.due.truncate -= 1;
	const stopAt = breaksOff ? start + Math.floor((end - start) / 2) : end;
	const body = Readable.from(bytesOf(video, total, start, stopAt), { objectMode: false });
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

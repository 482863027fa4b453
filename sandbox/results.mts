/**
 * Downloads of results: URLs signed like a CDN's, compared byte for byte as they arrive, so that a
 * client which re-encodes the query, sends its key along or reuses an old link is found out.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from './downloads.mts';
import { cover, made } from './media.mts';
import type { Medium, Task, TaskBook } from './tasks.mts';

/** "Valid for 24 hours" (Get Generation). */
const LIFETIME_S = 24 * 3600;

/** Which file of a task a URL is for. */
export type ResultFile = Exclude<Medium, 'none'> | 'watermarked' | 'cover';
const FILES: Readonly<Record<ResultFile, { suffix: string; type: string }>> = {
	video: { suffix: '.mp4', type: 'video/mp4' },
	watermarked: { suffix: '-watermarked.mp4', type: 'video/mp4' },
	cover: { suffix: '.jpg', type: 'image/jpeg' },
	image: { suffix: '.png', type: 'image/png' },
	speech: { suffix: '.mp3', type: 'audio/mpeg' },
	sound: { suffix: '.wav', type: 'audio/wav' },
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
			for (const { suffix } of Object.values(FILES))
				this.issued.delete(`/results/${task.id}${suffix}`);
		}
		return Object.fromEntries(
			files.map((file) => [file, this.sign(`${task.id}${FILES[file].suffix}`, lifetime)]),
		);
	}

	/** The finished task that a result URL is of, whatever its query; undefined for any other URL. */
	taskOf(url: string): Task | undefined {
		const [, id = ''] = /^\/results\/(\d+)\.\w+$/.exec(new URL(url).pathname) ?? [];
		const task = new URL(url).origin === this.base() ? this.book.get(id) : undefined;
		return task && this.book.stage(task) === 'success' ? task : undefined;
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

	private async serve(request: FastifyRequest, reply: FastifyReply, name: string) {
		const [, id = '', ending = ''] = /^(\d+)(.*)$/.exec(name) ?? [];
		const task = this.book.get(id);
		const [path = '', query = ''] = (request.raw.url ?? '').split(/\?(.*)/s);
		if (request.headers.authorization !== undefined) {
			return xml(reply, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
		}
		const file = Object.values(FILES).find(({ suffix }) => suffix === ending);
		if (task === undefined || file === undefined) {
			return xml(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
		}
		if (task.due.expired > 0) {
			this.refused.add(task);
			return xml(reply, 403, 'AccessDenied', 'Request has expired');
		}
		if ((this.issued.get(path)?.get(query) ?? 0) < this.now()) {
			return xml(reply, 403, 'AccessDenied', 'Access denied');
		}
		const bytes = await (file === FILES.cover ? cover(task.clip) : made(task.clip));
		return sendFile(request, reply, task, { name, type: file.type, bytes });
	}
}

function xml(reply: FastifyReply, status: number, code: string, message: string) {
	const head = '<?xml version="1.0" encoding="UTF-8"?>';
	const body = `${head}<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	return reply.code(status).type('application/xml').send(body);
}

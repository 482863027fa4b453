/** What came in and what was answered: for tests as records, for people as a line each. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface RecordedRequest {
	readonly method: string;
	/** Path with its query, as it arrived. */
	readonly path: string;
	/** As received; of `authorization` only the scheme is kept: `Token ***`. */
	readonly headers: Readonly<Record<string, string>>;
	/** JSON as parsed, long data URIs shortened; for bytes their number; else undefined. */
	body: unknown;
	/** Null while unanswered, and for good when the connection was cut. */
	status: number | null;
	/** ISO time. */
	readonly at: string;
	/** What the hostile mode did to it. */
	hostile?: string;
}

/** What a request was about. */
export interface About {
	readonly model?: string;
	readonly taskId?: string;
	readonly credits?: number;
	/** What the hostile mode did to it. */
	readonly hostile?: string;
}

export type Note = (request: FastifyRequest, about: About) => void;

const LONGEST_TEXT = 2000;

export class RequestLog {
	readonly records: RecordedRequest[] = [];
	private readonly open = new WeakMap<FastifyRequest, RecordedRequest>();
	private readonly notes = new WeakMap<FastifyRequest, About>();

	/** @param lines where finished lines go */
	constructor(
		private readonly now: () => number,
		private readonly lines: Set<(line: string) => void>,
	) {}

	readonly note: Note = (request, about) => {
		this.notes.set(request, { ...this.notes.get(request), ...about });
		const record = this.open.get(request);
		if (record && about.hostile !== undefined) record.hostile = about.hostile;
	};

	/** Records every request of an application, save those to `/_sandbox`. */
	attach(app: FastifyInstance): void {
		app.addHook('onRequest', async (request, reply) => {
			if (request.url.startsWith('/_sandbox')) return;
			const began = this.now();
			const record: RecordedRequest = {
				method: request.method,
				path: request.raw.url ?? '',
				headers: maskedHeaders(request),
				body: undefined,
				status: null,
				at: new Date(began).toISOString(),
			};
			this.records.push(record);
			this.open.set(request, record);
			reply.raw.once('close', () => {
				const line = describe(record, this.notes.get(request) ?? {}, this.now() - began);
				for (const write of this.lines) write(line);
			});
		});
		app.addHook('preHandler', async (request) => {
			const record = this.open.get(request);
			if (record) record.body = shorten(request.body);
		});
		app.addHook('onSend', async (request, reply) => {
			const record = this.open.get(request);
			if (record) record.status = reply.statusCode;
		});
	}
}

function maskedHeaders({ headers }: FastifyRequest): Record<string, string> {
	const plain = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
	return Object.fromEntries(
		plain.map(([name, value]) => [name, name === 'authorization' ? maskKey(value) : value]),
	);
}

/** `Token vda_…` → `Token ***`; a key without a scheme → `***`; a scheme without a key stays. */
function maskKey(value: string): string {
	const [, scheme = '', key = ''] = /^(?:(\w+)(?: +|$))?(.*)$/.exec(value) ?? [];
	return `${/^(token|bearer|basic)$/i.test(scheme) ? scheme : '***'}${key === '' ? '' : ' ***'}`;
}

function shorten(value: unknown): unknown {
	if (Buffer.isBuffer(value)) return { bytes: value.length };
	if (typeof value === 'string' && value.length > LONGEST_TEXT && value.startsWith('data:')) {
		return `${value.slice(0, 64)}… (${value.length} characters)`;
	}
	if (Array.isArray(value)) return value.map(shorten);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shorten(inner)]));
}

function describe(record: RecordedRequest, about: About, ms: number): string {
	const parts = [
		new Date(record.at).toISOString().slice(11, 23),
		String(record.status ?? 'cut'),
		record.method.padEnd(4),
		record.path.replace(/\?.*/s, ''),
		about.model,
		about.taskId === undefined ? undefined : `task ${about.taskId}`,
		about.credits === undefined ? undefined : `${about.credits} credits`,
		about.hostile === undefined ? undefined : `hostile: ${about.hostile}`,
		`${Math.round(ms)} ms`,
	];
	return parts.filter((part) => part !== undefined).join('  ');
}

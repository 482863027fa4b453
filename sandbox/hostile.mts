/**
 * The hostile mode: answers as providers, gateways and what stands before them have been seen to
 * give, or might. It lies in answers only: what was accepted is in the ledger, whatever is said of it.
 *
 * What happens to a request is decided by the seed, what the request is about (the words of an order)
 * and how many there were about that before: not by time, nor by the order of requests. ` #mark` at
 * the end of a prompt is no part of that.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderClock } from './clock.mts';
import { isObject } from './documents/values.mts';
import type { Note } from './log.mts';
import type { Task, TaskBook } from './tasks.mts';

export interface HostileSettings {
	/** The same seed does the same to the same requests. */
	readonly seed: number;
	/** Share of requests that something happens to, 0 to 1; 0.3 if not given. */
	readonly rate?: number;
}

const DEFAULT_RATE = 0.3;
/** Faults of all kinds that one order, one task or one download meets at most. */
const MOST_FAULTS = 5;
/** For so long after its end a task may look unfinished, or without a result. Provider-seconds. */
const LAG_SECONDS = 30;
/** Milliseconds in which a slow answer comes, or a trickling one comes to its end. */
const SLOW_MS = 150;
const LONG_TEXT = 300_000;

/** What a request is for. `list` is the status of several tasks at once, where it can be refused for good. */
type Purpose = 'create' | 'query' | 'list' | 'download' | 'other';

/** How an answer goes out. `body` is text as it stands; `cut` breaks the connection after it. */
interface Spoilt {
	readonly status?: number;
	readonly type?: string;
	readonly body?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly way?: 'slow' | 'trickled' | 'cut';
}

/** What a fault knows. */
interface Scene {
	/** 0 to 1, another for each call. */
	readonly random: () => number;
	/** The honest answer: JSON, or text that is none; nothing where the request is not let through. */
	readonly honest: { readonly status: number; readonly text: string; readonly json: unknown };
	readonly key: string;
}

interface Kind {
	readonly name: string;
	readonly effect: string;
	readonly purposes: readonly Purpose[];
	/** How often one subject meets it at most. */
	readonly most: number;
	/** The request is not let through: nothing is accepted, nothing billed. */
	readonly instead?: true;
	spoil(scene: Scene): Spoilt;
}

const ANY: readonly Purpose[] = ['create', 'query', 'list', 'download', 'other'];
const TOLD: readonly Purpose[] = ['create', 'query', 'list', 'other'];
const STATUS: readonly Purpose[] = ['query', 'list'];

const json = (status: number, body: unknown): Spoilt => ({
	status,
	type: 'application/json',
	body: JSON.stringify(body),
});
const pick = <T,>({ random }: Scene, list: readonly T[]): T =>
	list[Math.floor(random() * list.length)] as T;
const HTML = 'text/html; charset=utf-8';
const page = (title: string) =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>Request ID: 8f2c</p></body></html>`;

/** Every object and list inside a JSON value, changed from the inside out. */
function everywhere(value: unknown, change: (object: Record<string, unknown>) => unknown): unknown {
	if (Array.isArray(value)) return value.map((inner) => everywhere(inner, change));
	if (!isObject(value)) return value;
	return change(
		Object.fromEntries(
			Object.entries(value).map(([name, inner]) => [name, everywhere(inner, change)]),
		),
	);
}

/** An answer of the same status with another JSON. */
const changed = (
	{ honest }: Scene,
	change: (object: Record<string, unknown>) => unknown,
): Spoilt => ({
	body: JSON.stringify(everywhere(honest.json, change)),
});

const isWord = (name: string) => name === 'state' || name === 'status' || name === 'task_status';
/** How each dialect says that a task has ended well, and that it goes on. */
const GOES_ON: Readonly<Record<string, string>> = {
	success: 'processing',
	completed: 'in_progress',
	done: 'processing',
	TASK_STATUS_SUCCEED: 'TASK_STATUS_PROCESSING',
};
const hasEnded = (word: unknown): word is string =>
	typeof word === 'string' && Object.hasOwn(GOES_ON, word);
const LINKS = ['url', 'video_url', 'creations', 'videos', 'content', 'results', 'output'];

/** Without what a task has made: lists are empty, addresses too. */
const withoutResult = (object: Record<string, unknown>) =>
	Object.fromEntries(
		Object.entries(object).map(([name, value]) =>
			LINKS.includes(name) ? [name, Array.isArray(value) ? [] : ''] : [name, value],
		),
	);

const saysSuccess = (value: unknown): boolean =>
	JSON.stringify(value)
		?.match(/"(state|status|task_status)":"(\w+)"/g)
		?.some((pair) => hasEnded(pair.split('"')[3])) === true;

/** The kinds, with the purposes in which they come. */
const KINDS: readonly Kind[] = [
	{
		name: 'floats',
		effect:
			'numbers with 16 digits behind the point: progress, duration, and one that is not documented',
		purposes: TOLD,
		most: 3,
		spoil: (scene) =>
			changed(scene, (object) => ({
				...object,
				progress: 0.3333333333333333,
				duration: 3.0416666666666665,
				score: scene.random(),
			})),
	},
	{
		name: 'numbers',
		effect: 'ids as JSON numbers above 2^53, without quotes',
		purposes: TOLD,
		most: 3,
		spoil: ({ honest }) => ({ body: honest.text.replace(/"(\d{16,})"/g, '$1') }),
	},
	{
		name: 'otherId',
		effect:
			'the status of the task under the id of another one; in lists a row that was not asked for stands first',
		purposes: STATUS,
		most: 2,
		spoil(scene) {
			const { json: body, text } = scene.honest;
			const other = String(9n * 10n ** 17n + BigInt(Math.floor(scene.random() * 1e9)));
			if (isObject(body) && Array.isArray(body.tasks) && isObject(body.tasks[0])) {
				const row = everywhere(body.tasks[0], ({ id, ...rest }) => ({ ...rest, id: id && other }));
				return { body: JSON.stringify({ ...body, tasks: [row, ...body.tasks] }) };
			}
			return { body: text.replace(/"(id|task_id)":"\d{16,}"/g, `"$1":"${other}"`) };
		},
	},
	{
		name: 'wrapped',
		effect: 'the answer inside a wrapper: {"code":"success","data":…}, {"result":…} and others',
		purposes: TOLD,
		most: 1,
		spoil: (scene) => {
			const body = scene.honest.json;
			return json(
				scene.honest.status,
				pick(scene, [
					{ code: 'success', message: '', data: body },
					{ code: 200, msg: 'ok', data: body },
					{ result: body },
					{ success: true, response: { task: body } },
				]),
			);
		},
	},
	{
		name: 'coded',
		effect: 'a code beside the answer that says nothing bad: {"code":"SUCCESS",…}, {"code":0,…}',
		purposes: TOLD,
		most: 2,
		spoil: (scene) => ({
			body: JSON.stringify({
				...Object(scene.honest.json),
				code: pick<unknown>(scene, ['SUCCESS', '0', 0, 200, 'ok']),
				message: 'ok',
			}),
		}),
	},
	{
		name: 'words',
		effect: 'a state that is a word of the language: constructor, __proto__, toString',
		purposes: TOLD,
		most: 2,
		spoil: (scene) => {
			const word = pick(scene, ['constructor', '__proto__', 'toString', 'hasOwnProperty']);
			return changed(scene, (object) =>
				Object.fromEntries(
					Object.entries(object).map(([name, value]) => [name, isWord(name) ? word : value]),
				),
			);
		},
	},
	{
		name: 'ttl',
		effect: 'links that live for 1e14 seconds, and dates that do not exist',
		purposes: TOLD,
		most: 2,
		spoil: (scene) =>
			changed(scene, (object) => ({
				...object,
				video_url_ttl: 1e14,
				expires_in: '1e308',
				...('created_at' in object && { created_at: pick<unknown>(scene, [1e14, 'yesterday']) }),
			})),
	},
	{
		name: 'noLink',
		effect: 'success without a link, or with an empty list of creations',
		purposes: STATUS,
		most: 2,
		spoil: (scene) => changed(scene, withoutResult),
	},
	{
		name: 'noId',
		effect: 'an accepted order whose answer holds no id',
		purposes: ['create'],
		most: 1,
		spoil: (scene) => changed(scene, ({ id: _id, task_id: _taskId, ...rest }) => rest),
	},
	{
		name: 'error200',
		effect: 'HTTP 200 with an error inside, of an order that was accepted or a task that goes well',
		purposes: TOLD,
		most: 1,
		spoil: (scene) =>
			json(
				200,
				pick<unknown>(scene, [
					{ code: 'InternalError', message: 'try again later', data: null },
					{ error: { message: 'upstream error', type: 'new_api_error', code: 'bad_response' } },
					{ code: 50001, reason: 'SYSTEM_BUSY', message: 'system busy' },
				]),
			),
	},
	{
		name: 'error500',
		effect: '500 or 502 for an order that was accepted, or for a status',
		purposes: TOLD,
		most: 1,
		spoil: (scene) => json(pick(scene, [500, 502]), { message: 'internal error' }),
	},
	{
		name: 'html',
		effect: 'a page of HTML with 200',
		purposes: ANY,
		most: 1,
		spoil: () => ({ status: 200, type: HTML, body: page('Just a moment...') }),
	},
	{
		name: 'firewall',
		effect: 'a page of HTML with 403, as a firewall in front gives it; nothing is taken',
		purposes: ANY,
		most: 1,
		instead: true,
		spoil: () => ({ status: 403, type: HTML, body: page('Attention Required!') }),
	},
	{
		name: 'refused',
		effect: '400, 401 or 403 once, although the key is good; of an order nothing is taken',
		purposes: ANY,
		most: 1,
		instead: true,
		spoil: (scene) =>
			json(pick(scene, [400, 401, 403]), { code: 1, message: 'temporarily not available' }),
	},
	{
		name: 'busy',
		effect: '429 with a Retry-After of 86400, 1e308, -5, "soon" or in 1970; nothing is taken',
		purposes: ANY,
		most: 1,
		instead: true,
		spoil: (scene) => ({
			...json(429, { code: 429, reason: 'TooManyRequests', message: 'too many requests' }),
			headers: {
				'Retry-After': pick(scene, [
					'86400',
					'1e308',
					'-5',
					'soon',
					'Thu, 01 Jan 1970 00:00:00 GMT',
					'0',
				]),
			},
		}),
	},
	{
		name: 'echo',
		effect:
			'an error that repeats the key, base64, a signed address and 300 kB of text; nothing is taken',
		purposes: TOLD,
		most: 1,
		instead: true,
		spoil: ({ key, ...scene }) =>
			json(pick({ key, ...scene }, [400, 500]), {
				code: 'ParameterError',
				message: `key ${key} at https://cdn.test/a.mp4?Signature=secret&Expires=1 data:image/png;base64,${'A'.repeat(5000)} ${'long '.repeat(LONG_TEXT / 5)}`,
			}),
	},
	{
		name: 'truncated',
		effect: 'JSON that ends half-way, the connection kept or cut',
		purposes: TOLD,
		most: 1,
		spoil: (scene) => ({
			body: scene.honest.text.slice(0, scene.honest.text.length / 2),
			...(scene.random() < 0.5 && { way: 'cut' as const }),
		}),
	},
	{ name: 'empty', effect: 'an empty body', purposes: ANY, most: 1, spoil: () => ({ body: '' }) },
	{
		name: 'slow',
		effect: 'an answer that is late',
		purposes: ANY,
		most: 1,
		spoil: () => ({ way: 'slow' }),
	},
	{
		name: 'trickled',
		effect: 'an answer that comes byte by byte',
		purposes: TOLD,
		most: 1,
		spoil: () => ({ way: 'trickled' }),
	},
	{
		name: 'mislabelled',
		effect: 'the file with another Content-Type: text/html, application/json, image/svg+xml',
		purposes: ['download'],
		most: 1,
		spoil: (scene) => ({ type: pick(scene, ['text/html', 'application/json', 'image/svg+xml']) }),
	},
];

/** For `--help`: what happens, beside the faults of single requests also what lasts. */
export const HOSTILE: ReadonlyArray<readonly [name: string, effect: string]> = [
	...KINDS.map(({ name, effect }) => [name, effect] as const),
	[
		'lag',
		`the API shows a task as running up to ${LAG_SECONDS} provider-seconds after its last callback`,
	],
	['late', `the API shows a success without a link for as long`],
	['list', 'the status of several tasks at once is refused for good, with 403, 404, 405 or 500'],
];

/** Kinds after which nobody can know the id of what was accepted. */
const HIDING = ['wrapped', 'noId', 'error200', 'error500', 'html', 'truncated', 'empty'];

/** What was done to a request. */
interface Plan {
	readonly kind: Kind;
	readonly random: () => number;
}

export class Hostile {
	/** Null while the sandbox is honest. */
	settings: HostileSettings | null = null;
	/** Requests so far, and faults so far by name, of each subject. */
	private readonly seen = new Map<string, { requests: number; faults: Map<string, number> }>();
	private readonly plans = new WeakMap<FastifyRequest, Plan>();
	/** Ids of tasks whose create request was answered without a readable id. */
	readonly hidden = new Set<string>();

	constructor(
		private readonly clock: ProviderClock,
		private readonly book: TaskBook,
		private readonly note: Note,
	) {}

	clear(): void {
		this.seen.clear();
		this.hidden.clear();
	}

	/** Stands between every request to a provider and its answer. */
	attach(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => {
			const purpose = this.settings && purposeOf(request);
			if (!purpose) return;
			const refused = purpose === 'list' && this.listRefusal(request);
			if (refused) {
				this.note(request, { hostile: 'list' });
				return await reply.code(refused).send({ code: refused, message: 'not supported' });
			}
			const plan = this.plan(request, purpose);
			if (plan === null) return;
			this.note(request, { hostile: plan.kind.name });
			if (!plan.kind.instead) {
				this.plans.set(request, plan);
				return;
			}
			const spoilt = plan.kind.spoil(sceneOf(request, plan.random, 500, ''));
			dress(reply, spoilt);
			return await reply.send(spoilt.body);
		});
		app.addHook('onSend', async (request, reply, payload) => {
			if (this.settings === null) return payload;
			const lagging = typeof payload === 'string' ? this.lagging(request, payload) : payload;
			const plan = this.plans.get(request);
			if (plan === undefined) return lagging;
			if (typeof lagging !== 'string') {
				const spoilt = plan.kind.spoil(sceneOf(request, plan.random, reply.statusCode, ''));
				return await send(reply, spoilt, spoilt.body ?? lagging);
			}
			const scene = sceneOf(request, plan.random, reply.statusCode, lagging);
			if (scene.honest.json === undefined || reply.statusCode >= 300) return lagging;
			const spoilt = plan.kind.spoil(scene);
			if (HIDING.includes(plan.kind.name)) {
				const [id] = idsIn(lagging);
				if (request.method === 'POST' && id !== undefined) this.hidden.add(id);
			}
			return await send(reply, spoilt, spoilt.body ?? lagging);
		});
	}

	/** What happens to a request, if anything; counts it. */
	private plan(request: FastifyRequest, purpose: Purpose): Plan | null {
		const { seed, rate = DEFAULT_RATE } = this.settings as HostileSettings;
		const subject = this.subjectOf(request, purpose);
		const seen = this.seen.get(subject) ?? { requests: 0, faults: new Map<string, number>() };
		this.seen.set(subject, seen);
		const random = randomOf(`${seed} ${subject} ${seen.requests++}`);
		const total = [...seen.faults.values()].reduce((sum, count) => sum + count, 0);
		if (random() >= rate || total >= MOST_FAULTS) return null;
		const left = KINDS.filter(
			({ name, purposes, most }) =>
				purposes.includes(purpose) && (seen.faults.get(name) ?? 0) < most,
		);
		const kind = left[Math.floor(random() * left.length)];
		if (kind === undefined) return null;
		seen.faults.set(kind.name, (seen.faults.get(kind.name) ?? 0) + 1);
		return { kind, random };
	}

	/** The words of the order that a request is about; they are the same whenever it comes. */
	private subjectOf(request: FastifyRequest, purpose: Purpose): string {
		if (purpose === 'create') return `create ${wordsIn(request.body)}`;
		const tasks = this.tasksOf(request);
		const prompts = tasks.map(({ prompt }) => wordsIn(prompt)).sort();
		return `${purpose} ${prompts.join(' | ') || request.url.split('?')[0]}`;
	}

	private tasksOf({ url }: FastifyRequest): Task[] {
		return [...new Set(url.match(/\d{15,}/g))].flatMap((id) => this.book.get(id) ?? []);
	}

	/** Whether, and how, the status of several tasks at once is refused. */
	private listRefusal(request: FastifyRequest): number | false {
		const random = randomOf(`${this.settings?.seed} list ${request.headers.authorization}`);
		return random() < DEFAULT_RATE && pick({ random } as Scene, [403, 404, 405, 500]);
	}

	/** An answer that is behind what the callbacks have told: running yet, or without its result. */
	private lagging(request: FastifyRequest, text: string): string {
		if (request.method !== 'GET' || request.url.startsWith('/results/')) return text;
		const late = this.tasksOf(request).find((task) => {
			const random = randomOf(`${this.settings?.seed} lag ${wordsIn(task.prompt)}`);
			return random() < 0.3 && this.clock.seconds() < task.endsAt + random() * LAG_SECONDS;
		});
		const body = parsed(text);
		if (late === undefined || !saysSuccess(body)) return text;
		const shown = randomOf(`${this.settings?.seed} late ${wordsIn(late.prompt)}`)() < 0.5;
		return JSON.stringify(
			everywhere(body, (object) => {
				const without = withoutResult(object);
				return shown
					? without
					: Object.fromEntries(
							Object.entries(without).map(([name, value]) => [
								name,
								isWord(name) && hasEnded(value) ? GOES_ON[value] : value,
							]),
						);
			}),
		);
	}
}

function purposeOf({ method, url, headers }: FastifyRequest): Purpose | null {
	const path = url.split('?')[0] ?? '';
	if (/^\/(_sandbox|samples)/.test(path)) return null;
	if (path.startsWith('/results/')) return 'download';
	if (method === 'POST' && !/cancel$|\/uploads/.test(path)) return 'create';
	if (method !== 'GET') return 'other';
	const several = path.endsWith('/tasks') && /^Token /.test(headers.authorization ?? '');
	if (several && url.includes('task_ids')) return 'list';
	return /\d{15,}/.test(url) ? 'query' : 'other';
}

/** A mark at the end of a prompt tells orders apart to which the same is to happen. */
const MARK = / #\w+$/;

/** All texts of a body but those of data and addresses, which differ from one start to the next. */
function wordsIn(body: unknown): string {
	if (typeof body === 'string') return /^(https?|data):/.test(body) ? '' : body.replace(MARK, '');
	if (Array.isArray(body)) return body.map(wordsIn).join(' ');
	if (!isObject(body)) return '';
	const { payload: _payload, ...rest } = body;
	return Object.values(rest).map(wordsIn).join(' ').trim();
}

const idsIn = (text: string) =>
	[...text.matchAll(/"(?:id|task_id)":"(\d{15,})"/g)].map(([, id]) => id);

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function sceneOf(
	{ headers }: FastifyRequest,
	random: () => number,
	status: number,
	text: string,
): Scene {
	const key = /\S+$/.exec(headers.authorization ?? '')?.[0] ?? '';
	return { random, key, honest: { status, text, json: parsed(text) } };
}

function dress(reply: FastifyReply, { status, type, headers }: Spoilt): void {
	if (status !== undefined) reply.code(status);
	if (type !== undefined) reply.type(type);
	reply.headers(headers ?? {});
}

/** Lets an answer out in its way. */
async function send(reply: FastifyReply, spoilt: Spoilt, payload: unknown): Promise<unknown> {
	dress(reply, spoilt);
	if (spoilt.body !== undefined) reply.removeHeader('content-length');
	if (spoilt.way === 'slow') await passed(SLOW_MS);
	if (typeof payload !== 'string') return payload;
	const bytes = Buffer.from(payload);
	if (spoilt.way === 'cut') {
		const body = Readable.from([bytes], { objectMode: false });
		body.on('end', () => reply.raw.destroy());
		return body;
	}
	return spoilt.way === 'trickled' ? Readable.from(trickle(bytes), { objectMode: false }) : payload;
}

async function* trickle(bytes: Buffer): AsyncGenerator<Buffer> {
	const step = Math.ceil(bytes.length / 10);
	for (let at = 0; at < bytes.length; at += step) {
		yield bytes.subarray(at, at + step);
		await passed(SLOW_MS / 10);
	}
}

const passed = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Numbers from 0 to 1 that a text determines. */
function randomOf(text: string): () => number {
	let serial = 0;
	return () =>
		createHash('sha256').update(`${serial++} ${text}`).digest().readUInt32BE(0) / 2 ** 32;
}

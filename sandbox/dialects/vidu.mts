/** Vidu's own API: routes and wire shapes, after platform.vidu.com/docs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ratioOf, type Size } from '../assets/sizes.mts';
import { readVideoRequest, isObject, type VideoRequest } from '../documents/vidu.mts';
import { Refusal, envelope, invalid, lacking, unwanted } from '../documents/viduErrors.mts';
import { price, type Endpoint } from '../documents/viduPrices.mts';
import { readFaults, retryAfterHeader, type Faults } from '../faults.mts';
import { clipSize, FPS } from '../media.mts';
import type { Task } from '../tasks.mts';
import type { Dialect, Provider } from './dialect.mts';
import { inspectReferences } from './viduReferences.mts';

const TYPES: Readonly<Record<Endpoint, string>> = {
	text2video: 'text2video',
	img2video: 'img2video',
	'start-end2video': 'headtailimg2video',
	reference2video: 'character2video',
};
const ENDPOINTS: readonly Endpoint[] = [
	'text2video',
	'img2video',
	'start-end2video',
	'reference2video',
];
const STATES = ['created', 'queueing', 'processing', 'success', 'failed'];
const LIST_FILTERS = [
	'created_at.from',
	'created_at.to',
	'task_ids',
	'templates',
	'model_versions',
	'resolutions',
	'states',
	'pager.page',
	'pager.pagesz',
	'pager.page_token',
];
const WEEK_MS = 7 * 24 * 3600 * 1000;
/** "At most five tasks at a time by default; more are queued." */
const CONCURRENCY = 5;

export const vidu: Dialect = {
	id: 'vidu',
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => sendError(reply, error));
		for (const endpoint of ENDPOINTS) {
			app.post(`/ent/v2/${endpoint}`, async (request, reply) => {
				return await create(provider, endpoint, request, reply);
			});
		}
		taskRoutes(app, provider);
		app.get<{ Querystring: { show_detail?: string } }>('/ent/v2/credits', async (request) =>
			credits(provider, authenticate(provider, request), request.query.show_detail === 'true'),
		);
		uploadRoutes(app, provider);
	},
	callbackBody: (task, provider) => generation(provider, task),
};

/** The key of a request. The scheme is literally `Token`. */
function authenticate(provider: Provider, request: FastifyRequest): string {
	const [, key = ''] = /^Token (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
	if (!provider.knows(key)) throw new Refusal('Unauthorized', 'invalid token');
	return key;
}

function sendError(reply: FastifyReply, error: FastifyError | Refusal): FastifyReply {
	const refused = error instanceof Refusal;
	const status = refused ? error.status : (error.statusCode ?? 500);
	const reason = refused ? error.reason : status < 500 ? 'BadRequest' : 'InternalServiceFailure';
	const body = envelope(status, reason, error.message);
	if (refused) reply.headers(error.headers);
	return reply.code(status).header('x-md-trace-id', body.metadata.trace_id).send(body);
}

async function create(
	provider: Provider,
	endpoint: Endpoint,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	const key = authenticate(provider, request);
	const prompt = isObject(request.body) ? String(request.body.prompt ?? '') : '';
	const faults = readFaults(prompt, String(request.headers['x-sandbox-faults'] ?? ''));
	if (faults.slow > 0) await pause(faults.slow);
	refuseOnDemand(provider, faults, `${key} ${endpoint} ${prompt}`);
	// "The balance is checked before the model": an empty account hides every other mistake.
	if (provider.book.balance(key) <= 0)
		throw new Refusal('CreditInsufficient', 'credit insufficient');
	const video = readVideoRequest(endpoint, request.body);
	const { body, model, duration, resolution, audio, offPeak } = video;
	const { failure, frame } = await inspectReferences(provider.uploads, key, video);
	const cost = price(
		{ endpoint, model, duration, resolution, audio, offPeak, recommended: body.is_rec === true },
		provider.region,
	);
	provider.note(request, { model, credits: cost });
	if (provider.book.balance(key) < cost) {
		throw new Refusal('CreditInsufficient', 'credit insufficient');
	}
	const task = provider.book.accept({
		dialect: vidu.id,
		key,
		kind: endpoint,
		model,
		prompt: video.prompt,
		credits: cost,
		faults,
		clip: { seconds: duration, resolution, audio, aspect: aspectOf(video, frame) },
		echo: echo(provider, video),
		callbackUrl: String(body.callback_url ?? '') || undefined,
		failure,
	});
	provider.note(request, { taskId: task.id });
	provider.callbacks.follow(task);
	if (faults.create500) throw new Refusal('InternalServiceFailure', 'internal service failure');
	if (faults.drop) {
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}
	return {
		task_id: task.id,
		state: 'created',
		...task.echo,
		credits: cost,
		created_at: createdAt(task),
	};
}

function refuseOnDemand(provider: Provider, faults: Faults, order: string): void {
	if (faults.reject !== undefined) {
		throw new Refusal(faults.reject, `${faults.reject} (as the prompt asked)`);
	}
	const refusals = provider.busy.get(order) ?? 0;
	if (refusals >= faults.busy) return;
	provider.busy.set(order, refusals + 1);
	throw new Refusal('QuotaExceeded', 'exceeded concurrency limit', 429, {
		'Retry-After': retryAfterHeader(faults, provider.clock.now()),
	});
}

/** Without a ratio in the request the picture decides; a picture that was not looked at is 16:9. */
function aspectOf({ aspect }: VideoRequest, frame: Size | null): string {
	const auto = aspect === undefined || aspect === 'auto';
	if (!auto && Number.isFinite(ratioOf(aspect))) return aspect;
	return frame === null ? '16:9' : `${frame.width}:${frame.height}`;
}

/** The fields that a create answer repeats. */
function echo(provider: Provider, video: VideoRequest): Record<string, unknown> {
	const { body } = video;
	const seed = typeof body.seed === 'number' ? body.seed : 0;
	return {
		type: TYPES[video.endpoint],
		model: video.model,
		style: body.style ?? 'general',
		prompt: video.prompt,
		images: video.images.map(([, value]) => echoReference(provider, value)),
		videos: video.videos.map(([, value]) => echoReference(provider, value)),
		duration: video.duration,
		seed: seed === 0 ? 1 + Math.floor(Math.random() * 2_147_483_646) : seed,
		...(video.aspect === undefined ? {} : { aspect_ratio: video.aspect }),
		resolution: video.resolution,
		bgm: body.bgm ?? false,
		audio: video.audio,
		audio_type: video.audio ? (body.audio_type ?? 'all') : '',
		movement_amplitude: body.movement_amplitude ?? 'auto',
		payload: body.payload ?? '',
		off_peak: video.offPeak,
		watermark: body.watermark ?? false,
		is_rec: body.is_rec ?? false,
	};
}

/** Nobody sends back megabytes of base64. */
const echoReference = (provider: Provider, value: string) =>
	value.startsWith('data:') ? `ssupload:?id=${provider.ids.next()}` : value;

/** Vidu writes times with nanoseconds. */
const createdAt = (task: Task) => new Date(task.acceptedAt).toISOString().replace('Z', '371761Z');

/** Cancelled tasks are reported as failed, with `UserCancelled`. */
function stateOf({ book }: Provider, task: Task): { state: string; err_code: string } {
	const stage = book.stage(task);
	if (stage === 'cancelled') return { state: 'failed', err_code: 'UserCancelled' };
	return { state: stage, err_code: stage === 'failed' ? (task.failure ?? 'Unknown') : '' };
}

/** The answer of Get Generation, which is also the body of a callback. */
function generation(provider: Provider, task: Task): Record<string, unknown> {
	const { payload, bgm, off_peak } = task.echo;
	return {
		id: task.id,
		...stateOf(provider, task),
		credits: provider.book.charged(task),
		payload,
		bgm,
		off_peak,
		creations: creations(provider, task),
	};
}

function creations(provider: Provider, task: Task): Array<Record<string, unknown>> {
	if (provider.book.stage(task) !== 'success') return [];
	const marked = task.echo.watermark === true;
	const urls = provider.results.issue(
		task,
		marked ? ['video', 'cover', 'watermarked'] : ['video', 'cover'],
	);
	return [
		{
			id: task.creationId,
			url: urls.video,
			cover_url: urls.cover,
			watermarked_url: urls.watermarked ?? '',
		},
	];
}

function taskRoutes(app: FastifyInstance, provider: Provider): void {
	app.get<{ Params: { id: string } }>('/ent/v2/tasks/:id/creations', async (request) => {
		const task = ownTask(provider, request, request.params.id);
		failPoll(provider, [task]);
		return generation(provider, task);
	});
	app.get<{ Querystring: Query }>('/ent/v2/tasks', async (request) => {
		return list(provider, authenticate(provider, request), request.query);
	});
	app.post<{ Params: { id: string } }>('/ent/v2/tasks/:id/cancel', async (request) => {
		const task = ownTask(provider, request, request.params.id);
		const id = isObject(request.body) ? request.body.id : undefined;
		if (id === undefined) throw lacking('id');
		if (id !== task.id) throw invalid('id', 'it is not the task of the path');
		if (!provider.book.cancel(task)) {
			const { state } = stateOf(provider, task);
			throw new Refusal('BadRequest', `task state is ${state}, can not cancel`);
		}
		provider.callbacks.refresh();
		return {};
	});
}

function ownTask(provider: Provider, request: FastifyRequest, id: string): Task {
	// Seen in real answers: an id that is no number fails before the key is looked at.
	if (!/^\d+$/.test(id)) throw new Refusal('CODEC', `parsing field "id": strconv.ParseInt: ${id}`);
	const key = authenticate(provider, request);
	const task = provider.book.get(id);
	if (task?.key !== key || task.dialect !== vidu.id) {
		throw new Refusal('TaskNotFound', 'task not found');
	}
	provider.note(request, { taskId: id });
	return task;
}

/** `[poll500=N]` and `[poll429=N]` of any task that a status request concerns. */
function failPoll(provider: Provider, tasks: readonly Task[]): void {
	const broken = tasks.filter(({ due }) => due.poll500 > 0);
	for (const { due } of broken) due.poll500 -= 1;
	if (broken.length > 0) throw new Refusal('InternalServiceFailure', 'internal service failure');
	const [busy] = tasks.filter(({ due }) => due.poll429 > 0);
	if (busy === undefined) return;
	for (const { due } of tasks) due.poll429 = Math.max(0, due.poll429 - 1);
	throw new Refusal('TooManyRequests', 'too many requests', 429, {
		'Retry-After': retryAfterHeader(busy.faults, provider.clock.now()),
	});
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

function list(provider: Provider, key: string, query: Query) {
	for (const name of Object.keys(query)) if (!LIST_FILTERS.includes(name)) throw unwanted(name);
	const ids = many(query.task_ids);
	const states = many(query.states).filter((state) => state !== 'all');
	for (const state of states) if (!STATES.includes(state)) throw invalid('states', state);
	const versions = many(query.model_versions);
	const resolutions = many(query.resolutions);
	const now = provider.clock.now();
	const from = time(query['created_at.from'], 'created_at.from') ?? now - WEEK_MS;
	const to = time(query['created_at.to'], 'created_at.to') ?? Infinity;
	const found = provider.book
		.all()
		.filter(
			(task) =>
				task.key === key &&
				task.dialect === vidu.id &&
				(ids.length === 0 || ids.includes(task.id)) &&
				(states.length === 0 || states.includes(stateOf(provider, task).state)) &&
				(versions.length === 0 || versions.some((version) => task.model.includes(version))) &&
				(resolutions.length === 0 || resolutions.includes(task.clip.resolution)) &&
				many(query.templates).length === 0 &&
				task.acceptedAt >= from &&
				task.acceptedAt <= to,
		);
	const size = wholeNumber(query['pager.pagesz'], 'pager.pagesz', 1, 100) ?? 10;
	const page = wholeNumber(query['pager.page'], 'pager.page', 0, Infinity) ?? 0;
	const start =
		wholeNumber(query['pager.page_token'], 'pager.page_token', 0, Infinity) ?? page * size;
	const tasks = found.slice(start, start + size);
	failPoll(provider, tasks);
	return {
		next_page_token: start + size < found.length ? String(start + size) : '',
		tasks: tasks.map((task) => listRow(provider, task)),
	};
}

/** What the list documents: neither `payload` nor `err_code`, but the size of the video. */
function listRow(provider: Provider, task: Task): Record<string, unknown> {
	const { type, images, duration, resolution, aspect_ratio } = task.echo;
	const video = { duration: task.clip.seconds, fps: FPS, resolution: clipSize(task.clip) };
	return {
		id: task.id,
		key_id: '1',
		type,
		template: '',
		model: task.model,
		prompt: task.prompt,
		images,
		duration,
		resolution,
		aspect_ratio: aspect_ratio ?? '',
		state: stateOf(provider, task).state,
		creations: creations(provider, task).map((creation) => ({
			...creation,
			moderation_url: [],
			video,
		})),
		created_at: createdAt(task),
		credits: provider.book.charged(task),
	};
}

/** An array in the query: the document gives no encoding, so repeated names and commas both do. */
const many = (value: string | string[] | undefined) =>
	[value ?? []].flat().flatMap((part) => part.split(',').filter((item) => item !== ''));

function time(value: string | string[] | undefined, field: string): number | undefined {
	if (value === undefined) return undefined;
	const ms = Date.parse(String(value));
	if (Number.isNaN(ms)) throw invalid(field, 'a time is expected');
	return ms;
}

function wholeNumber(
	value: string | string[] | undefined,
	field: string,
	min: number,
	max: number,
): number | undefined {
	if (value === undefined || value === '') return undefined;
	const number = /^\d+$/.test(String(value)) ? Number(value) : NaN;
	if (!(number >= min && number <= max)) throw invalid(field, `${min} to ${max}`);
	return number;
}

function credits(provider: Provider, key: string, detailed: boolean) {
	const remain = provider.book.balance(key);
	const own = provider.book.all().filter((task) => task.key === key);
	const running = own.filter((task) => STATES.slice(0, 3).includes(provider.book.stage(task)));
	return {
		remains: [
			{
				type: 'metered',
				credit_remain: remain,
				concurrency_limit: CONCURRENCY,
				current_concurrency: Math.min(CONCURRENCY, running.length),
				queue_count: Math.max(0, running.length - CONCURRENCY),
			},
		],
		packages: detailed
			? [
					{
						id: '1',
						name: 'Sandbox',
						type: 'metered',
						concurrency: CONCURRENCY,
						credit_remain: remain,
					},
				]
			: [],
	};
}

function uploadRoutes(app: FastifyInstance, provider: Provider): void {
	const { uploads } = provider;
	app.post('/tools/v2/files/uploads', async (request) => {
		const key = authenticate(provider, request);
		const scene = isObject(request.body) ? request.body.scene : undefined;
		if (scene === undefined) throw lacking('scene');
		if (scene !== 'vidu') throw invalid('scene', 'only vidu');
		const { id, target, expiresAt } = uploads.begin(key);
		const expires = new Date(expiresAt).toISOString();
		return { id, put_url: `${provider.url()}${target}`, expires_at: expires };
	});
	app.put<{ Params: { id: string } }>('/tools/v2/files/uploads/:id/finish', async (request) => {
		const upload = uploads.find(request.params.id, authenticate(provider, request));
		if (upload === undefined) throw new Refusal('NotFound', 'upload not found');
		const etag = isObject(request.body) ? request.body.etag : undefined;
		if (typeof etag !== 'string' || etag === '') throw lacking('etag');
		if (upload.etag === undefined || etag.replaceAll('"', '') !== upload.etag) {
			throw invalid('etag', 'it is not the one of the uploaded bytes');
		}
		upload.finished = true;
		return { uri: `ssupload:?id=${upload.id}` };
	});
}

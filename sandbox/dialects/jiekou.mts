/** JieKou / HighwayAPI: a path for each model and mode, one query for all, links that live an hour. */
import { randomUUID } from 'node:crypto';
import type { FastifyError } from 'fastify';
import { JIEKOU_SLUGS, readJiekou } from '../documents/jiekou.mts';
import { Refusal } from '../documents/viduErrors.mts';
import type { Stage, Task } from '../tasks.mts';
import { authenticate, polledTask } from './access.mts';
import { flatPrice, type Dialect, type Provider } from './dialect.mts';
import { place } from './orders.mts';

const ID = 'jiekou';
/** "default 3600": seconds that a link lives. */
const LINK_SECONDS = 3600;

const STATUS: Readonly<Record<Stage, string>> = {
	created: 'TASK_STATUS_QUEUED',
	queueing: 'TASK_STATUS_QUEUED',
	processing: 'TASK_STATUS_PROCESSING',
	success: 'TASK_STATUS_SUCCEED',
	failed: 'TASK_STATUS_FAILED',
	cancelled: 'TASK_STATUS_FAILED',
};

/** The vendor's names (document "Error code") for the refusals that all dialects share. */
const NAMES: Readonly<Record<string, string>> = {
	Unauthorized: 'INVALID_API_KEY',
	CreditInsufficient: 'NOT_ENOUGH_BALANCE',
	QuotaExceeded: 'RATE_LIMIT_EXCEEDED',
	TooManyRequests: 'RATE_LIMIT_EXCEEDED',
	TaskNotFound: 'TASK_NOT_FOUND',
	InternalServiceFailure: 'INTERNAL_ERROR',
};
const HTTP: Readonly<Record<string, number>> = {
	INVALID_API_KEY: 403,
	NOT_ENOUGH_BALANCE: 403,
	ACCESS_DENY: 403,
	FAILED_TO_AUTH: 401,
	MODEL_NOT_FOUND: 404,
	TASK_NOT_FOUND: 404,
	INVALID_REQUEST_BODY: 400,
	RATE_LIMIT_EXCEEDED: 429,
	TOKEN_LIMIT_EXCEEDED: 429,
	INTERNAL_ERROR: 500,
	SERVICE_NOT_AVAILABLE: 503,
};

export const jiekou: Dialect = {
	id: ID,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => {
			const refused = error instanceof Refusal;
			const own = refused ? (NAMES[error.reason] ?? error.reason) : 'INVALID_REQUEST_BODY';
			const reason = own in HTTP ? own : 'INVALID_REQUEST_BODY';
			const code = refused ? (HTTP[reason] ?? 400) : (error.statusCode ?? 500);
			if (refused) reply.headers(error.headers);
			return reply.code(code).send({ code, reason, message: error.message, metadata: {} });
		});
		app.post<{ Params: { slug: string } }>('/v3/async/:slug', async (request, reply) => {
			const key = authenticate(ID, request);
			const { slug } = request.params;
			const rules = Object.entries(JIEKOU_SLUGS).find(
				([known]) => known === slug || (provider.isNewer() && kindOf(known) === kindOf(slug)),
			)?.[1];
			if (rules === undefined) throw new Refusal('MODEL_NOT_FOUND', `model not found: ${slug}`);
			return await place(
				provider,
				{ dialect: ID, key, kind: slug, request, reply, parameters: request.body },
				(parameters) => {
					const { images, ...clip } = readJiekou(slug, rules, parameters);
					const references = { images, frames: slug.includes('startend') };
					return { ...clip, credits: flatPrice(clip.duration), references, echo: {} };
				},
				({ id }) => ({
					task_id: id,
					...(slug.startsWith('vidu-q2') ? { provider_request_id: randomUUID() } : {}),
				}),
			);
		});
		app.get<{ Querystring: { task_id?: string } }>('/v3/async/task-result', async (request) =>
			describe(provider, polledTask(provider, request, ID, request.query.task_id ?? '')),
		);
	},
};

/** `img2video` of `vidu-q2-pro-img2video`. */
const kindOf = (slug: string) => slug.split('-').at(-1);

function describe(provider: Provider, task: Task): Record<string, unknown> {
	const stage = provider.book.stage(task);
	const share = (provider.clock.seconds() - task.startedAt) / (task.endsAt - task.startedAt);
	const debug = { request_info: '', submit_time_ms: '', execute_time_ms: '', complete_time_ms: '' };
	const videos =
		stage === 'success'
			? [
					{
						video_url: provider.results.issue(task, ['video'], LINK_SECONDS).video,
						video_url_ttl: String(LINK_SECONDS),
						video_type: 'mp4',
					},
				]
			: [];
	return {
		extra: { seed: '', debug_info: debug },
		task: {
			task_id: task.id,
			status: STATUS[stage],
			reason: stage === 'failed' ? (task.failure ?? '') : '',
			task_type: task.kind.toUpperCase().replace(/[^A-Z0-9]+/g, '_'),
			eta: 0,
			progress_percent: stage === 'failed' ? 0 : Math.min(100, Math.floor(share * 100)),
		},
		images: [],
		videos,
		audios: [],
	};
}

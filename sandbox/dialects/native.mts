/** Gateways that speak Vidu's own format behind a Bearer key: kkiai, and two kinds of relay. */
import type { FastifyError, FastifyInstance } from 'fastify';
import { readKkiai } from '../documents/kkiai.mts';
import { readVideoRequest, type VideoRequest } from '../documents/vidu.mts';
import { Refusal } from '../documents/viduErrors.mts';
import type { Endpoint } from '../documents/viduPrices.mts';
import { measures } from '../media.mts';
import type { Task } from '../tasks.mts';
import { authenticate, belongsTo, bearerKey, polledTask } from './access.mts';
import type { Dialect, Provider } from './dialect.mts';
import { place, type Draft } from './orders.mts';
import { sendError } from './vidu/access.mts';
import { ENDPOINTS, draft } from './vidu/create.mts';
import { created } from './vidu/echo.mts';
import { IMAGE_PATH, imageDraft } from './vidu/images.mts';
import { generation } from './vidu/shapes.mts';

interface Form {
	readonly id: 'kkiai' | 'relay302' | 'powertokens';
	readonly prefix: string;
	/** Where a task is asked for, below the prefix. */
	readonly query: string;
	readonly read: (endpoint: Endpoint, body: unknown) => VideoRequest;
	readonly created: (task: Task) => Record<string, unknown>;
	readonly answer: (provider: Provider, task: Task) => Record<string, unknown>;
	/** It has a page for images too, or is known to pass them on. */
	readonly images?: true;
}

type Strategy = Parameters<FastifyInstance['addConstraintStrategy']>[0];
type Handler = NonNullable<ReturnType<ReturnType<Strategy['storage']>['get']>>;

/** kkiai shares its paths with Vidu: a route constraint tells its key. */
export const KKIAI_CONSTRAINT: Strategy = {
	name: 'gateway',
	storage() {
		const handlers = new Map<unknown, Handler>();
		return {
			get: (gateway) => handlers.get(gateway) ?? null,
			set: (gateway, handler) => void handlers.set(gateway, handler),
		};
	},
	deriveConstraint: ({ headers }) =>
		belongsTo('kkiai', bearerKey(headers.authorization)) ? 'kkiai' : undefined,
};

const FORMS: readonly Form[] = [
	{
		id: 'relay302',
		prefix: '/relay302/vidu/ent/v2',
		query: '/tasks/:id/creations',
		read: readVideoRequest,
		created,
		answer: withVideo,
		images: true,
	},
	{
		id: 'powertokens',
		prefix: '/powertokens/vidu/ent/v2',
		query: '/tasks/:id',
		read: readVideoRequest,
		created: (task) => ({ ...created(task), credits: String(task.credits) }),
		answer: (provider, task) => ({
			...generation(provider, task),
			credits: String(provider.book.charged(task)),
		}),
	},
];

/** The extras of kkiai's create answer (seed 001), empty as in its example. */
const EXTRAS = { cus_priority: 0, wm_position: 'unspecified', wm_url: '', meta_data: '' };

const KKIAI: Form = {
	id: 'kkiai',
	prefix: '/ent/v2',
	query: '/tasks/:id/creations',
	read: readKkiai,
	created: (task) => ({ ...created(task), ...EXTRAS, client_request_id: '' }),
	answer: generation,
	images: true,
};

export const kkiai: Dialect = {
	id: KKIAI.id,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => {
			const status = error.statusCode ?? (error instanceof Refusal ? error.status : 500);
			if (error instanceof Refusal) reply.headers(error.headers);
			const code = error instanceof Refusal ? error.reason : 'invalid_request';
			return reply
				.code(status)
				.send({ error: { message: error.message, type: 'kkiai_error', code } });
		});
		const constraints = { gateway: 'kkiai' };
		addCreates(app, provider, KKIAI, constraints);
		const paths = { tasks: KKIAI.query, task: '/task/:id/creations', list: '/tasks' };
		for (const [name, path] of Object.entries(paths)) {
			app.get<{ Params: { id?: string }; Querystring: { task_ids?: string } }>(
				`${KKIAI.prefix}${path}`,
				{ constraints },
				async (request, reply) => {
					if (name !== provider.kkiaiQuery()) {
						const error = { message: 'Invalid URL', type: 'invalid_request_error', code: '' };
						return await reply.code(name === 'list' ? 405 : 404).send({ error });
					}
					const id = request.params.id ?? request.query.task_ids ?? '';
					const task = polledTask(provider, request, KKIAI.id, id);
					const answer = KKIAI.answer(provider, task);
					return name === 'list' ? { tasks: [answer], next_page_token: '' } : answer;
				},
			);
		}
	},
	callbackBody: (task, provider) => KKIAI.answer(provider, task),
	// The gateway's own key at Vidu, which no user of the gateway has.
	callbackKey: () => 'vda_kkiai_upstream',
};

export const relays: readonly Dialect[] = FORMS.map((form) => ({
	id: form.id,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => sendError(reply, error));
		addCreates(app, provider, form, {});
		app.get<{ Params: { id: string } }>(`${form.prefix}${form.query}`, async (request) =>
			form.answer(provider, polledTask(provider, request, form.id, request.params.id)),
		);
	},
	callbackBody: (task, provider) => form.answer(provider, task),
}));

function addCreates(
	app: FastifyInstance,
	provider: Provider,
	{ id, prefix, ...form }: Form,
	constraints: Record<string, string>,
): void {
	const add = (kind: string, read: (body: unknown) => Draft) =>
		app.post(`${prefix}/${kind}`, { constraints }, async (request, reply) => {
			const key = authenticate(id, request);
			const counter = { dialect: id, key, kind, request, reply, parameters: request.body };
			return await place(provider, counter, read, form.created);
		});
	for (const endpoint of ENDPOINTS) {
		add(endpoint, (body) => draft(provider, form.read(endpoint, body)));
	}
	if (form.images) add(IMAGE_PATH, (body) => imageDraft(provider, body));
}

/** 302.AI adds the measures of the video to each creation. */
function withVideo(provider: Provider, task: Task): Record<string, unknown> {
	const body = generation(provider, task);
	if (task.clip.medium === 'image') return body;
	const video = measures(task.clip);
	const list = Array.isArray(body.creations) ? body.creations : [];
	return { ...body, creations: list.map((creation: object) => ({ ...creation, video })) };
}

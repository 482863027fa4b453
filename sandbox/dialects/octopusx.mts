/** OctopusX: a new-api relay with flat answers, in its "Vidu official format". */
import { randomUUID } from 'node:crypto';
import type { FastifyError } from 'fastify';
import { readOctopusx } from '../documents/octopusx.mts';
import { Refusal } from '../documents/viduErrors.mts';
import { authenticate, polledTask } from './access.mts';
import { flatPrice, type Dialect } from './dialect.mts';
import { place } from './orders.mts';
import { ENDPOINTS } from './vidu/create.mts';

const ID = 'octopusx';
const STATUS: Readonly<Record<string, string>> = { success: 'completed', failed: 'failed' };
/** Refusals of the gateway itself, before any task: new-api's `abortWithOpenAiMessage`. */
const GATEWAY_REASONS = ['Unauthorized', 'CreditInsufficient'];

export const octopusx: Dialect = {
	id: ID,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => {
			const status = error.statusCode ?? 500;
			if (!(error instanceof Refusal)) {
				return reply
					.code(status)
					.send({ code: 'invalid_request', message: error.message, data: null });
			}
			reply.headers(error.headers).code(error.status);
			if (!GATEWAY_REASONS.includes(error.reason)) {
				return reply.send({ code: error.reason, message: error.message, data: null });
			}
			if (error.reason === 'CreditInsufficient') reply.code(403);
			const text = error.reason === 'Unauthorized' ? 'Invalid token' : 'insufficient user quota';
			const message = `${text} (request id: ${randomUUID()})`;
			return reply.send({ error: { message, type: 'new_api_error', code: '' } });
		});
		for (const endpoint of ENDPOINTS) {
			app.post(`/vidu/ent/v2/${endpoint}`, async (request, reply) => {
				const key = authenticate(ID, request);
				return await place(
					provider,
					{ dialect: ID, key, kind: endpoint, request, reply, parameters: request.body },
					(parameters) => {
						const { images, ...clip } = readOctopusx(endpoint, parameters);
						const references = { images, frames: endpoint === 'start-end2video' };
						return { ...clip, credits: flatPrice(clip.duration), references, echo: {} };
					},
					({ id, acceptedAt }) => ({
						task_id: id,
						status: 'processing',
						created_at: Math.floor(acceptedAt / 1000),
					}),
				);
			});
		}
		app.get<{ Params: { id: string } }>('/vidu/ent/v2/task/:id/creations', async (request) => {
			const task = polledTask(provider, request, ID, request.params.id);
			const status = STATUS[provider.book.stage(task)] ?? 'processing';
			const result =
				status === 'completed' ? { video_url: provider.results.issue(task, ['video']).video } : {};
			const now = Math.floor(provider.clock.now() / 1000);
			return { id: task.id, status, ...result, status_update_time: now };
		});
	},
};

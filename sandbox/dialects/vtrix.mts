/** Vtrix: one endpoint for all models, parameters wrapped, prices in dollars. */
import type { FastifyError } from 'fastify';
import { check } from '../documents/check.mts';
import { list, table, text } from '../documents/fields.mts';
import { objects, text as string } from '../documents/values.mts';
import { Refusal } from '../documents/viduErrors.mts';
import { readVtrix, readVtrixOperation, vtrixLike } from '../documents/vtrix.mts';
import type { Task } from '../tasks.mts';
import { authenticate, polledTask } from './access.mts';
import { flatPrice, type Dialect, type Provider } from './dialect.mts';
import { place } from './orders.mts';

const ID = 'vtrix';
const PATH = '/model/v1/generation';
const STATUS: Readonly<Record<string, string>> = { success: 'completed', failed: 'failed' };
/** Generic HTTP: "401 key, 403 balance/permission". */
const HTTP: Readonly<Record<string, number>> = { CreditInsufficient: 403 };
/** What a credit of the sandbox costs here. */
const DOLLARS = 0.005;

export const vtrix: Dialect = {
	id: ID,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => {
			const refused = error instanceof Refusal;
			if (refused) reply.headers(error.headers);
			const status = refused ? (HTTP[error.reason] ?? error.status) : (error.statusCode ?? 500);
			const coded = refused && /^\d+$/.test(error.reason);
			return reply
				.code(status)
				.send(
					coded
						? { error: { code: error.reason, message: error.message } }
						: { detail: error.message },
				);
		});
		app.post(PATH, async (request, reply) => {
			const key = authenticate(ID, request);
			const { model, parameters } = unwrap(request.body);
			return await place(
				provider,
				{ dialect: ID, key, kind: 'generation', request, reply, parameters },
				(params) => {
					const known = provider.isNewer() ? vtrixLike(model) : model;
					const other = readVtrixOperation(known, params);
					if (other !== undefined) {
						const { images, ...made } = other;
						const credits = flatPrice(made.duration);
						return { ...made, credits, audio: false, references: { images }, echo: {} };
					}
					const { images, form, ...clip } = readVtrix(known, params);
					const references = { images, frames: form === 'startEnd' };
					return { ...clip, model, credits: flatPrice(clip.duration), references, echo: {} };
				},
				(task) => ({ ...head(task), status: 'in_progress', progress: 0 }),
			);
		});
		app.get<{ Params: { id: string } }>(`${PATH}/task/:id`, async (request) =>
			describe(provider, polledTask(provider, request, ID, request.params.id)),
		);
	},
};

const ORDER = table(['model', 'input'], {
	model: text(),
	input: list(1, 1, {
		type: 'object',
		required: ['params'],
		properties: { params: { type: 'object' } },
	}),
});

function unwrap(body: unknown): { model: string; parameters: unknown } {
	const order = check(ORDER, body);
	const [first] = objects(order, 'input');
	return { model: string(order, 'model'), parameters: first?.params };
}

const head = ({ id, model, acceptedAt }: Task) => ({
	id,
	model,
	created_at: Math.floor(acceptedAt / 1000),
});

function describe(provider: Provider, task: Task): Record<string, unknown> {
	const status = STATUS[provider.book.stage(task)] ?? 'in_progress';
	if (status === 'failed') {
		const code = task.faults.fail ?? '008017099';
		return { ...head(task), status, error: { code, message: task.failure } };
	}
	if (status === 'in_progress') {
		const share = (provider.clock.seconds() - task.startedAt) / (task.endsAt - task.startedAt);
		return { ...head(task), status, progress: Math.round(share * 100) / 100, output: [] };
	}
	const type = task.clip.medium === 'image' ? 'image' : 'video';
	const result = { type, url: provider.results.issue(task, [type])[type] };
	const output =
		task.faults.shape === 'B'
			? { task_id: task.creationId, task_status: 'done', results: [result] }
			: { content: [{ ...result, jobId: task.creationId }] };
	return {
		...head(task),
		status,
		progress: 1,
		output: [output],
		usage: { cost: (task.credits * DOLLARS).toFixed(4), discount: 1 },
		metadata: { remote_task_id: task.creationId, model: task.model },
	};
}

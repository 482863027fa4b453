/** Get Generation and Cancel. */
import type { FastifyInstance } from 'fastify';
import { isObject } from '../../documents/fields.mts';
import { Refusal, invalid, lacking } from '../../documents/viduErrors.mts';
import { failPoll } from '../access.mts';
import type { Provider } from '../dialect.mts';
import { ownTask } from './access.mts';
import { generation, stateOf } from './shapes.mts';

export function taskRoutes(app: FastifyInstance, provider: Provider): void {
	app.get<{ Params: { id: string } }>('/ent/v2/tasks/:id/creations', async (request) => {
		const task = ownTask(provider, request, request.params.id);
		failPoll(provider, [task]);
		return generation(provider, task);
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

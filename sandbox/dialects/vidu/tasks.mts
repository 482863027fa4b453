/** Get Generation and Cancel. */
import type { FastifyInstance } from 'fastify';
import { check } from '../../documents/check.mts';
import { table, text } from '../../documents/fields.mts';
import { Refusal, invalid } from '../../documents/viduErrors.mts';
import { failPoll } from '../access.mts';
import type { Provider } from '../dialect.mts';
import { ownTask } from './access.mts';
import { generation, stateOf } from './shapes.mts';

const CANCEL = table(['id'], { id: text() });

export function taskRoutes(app: FastifyInstance, provider: Provider): void {
	app.get<{ Params: { id: string } }>('/ent/v2/tasks/:id/creations', async (request) => {
		const task = ownTask(provider, request, request.params.id);
		failPoll(provider, [task]);
		return generation(provider, task);
	});
	app.post<{ Params: { id: string } }>('/ent/v2/tasks/:id/cancel', async (request) => {
		const task = ownTask(provider, request, request.params.id);
		if (check(CANCEL, request.body).id !== task.id)
			throw invalid('id', 'it is not the task of the path');
		if (!provider.book.cancel(task)) {
			const { state } = stateOf(provider, task);
			throw new Refusal('BadRequest', `task state is ${state}, can not cancel`);
		}
		provider.callbacks.refresh();
		return {};
	});
}

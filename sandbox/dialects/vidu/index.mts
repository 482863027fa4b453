/** Vidu's own API: routes and wire shapes, after platform.vidu.com/docs. */
import type { FastifyError } from 'fastify';
import type { Dialect } from '../dialect.mts';
import { DIALECT, sendError } from './access.mts';
import { accountRoutes } from './account.mts';
import { createRoutes } from './create.mts';
import { listRoutes } from './list.mts';
import { generation } from './shapes.mts';
import { taskRoutes } from './tasks.mts';
import { uploadRoutes } from './uploads.mts';

export const vidu: Dialect = {
	id: DIALECT,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => sendError(reply, error));
		for (const add of [createRoutes, taskRoutes, listRoutes, accountRoutes, uploadRoutes]) {
			add(app, provider);
		}
	},
	callbackBody: (task, provider) => generation(provider, task),
};

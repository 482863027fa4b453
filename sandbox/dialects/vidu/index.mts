/** Vidu's own API: routes and wire shapes, after platform.vidu.com/docs. */
import type { FastifyError } from 'fastify';
import type { Dialect } from '../dialect.mts';
import { DIALECT, sendError } from './access.mts';
import { accountRoutes } from './account.mts';
import { chainRoutes } from './chains.mts';
import { createRoutes } from './create.mts';
import { effectRoutes } from './effects.mts';
import { imageRoutes } from './images.mts';
import { listRoutes } from './list.mts';
import { peopleRoutes } from './people.mts';
import { promptRoutes } from './prompts.mts';
import { generation } from './shapes.mts';
import { speechRoutes } from './speech.mts';
import { subjectRoutes } from './subjects.mts';
import { taskRoutes } from './tasks.mts';
import { templateRoutes } from './templates.mts';
import { uploadRoutes } from './uploads.mts';

const ROUTES = [
	createRoutes,
	chainRoutes,
	templateRoutes,
	peopleRoutes,
	imageRoutes,
	effectRoutes,
	speechRoutes,
	promptRoutes,
	subjectRoutes,
	taskRoutes,
	listRoutes,
	accountRoutes,
	uploadRoutes,
];

export const vidu: Dialect = {
	id: DIALECT,
	routes(app, provider) {
		app.setErrorHandler<FastifyError>((error, _request, reply) => sendError(reply, error));
		for (const add of ROUTES) add(app, provider);
	},
	callbackBody: (task, provider) => generation(provider, task),
};

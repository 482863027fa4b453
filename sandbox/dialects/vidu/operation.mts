/** The route of an operation: the key, then the way of every order. */
import type { FastifyInstance } from 'fastify';
import type { Task } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';
import { place, type Draft } from '../orders.mts';
import { DIALECT, authenticate } from './access.mts';
import { created } from './echo.mts';

/** What every draft needs of those that neither look at pictures nor make a video. */
export const UNSEEN = { prompt: '', resolution: '', audio: false, references: { images: [] } };

/** What is answered at once, and makes no file. */
export const FILELESS = {
	...UNSEEN,
	model: '',
	duration: 0,
	medium: 'none',
	instant: true,
} as const;

/**
 * Adds `POST /ent/v2/{path}`.
 * @param read holds a body against its document @param answer what is told of the task
 * @param dialect of the task: another than Vidu's keeps it out of the task list
 */
export function operation(
	app: FastifyInstance,
	provider: Provider,
	path: string,
	read: (body: unknown, key: string) => Draft,
	answer: (task: Task) => Record<string, unknown> = created,
	dialect = DIALECT,
): void {
	app.post(`/ent/v2/${path}`, async (request, reply) => {
		const key = authenticate(provider, request);
		return await place(
			provider,
			{ dialect, key, kind: path, request, reply, parameters: request.body },
			(body) => read(body, key),
			answer,
		);
	});
}

/** The callback address of a checked body. */
export const callbackOf = ({ callback_url: url }: Readonly<Record<string, unknown>>) =>
	typeof url === 'string' && url !== '' ? url : undefined;

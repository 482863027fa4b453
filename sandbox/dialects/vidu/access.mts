/** Who may call, and how Vidu says no. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, envelope } from '../../documents/viduErrors.mts';
import type { Task } from '../../tasks.mts';
import { findTask } from '../access.mts';
import type { Provider } from '../dialect.mts';

/** Name of this dialect in `Task.dialect`. */
export const DIALECT = 'vidu';

/** The key of a request. The scheme is literally `Token`. */
export function authenticate(provider: Provider, request: FastifyRequest): string {
	const [, key = ''] = /^Token (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
	if (!provider.knows(key)) throw new Refusal('Unauthorized', 'invalid token');
	return key;
}

/** Answers with the error envelope, and its trace id also as a header. */
export function sendError(reply: FastifyReply, error: FastifyError | Refusal): FastifyReply {
	const refused = error instanceof Refusal;
	const status = refused ? error.status : (error.statusCode ?? 500);
	const reason = refused ? error.reason : status < 500 ? 'BadRequest' : 'InternalServiceFailure';
	const body = envelope(status, reason, error.message);
	if (refused) reply.headers(error.headers);
	return reply.code(status).header('x-md-trace-id', body.metadata.trace_id).send(body);
}

/** The task of a path, if it belongs to the caller. */
export function ownTask(provider: Provider, request: FastifyRequest, id: string): Task {
	// Seen in real answers: an id that is no number fails before the key is looked at.
	if (!/^\d+$/.test(id)) throw new Refusal('CODEC', `parsing field "id": strconv.ParseInt: ${id}`);
	return findTask(provider, request, DIALECT, authenticate(provider, request), id);
}

/** What all dialects share about who asks, and for which task. */
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../documents/viduErrors.mts';
import { retryAfterHeader } from '../faults.mts';
import { GATEWAY_KEYS, poorKey, type Gateway } from '../keys.mts';
import type { Task } from '../tasks.mts';
import type { Provider } from './dialect.mts';

/** The key after `Bearer`, empty if the request has none. */
export function bearerKey(authorization: string | undefined): string {
	return /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
}

/** Whether a gateway knows a key. */
export const belongsTo = (gateway: Gateway, key: string) =>
	key === GATEWAY_KEYS[gateway] || key === poorKey(gateway);

/** The key of a request to a gateway. @throws {Refusal} `Unauthorized` */
export function authenticate(gateway: Gateway, { headers }: FastifyRequest): string {
	const key = bearerKey(headers.authorization);
	if (!belongsTo(gateway, key)) throw new Refusal('Unauthorized', 'invalid token');
	return key;
}

/** A task that this key ordered in this dialect. @throws {Refusal} `TaskNotFound` */
export function findTask(
	provider: Provider,
	request: FastifyRequest,
	dialect: string,
	key: string,
	id: string,
): Task {
	const task = provider.book.get(id);
	if (task?.key !== key || task.dialect !== dialect) {
		throw new Refusal('TaskNotFound', 'task not found');
	}
	provider.note(request, { taskId: id });
	return task;
}

/** A gateway's task that a query may see, after the faults of its polls. */
export function polledTask(
	provider: Provider,
	request: FastifyRequest,
	gateway: Gateway,
	id: string,
): Task {
	const task = findTask(provider, request, gateway, authenticate(gateway, request), id);
	failPoll(provider, [task]);
	return task;
}

/** `[poll500=N]` and `[poll429=N]` of any task that a status request concerns. */
export function failPoll(provider: Provider, tasks: readonly Task[]): void {
	const broken = tasks.filter(({ due }) => due.poll500 > 0);
	for (const { due } of broken) due.poll500 -= 1;
	if (broken.length > 0) throw new Refusal('InternalServiceFailure', 'internal service failure');
	const [busy] = tasks.filter(({ due }) => due.poll429 > 0);
	if (busy === undefined) return;
	for (const { due } of tasks) due.poll429 = Math.max(0, due.poll429 - 1);
	throw new Refusal('TooManyRequests', 'too many requests', 429, {
		'Retry-After': retryAfterHeader(busy.faults, provider.clock.now()),
	});
}

/**
 * Sends the create request, the one that costs money.
 *
 * Rule that must not regress: an answer that does not say whether the task exists (none, 5xx,
 * a success without an id) is `doubtful` and the request is never sent again. Only refusals before
 * acceptance are `busy`: connection refused, 429, 503 with Retry-After, `OperationInProcess`.
 */
import type { ProviderError, WireRequest } from '../providers/types';
import { exchange, type Answer } from '../transport/exchange';
import { failure, refusal, sentences, type Failure } from '../transport/failure';
import type { Order } from './order';
import type { Submitted } from './runner';
import { readRetryAfter } from './schedule';
import type { Session } from './session';

/** Large bodies take long to be taken in: pictures travel inside. Milliseconds. */
const CREATE_TIMEOUT = 180_000;

/** Creates one task. Never throws. */
export async function createTask(
	session: Session,
	order: Order,
	request: WireRequest,
): Promise<Submitted> {
	const { context, connection, provider } = session;
	const sentAt = new Date();
	const answer = await exchange(context, connection, request, CREATE_TIMEOUT);
	if (answer.kind === 'noAnswer') {
		if (answer.notSent) {
			const unreachable = failure(
				`${provider.name} could not be reached: ${answer.reason}`,
				'Nothing was sent. Check "Base URL" in the credential and the network of this n8n',
			);
			return { kind: 'busy', retryAfter: null, failure: unreachable };
		}
		return { kind: 'failure', failure: doubt(session, order, answer.reason, sentAt) };
	}
	if (answer.status >= 200 && answer.status < 300) {
		const task = order.readCreate(answer.body);
		if (task.taskId) return { kind: 'task', task };
		const error = provider.readError(answer.status, answer.body);
		if (error.code !== null) {
			return { kind: 'failure', failure: refusal(provider.name, error, 'the request') };
		}
		const reason = `the answer holds no task id; ${told(error)}`;
		return { kind: 'failure', failure: doubt(session, order, reason, sentAt) };
	}
	return refused(session, order, answer, sentAt);
}

function refused(session: Session, order: Order, answer: Answer, sentAt: Date): Submitted {
	const { provider } = session;
	const error = provider.readError(answer.status, answer.body);
	const retryAfter = readRetryAfter(answer.headers['retry-after'], Date.now());
	const reported = refusal(provider.name, error, 'the request');
	if (error.notTaken || (answer.status === 503 && retryAfter !== null)) {
		return { kind: 'busy', retryAfter, failure: reported };
	}
	if (answer.status >= 500 || answer.status === 408) {
		const reason = `HTTP ${answer.status}, ${told(error)}`;
		return { kind: 'failure', failure: doubt(session, order, reason, sentAt) };
	}
	return { kind: 'failure', failure: reported };
}

/** What the provider said, with what its support asks for. */
function told({ message, code, traceId }: ProviderError): string {
	const details = [code, traceId && `trace id ${traceId}`].filter(Boolean).join(', ');
	return details === '' ? message : `${message} (${details})`;
}

/** The task may exist: says so, and how to find out. */
export function doubt(
	{ provider }: Session,
	{ model, prompt }: Order,
	reason: string,
	sentAt: Date,
): Failure {
	const marks = [
		...(model === null ? [] : [`the model ${model}`]),
		...(prompt === null ? [] : [`the prompt "${prompt.slice(0, 60)}"`]),
	];
	const which = marks.length > 0 ? ` with ${marks.join(' and ')},` : '';
	return failure(
		`It is not known whether ${provider.name} took the request: ${reason}`,
		sentences(
			'It was not sent again, because a second clip would be paid for as well',
			`Look for a task${which} created about ${sentAt.toISOString()}, in the console of the provider or with Vidu → Task → Get Many, and fetch it with Vidu → Task → Get`,
			'To buy a new clip, start a new execution',
		),
		{ doubtful: true },
	);
}

/**
 * Sends the create request, the one that costs money.
 *
 * Rule that must not regress: an answer that does not say whether the task exists (none, 5xx,
 * a success without an id) is `doubtful` and the request is never sent again. Only refusals before
 * acceptance are `busy`: connection refused, 429, 503 with Retry-After, `OperationInProcess`.
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection, GenerationRequest, Provider, ProviderError } from '../providers/types';
import { exchange, type Answer } from '../transport/exchange';
import { failure, refusal, sentences, type Failure } from '../transport/failure';
import type { Submitted } from './runner';
import { readRetryAfter } from './schedule';

/** Large bodies take long to be taken in: pictures travel inside. Milliseconds. */
const CREATE_TIMEOUT = 180_000;

/** Creates one task. Never throws. */
export async function createTask(
	context: IExecuteFunctions,
	connection: Connection,
	provider: Provider,
	request: GenerationRequest,
): Promise<Submitted> {
	const sentAt = new Date();
	const answer = await exchange(context, connection, provider.create(request), CREATE_TIMEOUT);
	if (answer.kind === 'noAnswer') {
		if (answer.notSent) {
			const unreachable = failure(
				`${provider.name} could not be reached: ${answer.reason}`,
				'Nothing was sent. Check "Base URL" in the credential and the network of this n8n',
			);
			return { kind: 'busy', retryAfter: null, failure: unreachable };
		}
		return { kind: 'failure', failure: doubt(provider, request, answer.reason, sentAt) };
	}
	if (answer.status >= 200 && answer.status < 300) {
		const task = provider.readCreate(answer.body);
		if (task.taskId) return { kind: 'task', task };
		const error = provider.readError(answer.status, answer.body);
		if (error.code !== null) {
			return { kind: 'failure', failure: refusal(provider.name, error, 'the request') };
		}
		const reason = `the answer holds no task id; ${told(error)}`;
		return { kind: 'failure', failure: doubt(provider, request, reason, sentAt) };
	}
	return refused(provider, request, answer, sentAt);
}

function refused(
	provider: Provider,
	request: GenerationRequest,
	answer: Answer,
	sentAt: Date,
): Submitted {
	const error = provider.readError(answer.status, answer.body);
	const retryAfter = readRetryAfter(answer.headers['retry-after'], Date.now());
	const reported = refusal(provider.name, error, 'the request');
	if (error.notTaken || (answer.status === 503 && retryAfter !== null)) {
		return { kind: 'busy', retryAfter, failure: reported };
	}
	if (answer.status >= 500 || answer.status === 408) {
		const reason = `HTTP ${answer.status}, ${told(error)}`;
		return { kind: 'failure', failure: doubt(provider, request, reason, sentAt) };
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
	provider: Provider,
	request: Pick<GenerationRequest, 'model' | 'prompt'>,
	reason: string,
	sentAt: Date,
): Failure {
	const prompt = request.prompt ? ` and the prompt "${request.prompt.slice(0, 60)}"` : '';
	return failure(
		`It is not known whether ${provider.name} took the request: ${reason}`,
		sentences(
			'It was not sent again, because a second clip would be paid for as well',
			`Look for a task with the model ${request.model}${prompt}, created about ${sentAt.toISOString()}, in the console of the provider or with Vidu → Task → Get Many, and fetch it with Vidu → Task → Get`,
			'To buy a new clip, start a new execution',
		),
		{ doubtful: true },
	);
}

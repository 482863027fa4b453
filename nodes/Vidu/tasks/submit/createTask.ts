/**
 * Sends the create request, the one that costs money.
 *
 * Rule that must not regress: a response that does not tell whether the task exists (none, 5xx,
 * a success without an ID) is `unknown`, and the request is never sent again. Only refusals before
 * acceptance are `busy`: connection refused, 429, 503 with Retry-After, `OperationInProcess`.
 */
import { asText } from '../../providers/read';
import { sourceIn } from '../../providers/reading';
import {
	unreadTask,
	type Provider,
	type ProviderError,
	type Task,
	type WireRequest,
} from '../../providers/types';
import { blameMedia } from '../../media/blame';
import { withoutStop } from '../../transport/caller';
import { sendRequest, type HttpAnswer } from '../../transport/exchange';
import { failure, failureOf, refusal, sentences, type Failure } from '../../transport/failure';
import type { TaskRequest } from './request';
import type { Submitted } from '../context/job';
import type { Session } from '../context/session';

/** `unknown`: the task may exist. */
export type Created = Submitted | { readonly kind: 'unknown'; readonly reason: string };

/** Creates one task. Never throws. n8n's Stop does not interrupt it, because the response names the task that is billed. */
export async function createTask(
	session: Session,
	taskRequest: TaskRequest,
	request: WireRequest,
): Promise<Created> {
	try {
		return await create(session, taskRequest, request);
	} catch (defect) {
		return {
			kind: 'unknown',
			reason: `the response could not be read: ${failureOf(defect).message}`,
		};
	}
}

async function create(
	session: Session,
	taskRequest: TaskRequest,
	request: WireRequest,
): Promise<Created> {
	const { context, connection, provider } = session;
	const answer = await sendRequest(
		withoutStop(context),
		connection,
		request,
		taskRequest.answerWithin,
	);
	if (answer.kind === 'noAnswer') {
		if (answer.notSent) {
			const unreachable = failure(
				`${provider.name} could not be reached: ${answer.reason}`,
				'Nothing was sent. Check "Base URL" in the credential and the network connection of n8n',
			);
			return { kind: 'busy', retryAfter: null, unreachable: true, failure: unreachable };
		}
		return { kind: 'unknown', reason: answer.reason };
	}
	if (answer.ok) {
		const kind = 'kind' in taskRequest.asked ? taskRequest.asked.kind : null;
		const task = provider.readCreate(answer.body, kind);
		if (task.taskId && (kind !== null || isTask(task))) {
			return { kind: 'task', task, fresh: true };
		}
		const error = provider.readError(answer.status, answer.body);
		// With an unknown code the request may have been accepted.
		if (error.known) {
			return { kind: 'failure', failure: refusal(provider.name, error, 'the request') };
		}
		// What the user wrote may create something else. A text is not the API's, or incomplete.
		if (kind === null && typeof answer.body === 'object') {
			return { kind: 'task', task: answerOf(task.raw) };
		}
		return { kind: 'unknown', reason: `the response has no task ID; ${told(error)}` };
	}
	return refused(session, taskRequest, answer);
}

/** Whether a response to a request that the user wrote is about a task: other things have IDs as well. */
function isTask({ nativeState, raw }: Task): boolean {
	return nativeState !== '' || asText(sourceIn(raw).task_id) !== null;
}

/** A response without a task, as a finished one that has no ID. */
function answerOf(response: unknown): Task {
	return { ...unreadTask(''), state: 'succeeded', also: { response }, raw: response };
}

function refused({ provider }: Session, request: TaskRequest, answer: HttpAnswer): Created {
	const error = provider.readError(answer.status, answer.body);
	const { retryAfter } = answer;
	const refusing = refusal(provider.name, error, 'the request');
	const blame = blameMedia(error.code, error.message, request.media);
	const reported = { ...refusing, description: sentences(blame, refusing.description) };
	if (error.notTaken || (answer.status === 503 && retryAfter !== null)) {
		return { kind: 'busy', retryAfter, failure: reported };
	}
	if (answer.status >= 500 || answer.status === 408) {
		return { kind: 'unknown', reason: `HTTP ${answer.status}, ${told(error)}` };
	}
	return { kind: 'failure', failure: reported };
}

/** The provider's message, with what its support needs. */
function told({ message, code, traceId }: ProviderError): string {
	const details = [code, traceId && `trace ID ${traceId}`].filter(Boolean).join(', ');
	return details === '' ? message : `${message} (${details})`;
}

/** The failure of a request whose task may exist, with how to find it. `at`: when it was sent, in milliseconds; `keyed`: with a deduplication key; `candidates`: IDs of tasks that may be it. */
export function unknownOutcome(
	provider: Provider,
	{ model, prompt }: TaskRequest,
	reason: string,
	{ at, keyed }: { readonly at: number; readonly keyed: boolean },
	candidates: readonly string[],
): Failure {
	const marks = [
		...(model === null ? [] : [`the model ${model}`]),
		...(prompt === null ? [] : [`the prompt "${prompt.slice(0, 60)}"`]),
	];
	const which = marks.length > 0 ? ` with ${marks.join(' and ')},` : '';
	return failure(
		`${provider.name} may or may not have accepted the request: ${reason}`,
		sentences(
			'It was not retried, because that could charge you twice',
			candidates.length > 0 && `The task may be one of ${candidates.join(', ')}`,
			`Look for a task${which} created about ${new Date(at).toISOString()}, in the console of the provider or with Vidu → Task → Get Many, and fetch it with Vidu → Task → Get`,
			keyed
				? 'To buy a new clip, use another "Deduplication Key"'
				: 'To buy a new clip, start a new execution',
		),
		{ unknownOutcome: true },
	);
}

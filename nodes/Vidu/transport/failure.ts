/** Everything that can go wrong with an item, as data; one place makes n8n's errors of it. */
import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isUncharged } from '../providers/charged';
import { sentenceOf, wordsOn } from '../providers/advice';
import { meaningOf } from '../providers/errorCodes';
import type { Provider, ProviderError, Task } from '../providers/types';

export interface Failure {
	/** What happened, in a sentence, in the user's words. */
	readonly message: string;
	/** What to do next: the task id, the trace id, what to change. */
	readonly description: string;
	/** The provider's code, where it gave one. */
	readonly code: string | null;
	readonly httpStatus: number | null;
	/** The last that is known of the task; null when none was created for certain. */
	readonly task: Task | null;
	/** True when a paid task may exist although its id is not known. */
	readonly unknownOutcome: boolean;
}

/** A failure with only a sentence and advice; the rest can be given. */
export function failure(
	message: string,
	description: string,
	rest: Partial<Failure> = {},
): Failure {
	return {
		message,
		description,
		code: null,
		httpStatus: null,
		task: null,
		unknownOutcome: false,
		...rest,
	};
}

/** What was thrown, as a failure: n8n's errors bring a description. */
export function failureOf(thrown: unknown, rest: Partial<Failure> = {}): Failure {
	const { message, description } = (thrown ?? {}) as Partial<NodeOperationError>;
	const { task } = rest;
	const advice = task ? sentences(description, fetchLater(task.taskId)) : (description ?? '');
	return failure(message || 'Something went wrong in this node', advice, rest);
}

/** A request that the provider refused: nothing was bought. */
export function refusal(providerName: string, error: ProviderError, what: string): Failure {
	const code = error.code ? ` (${error.code})` : ` (HTTP ${error.status})`;
	const refused = `${providerName} refused ${what}: ${withoutPeriod(error.message)}`;
	const { key, free } = meaningOf(error.code) ?? {};
	const wrongKey = error.status === 401 || key === true;
	return failure(
		`${wrongKey ? 'The API key was not accepted' : refused}${code}`,
		sentences(
			error.advice,
			free && 'Nothing was charged',
			wrongKey && refused,
			error.traceId && `Trace id: ${error.traceId}`,
		),
		{ code: error.code, httpStatus: error.status },
	);
}

/** A task that the provider ended without a result; `blame` names what it may be about. */
export function taskFailure(provider: Provider, task: Task, blame: string | null): Failure {
	const code = task.error?.code ?? null;
	const message = task.error?.message ?? sentenceOf(code);
	const { what, advice: description } = wordsOn(code);
	const own = message !== sentenceOf(code) && withoutPeriod(message);
	const outcome = task.state === 'cancelled' ? 'was cancelled' : 'did not succeed';
	const nothing = code === null ? ': no reason was given' : '';
	const reason = own === false ? nothing : `: ${own}`;
	return failure(
		(what === undefined
			? `The ${provider.name} task ${outcome}${reason}`
			: `${provider.name} ${what}`) + (code === null ? '' : ` (${code})`),
		sentences(
			what !== undefined && own !== false && `${provider.name} says: ${own}`,
			description,
			blame,
			isUncharged(provider, task) && 'Nothing was charged',
			`Task id: ${task.taskId}`,
		),
		{ code, task },
	);
}

/** How to get at a task that exists. */
export function fetchLater(taskId: string): string {
	return `Task id: ${taskId}. It can be fetched at any time by this id, without paying again: use Vidu → Task → Get, or retry this execution, which picks the task up where it is`;
}

/** Joins what is there into sentences with full stops. */
export function sentences(...parts: ReadonlyArray<string | null | undefined | false>): string {
	return parts
		.filter((part): part is string => Boolean(part))
		.map((part) => `${withoutPeriod(part)}.`)
		.join(' ');
}

function withoutPeriod(sentence: string): string {
	return sentence.replace(/[\s.]+$/, '');
}

/** The failure as n8n's error, bound to the item that caused it. */
export function toNodeError(
	node: INode,
	itemIndex: number,
	{ message, description, code, httpStatus, task }: Failure,
): NodeApiError | NodeOperationError {
	if (httpStatus === null && task === null) {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	// Not `code`: n8n would show it as the HTTP status.
	const response: JsonObject = { message, providerCode: code, taskId: task?.taskId ?? null };
	return new NodeApiError(node, response, {
		message,
		description,
		httpCode: httpStatus === null ? undefined : String(httpStatus),
		itemIndex,
	});
}

/** Everything that can go wrong with an item, as data, and its conversion to n8n's errors. */
import type { NodeOperationError } from 'n8n-workflow';
import { sentenceOf, wordsOn } from '../providers/advice';
import { meaningOf } from '../providers/errorCodes';
import { type Provider, type ProviderError, type Task, isUncharged } from '../providers/types';

export interface Failure {
	/** What happened, in one sentence for the user. */
	readonly message: string;
	/** What to do next: what to change, the task ID, the trace ID. */
	readonly description: string;
	/** The provider's code, if any. */
	readonly code: string | null;
	readonly httpStatus: number | null;
	/** The last known state of the task; null if none is known to exist. */
	readonly task: Task | null;
	/** True if a paid task may exist whose ID is not known. */
	readonly unknownOutcome: boolean;
}

/** A failure with a message and a description; the other fields are optional. */
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

/** Tells a failure from any other result. */
export function isFailure(value: object): value is Failure {
	return 'unknownOutcome' in value;
}

/** Converts whatever was thrown to a failure. */
export function failureOf(thrown: unknown, rest: Partial<Failure> = {}): Failure {
	const { message, description } = (thrown ?? {}) as Partial<NodeOperationError>;
	const { task } = rest;
	const advice = task ? sentences(description, fetchLater(task.taskId)) : (description ?? '');
	return failure(message || 'Something went wrong in this node', advice, rest);
}

/** A request that the provider refused: no task was created. `what` completes "refused …". */
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
			error.traceId && `Trace ID: ${error.traceId}`,
		),
		{ code: error.code, httpStatus: error.status },
	);
}

/** A task that ended without a result; `blame` names the image that may be the cause. */
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
			`Task ID: ${task.taskId}`,
		),
		{ code, task },
	);
}

/** How to get the result of a task that exists. */
export function fetchLater(taskId: string): string {
	return `Task ID: ${taskId}. Fetch the result with Vidu → Task → Get, or retry this execution, which continues with this task. You will not be charged again`;
}

/** Joins the given parts as sentences, each with a full stop. */
export function sentences(...parts: ReadonlyArray<string | null | undefined | false>): string {
	return parts
		.filter((part): part is string => Boolean(part))
		.map((part) => `${withoutPeriod(part)}.`)
		.join(' ');
}

function withoutPeriod(sentence: string): string {
	return sentence.replace(/[\s.]+$/, '');
}

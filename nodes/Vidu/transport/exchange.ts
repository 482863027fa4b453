/**
 * The one place that sends HTTP, through n8n's helpers. It never throws: what a failure means
 * (a paid task may exist, the poll can be repeated) is for the caller to decide.
 */
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Connection, WireRequest } from '../providers/types';
import { fields, own, parseBody, text } from '../providers/read';
import { isStopped, stopSignal, type Caller } from './caller';

export interface Answer {
	readonly kind: 'answer';
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed JSON, or the text where it is none. */
	readonly body: unknown;
}

export interface NoAnswer {
	readonly kind: 'noAnswer';
	/** What went wrong, without addresses or keys. */
	readonly reason: string;
	/** True when the request certainly never reached the provider. */
	readonly notSent: boolean;
	/** True when the execution was stopped. */
	readonly stopped: boolean;
}

/** Failures before a connection exists, hence before a byte of the request was sent. */
const NOT_SENT: Readonly<Record<string, string>> = {
	EAI_AGAIN: 'the name of the server could not be looked up',
	ECONNREFUSED: 'the server refused the connection',
	EHOSTUNREACH: 'the server cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	ENOTFOUND: 'the name of the server could not be looked up',
};

const MAYBE_SENT: Readonly<Record<string, string>> = {
	ECONNABORTED: 'the server did not answer in time',
	ECONNRESET: 'the connection was lost before the answer came',
	EPIPE: 'the connection was lost while sending',
	ERR_CANCELED: 'the execution was stopped',
	ETIMEDOUT: 'the server did not answer in time',
};

/** Sends a request of the provider's contract with the credential's key. `timeout` in milliseconds. */
export async function exchange(
	context: Caller,
	connection: Connection,
	request: WireRequest,
	timeout: number,
): Promise<Answer | NoAnswer> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: connection.baseUrl + request.path,
		...(request.query && { qs: { ...request.query }, arrayFormat: 'repeat' }),
		...(request.body && { body: { ...request.body } }),
		headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
		// The body is parsed here: axios would round task ids above 2^53.
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout,
	};
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			'viduApi',
			options,
		)) as IN8nHttpFullResponse;
		return answer(response);
	} catch (error) {
		return noAnswer(context, error);
	}
}

/** Sends bytes to an address that an upload ticket names: another host, hence without the key. */
export async function putBytes(
	context: Caller,
	url: string,
	bytes: Buffer,
	contentType: string,
	timeout: number,
): Promise<Answer | NoAnswer> {
	try {
		const response = (await context.helpers.httpRequest({
			method: 'PUT',
			url,
			body: bytes,
			headers: { 'Content-Type': contentType },
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout,
			abortSignal: stopSignal(context),
		})) as IN8nHttpFullResponse;
		return answer(response);
	} catch (error) {
		return noAnswer(context, error);
	}
}

/** A result as a stream, never with the key; the signed URL goes out as it came. */
export async function openStream(
	context: Caller,
	url: string,
	timeout: number,
): Promise<Answer | NoAnswer> {
	try {
		const response = (await context.helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout,
			abortSignal: stopSignal(context),
		})) as IN8nHttpFullResponse;
		return {
			kind: 'answer',
			status: response.statusCode,
			headers: response.headers,
			body: response.body,
		};
	} catch (error) {
		return noAnswer(context, error);
	}
}

function answer(response: IN8nHttpFullResponse): Answer {
	const body: unknown = response.body;
	return {
		kind: 'answer',
		status: response.statusCode,
		headers: response.headers,
		body: typeof body === 'string' ? parseBody(body) : body,
	};
}

function noAnswer(context: Caller, error: unknown): NoAnswer {
	const code = errorCode(error);
	const stopped = isStopped(context);
	const known = code === null ? undefined : (own(NOT_SENT, code) ?? own(MAYBE_SENT, code));
	const reason =
		known ?? (code === null ? (text(fields(error).message) ?? 'unknown') : `network: ${code}`);
	// Anything unknown counts as sent: a paid task may exist.
	return {
		kind: 'noAnswer',
		reason,
		stopped,
		notSent: code !== null && own(NOT_SENT, code) !== undefined,
	};
}

/** The network code, from the error or from what caused it (n8n wraps axios, axios wraps Node). */
function errorCode(error: unknown): string | null {
	for (let current = fields(error), depth = 0; depth < 5; depth++) {
		const code = text(current.code);
		if (code !== null) return code;
		current = fields(current.cause);
	}
	return null;
}

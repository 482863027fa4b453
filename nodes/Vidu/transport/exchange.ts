/**
 * The one place that sends HTTP, through n8n's helpers. It never throws: what a failure means
 * (a paid task may exist, the poll can be repeated) is for the caller to decide.
 */
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Connection, WireRequest } from '../providers/types';
import { parseBody } from '../providers/read';
import { isStopped, withSignal, type Caller } from './caller';
import { discard, isStream, LimitError, readText, within, type ByteStream } from './limits';
import { troubleOf } from './notSent';

export interface HttpAnswer {
	readonly kind: 'answer';
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed JSON, or the text where it is none. */
	readonly body: unknown;
}

export interface NetworkFailure {
	readonly kind: 'noAnswer';
	/** What went wrong, without addresses or keys. */
	readonly reason: string;
	/** True when the request certainly never reached the provider. */
	readonly notSent: boolean;
	/** True when the execution was stopped. */
	readonly stopped: boolean;
}

/** An answer whose body is for the caller to read, or to discard. */
export interface Opened {
	readonly kind: 'opened';
	readonly status: number;
	readonly body: ByteStream;
}

/** Bytes that a line takes in each millisecond at least; what a request carries adds to its time. */
const UPLINK = 64;

/**
 * Sends a request of the provider's contract with the credential's key. `timeout` in milliseconds:
 * the whole time, to the last byte of the answer, but for what the request's own bytes take.
 */
export async function sendRequest(
	context: Caller,
	connection: Connection,
	request: WireRequest,
	timeout: number,
): Promise<HttpAnswer | NetworkFailure> {
	const bytes = request.body === undefined ? 0 : JSON.stringify(request.body).length;
	return await answerOf(context, timeout + bytes / UPLINK, async (limits) => {
		const options: IHttpRequestOptions = {
			method: request.method,
			url: connection.baseUrl + request.path,
			...(request.query && { qs: { ...request.query }, arrayFormat: 'repeat' }),
			...(request.body && { body: { ...request.body } }),
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			...limits,
		};
		const limited = withSignal(context, limits.abortSignal);
		return (await limited.helpers.httpRequestWithAuthentication.call(
			limited,
			'viduApi',
			options,
		)) as IN8nHttpFullResponse;
	});
}

/** Sends bytes to an address that an upload ticket names: another host, hence without the key. */
export async function putBytes(
	context: Caller,
	url: string,
	bytes: Buffer,
	contentType: string,
	timeout: number,
): Promise<HttpAnswer | NetworkFailure> {
	return await answerOf(
		context,
		timeout + bytes.length / UPLINK,
		async (limits) =>
			(await context.helpers.httpRequest({
				method: 'PUT',
				url,
				body: bytes,
				headers: { 'Content-Type': contentType },
				...limits,
			})) as IN8nHttpFullResponse,
	);
}

/**
 * A result as a stream, never with the key; the signed URL goes out as it came. `timeout` in
 * milliseconds, until it begins.
 */
export async function openStream(
	context: Caller,
	url: string,
	timeout: number,
): Promise<Opened | NetworkFailure> {
	try {
		return await within(context, timeout, async (abortSignal) => {
			const response = (await context.helpers.httpRequest({
				method: 'GET',
				url,
				// Media is not worth packing, and what is packed is longer or shorter than announced.
				headers: { 'Accept-Encoding': 'identity' },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				timeout,
				abortSignal,
			})) as IN8nHttpFullResponse;
			const body = response.body as unknown as ByteStream;
			if (abortSignal.aborted) discard(body);
			return { kind: 'opened', status: response.statusCode, body };
		});
	} catch (error) {
		return noAnswer(context, error);
	}
}

type Limits = Pick<
	IHttpRequestOptions,
	'disableFollowRedirect' | 'encoding' | 'ignoreHttpStatusErrors' | 'returnFullResponse' | 'timeout'
> & { readonly abortSignal: AbortSignal };

/** The answer to what `send` sends, read here: n8n would wait for its end for ever, and axios round task ids above 2^53. */
async function answerOf(
	context: Caller,
	time: number,
	send: (limits: Limits) => Promise<IN8nHttpFullResponse>,
): Promise<HttpAnswer | NetworkFailure> {
	const timeout = Math.ceil(time);
	try {
		return await within(context, timeout, async (abortSignal) => {
			const { statusCode, headers, body } = await send({
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout,
				abortSignal,
			});
			const read = isStream(body) ? await readText(body, abortSignal) : body;
			return {
				kind: 'answer',
				status: statusCode,
				headers,
				body: typeof read === 'string' ? parseBody(read) : read,
			};
		});
	} catch (error) {
		return noAnswer(context, error);
	}
}

function noAnswer(context: Caller, error: unknown): NetworkFailure {
	const trouble =
		error instanceof LimitError ? { reason: error.message, notSent: false } : troubleOf(error);
	return { kind: 'noAnswer', ...trouble, stopped: isStopped(context) };
}

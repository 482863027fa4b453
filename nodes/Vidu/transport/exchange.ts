/**
 * The only place that sends HTTP, through n8n's helpers. Never throws: what a failure means (a paid
 * task may exist, a poll can be repeated) is for the caller to decide.
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
	/** Whether the status is one of success, 200 to 299. */
	readonly ok: boolean;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** From the header `Retry-After`, in milliseconds from now; null if absent or malformed. */
	readonly retryAfter: number | null;
	/** Parsed JSON, or the text if it is not JSON. */
	readonly body: unknown;
}

export interface NetworkFailure {
	readonly kind: 'noAnswer';
	readonly ok: false;
	/** What went wrong, without addresses or keys. */
	readonly reason: string;
	/** True when the request certainly never reached the provider. */
	readonly notSent: boolean;
	/** True when the execution was stopped. */
	readonly stopped: boolean;
}

/** A response whose body the caller has to read or discard. */
interface Opened {
	readonly kind: 'opened';
	readonly status: number;
	readonly body: ByteStream;
}

/** Least bytes per millisecond of an upload, which extends the timeout of a request by its size. */
const UPLINK = 64;

/**
 * Sends a request to the provider with the credential's key. `timeout` in milliseconds: until the last
 * byte of the response, plus the time to send the request's own bytes.
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

/** Sends bytes to the address of an upload ticket: another host, hence without the key. */
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
 * Opens a result as a stream, never with the key; the signed URL is used unchanged. `timeout` in
 * milliseconds, until the response begins.
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
				// Media does not compress, and a compressed response differs from its announced length.
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

/** Reads the response here, because n8n would wait for its end forever and axios would round task IDs above 2^53. */
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
				ok: statusCode >= 200 && statusCode < 300,
				headers,
				retryAfter: readRetryAfter(headers['retry-after'], Date.now()),
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
	return { kind: 'noAnswer', ok: false, ...trouble, stopped: isStopped(context) };
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`, null if absent or malformed
 */
export function readRetryAfter(header: unknown, now: number): number | null {
	if (typeof header !== 'string' || header.trim() === '') return null;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
	const date = Date.parse(header);
	return Number.isNaN(date) ? null : Math.max(0, date - now);
}

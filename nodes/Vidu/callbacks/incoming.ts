/** A callback as n8n hands it to a webhook: its signature, its body, and the response to it. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asRecord, parseBody } from '../providers/read';
import type { Provider, Task } from '../providers/types';
import type { Mark } from './marks';
import { verifySignature, type SignedRequest } from './signature';

/** Bytes: a payload may have 1,048,576 characters of three bytes each. */
const MAX_BODY = 4_000_000;

/**
 * The URL that was given to the provider: the user's override, else n8n's public one. If it has no
 * query, the raw query of the request is added, because the signature covers it.
 */
export function givenUrl(context: IWebhookFunctions, override: string | undefined): string {
	const { getWebhookResourceUrl }: Partial<IWebhookFunctions> = context;
	const known = getWebhookResourceUrl?.call(context, 'default') ?? olderUrl(context);
	const url = override ?? known ?? '';
	const [, query = ''] = /^[^?]*(\?.*)$/s.exec(context.getRequestObject().originalUrl) ?? [];
	return url.includes('?') ? url : url + query;
}

/** Older versions of n8n tell the production URL alone; that of the editor's test has another part before the path. */
function olderUrl(context: IWebhookFunctions): string | undefined {
	const url = context.getNodeWebhookUrl('default');
	if (context.getMode() !== 'manual') return url;
	return url?.replace(/\/webhook(?=\/[^/]+\/[^/]+$)/, '/webhook-test');
}

/**
 * Checks the signature of a callback. Returns its nonce, kept as long as it could be replayed, because
 * the signed date may be ahead of the clock or behind it; or why the callback is rejected.
 */
export function authenticate(
	context: IWebhookFunctions,
	expected: Pick<SignedRequest, 'url' | 'key' | 'maxClockSkew'>,
): Mark | string {
	const { method, headers } = context.getRequestObject();
	const verdict = verifySignature({ ...expected, method, headers, now: Date.now() });
	return typeof verdict === 'string'
		? verdict
		: { name: `nonce ${verdict.nonce}`, age: 2 * expected.maxClockSkew };
}

/** The body, parsed here because n8n would round task IDs above 2^53. Undefined if it is not JSON, or too long for a callback. */
export function bodyOf(context: IWebhookFunctions): unknown {
	const { rawBody } = context.getRequestObject();
	return rawBody && rawBody.length <= MAX_BODY ? parseBody(rawBody.toString('utf8')) : undefined;
}

/**
 * The task in a parsed body, which every provider sends in the format of its status response; null if
 * it is not a callback. The body is unsigned, hence only a hint. `taskId` is empty if the body has none,
 * as in the sample in Vidu's documentation.
 */
export function readCallback(provider: Provider, body: unknown): Task | null {
	const task = provider.readQuery(asRecord(body), '');
	return task.nativeState === '' ? null : task;
}

/** Responds to the provider. If nothing else is returned to n8n, no execution starts or resumes. */
export function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Processes a callback. Never throws, because n8n would start a failed execution, or wipe a suspended one: trouble is a 503, after which providers retry. */
export async function answering(
	context: IWebhookFunctions,
	work: () => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	try {
		return await work();
	} catch (error) {
		const { message } = error as Error;
		context.logger.error(`${context.getNode().name}: could not process a callback: ${message}`);
		return context.getResponseObject().headersSent
			? { noWebhookResponse: true }
			: respond(context, 503, 'The callback cannot be processed at the moment');
	}
}

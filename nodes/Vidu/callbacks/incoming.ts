/** The URL that a callback was sent to, as the provider knows it, and its body. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { parseBody } from '../providers/read';

/** Bytes: a payload may have 1,048,576 characters of three bytes each. */
const MAX_BODY = 4_000_000;

/**
 * The URL that was given to the provider: the user's override, else n8n's public one. If it has no
 * query, the raw query of the request is added, because the signature covers it.
 */
export function givenUrl(context: IWebhookFunctions, override: string | undefined): string {
	// Older versions of n8n have only the second one, which returns the test URL too.
	const { getWebhookResourceUrl }: Partial<IWebhookFunctions> = context;
	const known =
		getWebhookResourceUrl?.call(context, 'default') ?? context.getNodeWebhookUrl('default');
	const url = override ?? known ?? '';
	const [, query = ''] = /^[^?]*(\?.*)$/s.exec(context.getRequestObject().originalUrl) ?? [];
	return url.includes('?') ? url : url + query;
}

/** The body, parsed here because n8n would round task IDs above 2^53. Undefined if it is not JSON, or too long for a callback. */
export function bodyOf(context: IWebhookFunctions): unknown {
	const { rawBody } = context.getRequestObject();
	return rawBody && rawBody.length <= MAX_BODY ? parseBody(rawBody.toString('utf8')) : undefined;
}

/** What a callback brings: the URL that it was sent to, as the provider knows it, and its body. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { parseBody } from '../providers/read';

/** Bytes: a payload may have 1,048,576 characters, three bytes each. */
const MAX_BODY = 4_000_000;

/**
 * The URL that was given to the provider: what the user says, else the one under which n8n is known.
 * Where it has no query, the request's own stands in for it, raw; the signature covers it.
 */
export function givenUrl(context: IWebhookFunctions, override: string | undefined): string {
	// Older versions of n8n have the second one only, which there tells the test URL as well.
	const { getWebhookResourceUrl }: Partial<IWebhookFunctions> = context;
	const known =
		getWebhookResourceUrl?.call(context, 'default') ?? context.getNodeWebhookUrl('default');
	const url = override ?? known ?? '';
	const [, query = ''] = /^[^?]*(\?.*)$/s.exec(context.getRequestObject().originalUrl) ?? [];
	return url.includes('?') ? url : url + query;
}

/** The body, parsed here: n8n would round task ids above 2^53. Nothing when it is no JSON, or too long for a callback. */
export function bodyOf(context: IWebhookFunctions): unknown {
	const { rawBody } = context.getRequestObject();
	return rawBody && rawBody.length <= MAX_BODY ? parseBody(rawBody.toString('utf8')) : undefined;
}

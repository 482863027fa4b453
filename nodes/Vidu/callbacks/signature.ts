/**
 * Vidu's callback signature (platform.vidu.com/docs/callback-signature): HMAC-SHA256 with the API key
 * over the method, path, raw query, `Date` and the listed headers. The body is NOT signed. Pure.
 */
import { createHmac, timingSafeEqual } from 'crypto';

export interface SignedRequest {
	/** As sent; `POST`. */
	readonly method: string;
	/** The URL exactly as given to the provider: a proxy may have changed that of the request. */
	readonly url: string;
	/** Names in lower case, as in Node. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** The API key that created the task, without a scheme. */
	readonly key: string;
	/** Milliseconds since 1970. */
	readonly now: number;
	/** How far `Date` may be from `now`, in milliseconds. */
	readonly maxClockSkew: number;
}

/** Seconds by which a signed `Date` may differ by default. Not documented; others use the same. */
export const USUAL_CLOCK_SKEW = 300;

const ACCESS_KEY = 'vidu';
const ALGORITHM = 'hmac-sha256';
const NONCE = 'x-request-nonce';
/** A longer list is an attempt to keep the receiver busy. */
const MAX_SIGNED = 20;
/** RFC 9110, 5.6.7. Node joins the values of a repeated header with a comma. */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The nonce of a callback that was recently signed with the key, or why it is refused, as a sentence that
 * repeats nothing from the request. Whether the nonce is new is for the caller to check.
 */
export function verifySignature(request: SignedRequest): { readonly nonce: string } | string {
	const { headers, key, now, maxClockSkew } = request;
	const header = (name: string) => headers[name.toLowerCase()];
	const date = header('Date');
	const nonce = header(NONCE);
	const listed = header('X-HMAC-SIGNED-HEADERS');
	const signature = header('X-HMAC-SIGNATURE');
	const fixed = [header('X-HMAC-ALGORITHM'), header('X-HMAC-ACCESS-KEY')];
	const all = [date, nonce, listed, signature, ...fixed];
	if (all.some((value) => value === undefined || value === '')) {
		return 'The callback is not signed';
	}
	if (!isText(date) || !isText(nonce) || !isText(listed) || !isText(signature)) {
		return 'A signature header occurs more than once';
	}
	if (fixed[0] !== ALGORITHM || fixed[1] !== ACCESS_KEY) {
		return `Expected the algorithm ${ALGORITHM} and the access key "${ACCESS_KEY}"`;
	}
	if (!HTTP_DATE.test(date) || Number.isNaN(Date.parse(date))) {
		return 'The Date header cannot be read';
	}
	if (!/^[\w.+/=-]{1,100}$/.test(nonce)) return 'The nonce is malformed';
	const names = listed.split(';');
	const values = names.map(header);
	if (names.length > MAX_SIGNED || !values.every(isText)) return 'A signed header is missing';
	if (!names.some((name) => name.toLowerCase() === NONCE)) return 'The nonce is not signed';
	if (key === '') return 'The credential has no API key';

	const { path, query } = splitUrl(request.url);
	const signedHeaders = names.map((name, index) => `${name}:${values[index] as string}`);
	const rest = [query, ACCESS_KEY, date, ...signedHeaders, ''].join('\n');
	const right = spellings(path).some((spelling) => {
		const text = `${request.method.toUpperCase()}\n${spelling}\n${rest}`;
		return equal(createHmac('sha256', key).update(text).digest('base64'), signature);
	});
	if (!right) {
		return 'The signature does not match the callback URL and the API key of the credential';
	}
	if (Math.abs(Date.parse(date) - now) > maxClockSkew) {
		return 'The callback was signed too long ago, or a clock is wrong';
	}
	return { nonce };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Takes constant time for texts of the same length; the length of a digest is no secret. */
function equal(expected: string, given: string): boolean {
	const [a, b] = [Buffer.from(expected), Buffer.from(given)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Path (`/` if empty) and raw query of a URL. Not with `new URL`, which re-encodes. */
export function splitUrl(url: string): { path: string; query: string } {
	const [, path = '', query = ''] = /^[^:/?#]+:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
	return { path: path || '/', query };
}

/** Vidu's Python sample signs the path as in the URL, its Go sample the decoded one; they rarely differ. */
function spellings(path: string): string[] {
	try {
		return [...new Set([path, decodeURIComponent(path)])];
	} catch {
		return [path];
	}
}

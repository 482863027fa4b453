/**
 * What a provider says, made fit to be shown, stored and logged: short, and without the key, signed
 * addresses or files that it may echo. Pure.
 */
import { asText } from './read';
import type { Provider } from './types';

/** Characters; what follows them is not read, so that a hostile text costs no time. */
const READ = 4000;
/** The longest sentence that is shown, in characters. */
const SENTENCE = 400;
/** Shorter ones may be words, and are the keys of no provider. */
const SHORTEST_KEY = 8;

/**
 * A text of the provider as one line of up to `longest` characters, without queries of URLs (they
 * may be signed) and without base64; null where there is none.
 */
export function said(value: unknown, longest = SENTENCE): string | null {
	const line = withoutDataUris(asText(value)?.slice(0, READ) ?? '')
		.replace(/(https?:\/\/[^\s"'<>?#]+)[?#][^\s"'<>]*/gi, '$1')
		.replace(/[\w+/-]{120,}={0,2}/g, '…')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	if (line === '') return null;
	return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function withoutDataUris(given: string): string {
	return given.replace(/(data:[\w.+/-]{0,100}(?:;[\w.=-]{1,100}){0,5};base64,)[\w+/%=-]+/gi, '$1…');
}

/**
 * The contract for a credential with this key: every answer is read without the key, should the
 * provider echo it, and without the files that it echoes as data URIs. Other words stay as they are.
 */
export function discreet(provider: Provider, key: string): Provider {
	const clean = (value: unknown, name = ''): unknown => {
		if (typeof value === 'string') {
			const given = key.length < SHORTEST_KEY ? value : value.replaceAll(key, '•••');
			// The payload is the user's own.
			return name === 'payload' ? given : withoutDataUris(given);
		}
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map((each) => clean(each));
		return Object.fromEntries(
			Object.entries(value).map(([at, each]) => [clean(at), clean(each, at)]),
		);
	};
	const { list, credits, library } = provider;
	return {
		...provider,
		readCreate: (body, kind) => provider.readCreate(clean(body), kind),
		readQuery: (body, taskId) => provider.readQuery(clean(body), taskId),
		readError: (status, body) => provider.readError(status, clean(body)),
		...(list && { list: { ...list, read: (body) => list.read(clean(body)) } }),
		...(credits && { credits: { ...credits, read: (body) => credits.read(clean(body)) } }),
		...(library && { library: { ...library, read: (body) => library.read(clean(body)) } }),
	};
}

/** From a credential to its connection and authorization. Pure. */
import type { Region } from '../catalogue/types';
import { DEFAULT_SPELLING, findProvider } from './index';
import type { Connection } from './types';

/** The fields of the credential, as n8n provides them. */
type CredentialFields = Readonly<Record<string, unknown>>;

/**
 * The connection of a credential.
 * @throws Error that names the invalid field: unknown provider, malformed base URL, or http to another machine
 */
export function connectionOf(credential: CredentialFields): Connection {
	const given = String(credential.provider ?? 'vidu');
	const provider = findProvider(given);
	if (!provider) throw new Error(`"Provider" is "${given}", which this version does not know`);
	const { id } = provider;
	const region: Region = credential.region === 'china' ? 'china' : 'global';
	const own = String(credential.baseUrl ?? '').trim();
	const baseUrl = (own || provider.baseUrl(region)).replace(/\/+$/, '');
	assertSafe(baseUrl);
	const pathPrefix = String(credential.pathPrefix ?? DEFAULT_SPELLING.pathPrefix).replace(
		/\/+$/,
		'',
	);
	const queryPath = String(credential.queryPath ?? DEFAULT_SPELLING.queryPath);
	if (id === 'custom') assertPaths(pathPrefix, queryPath);
	const subjectKey = credential.subjectKey === 'id' ? 'id' : DEFAULT_SPELLING.subjectKey;
	return { provider: id, region, baseUrl, pathPrefix, queryPath, subjectKey };
}

/** Paths stay below the base URL, and the query path has a placeholder for the task ID. */
function assertPaths(pathPrefix: string, queryPath: string): void {
	for (const [field, path] of [
		['Path Prefix', pathPrefix],
		['Query Path', queryPath],
	] as const) {
		if (path !== '' && !/^\/(?!\/)[\w\-./{}~%]*$/.test(path)) {
			throw new Error(`"${field}" is "${path}", but must be a path such as /ent/v2`);
		}
	}
	if (!queryPath.includes('{id}')) {
		throw new Error(`"Query Path" is "${queryPath}", but must contain {id} for the task ID`);
	}
}

/** https anywhere; plain http for this machine only, because every request carries the key. */
function assertSafe(baseUrl: string): void {
	if (!URL.canParse(baseUrl)) {
		throw new Error(`"Base URL" is "${baseUrl}", which is not a URL. Enter it as https://host`);
	}
	const url = new URL(baseUrl);
	const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new Error(
			`"Base URL" is "${url.protocol}//${url.host}", but must start with https:// (http:// is allowed for this machine only)`,
		);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new Error('"Base URL" must not contain a user name, a query or a fragment');
	}
}

/** The key of a credential, without a pasted `Token …` or `Bearer …` prefix and white space. */
export function keyOf(credential: CredentialFields): string {
	return String(credential.apiKey ?? '')
		.trim()
		.replace(/^(token|bearer)\s+/i, '')
		.replace(/\s+/g, '');
}

/** The `Authorization` header of a credential. */
export function authorizationOf(credential: CredentialFields): string {
	const key = keyOf(credential);
	const scheme = credential.authScheme;
	if (scheme === 'token') return `Token ${key}`;
	if (scheme === 'bearer') return `Bearer ${key}`;
	return `${findProvider(connectionOf(credential).provider)?.scheme ?? 'Bearer'} ${key}`;
}

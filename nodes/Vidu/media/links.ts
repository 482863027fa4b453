/** Checks links that a provider has to follow, before anything is charged. Pure. */
import { isLocal, isLoopback } from '../transport/hosts';

/** What is wrong with the form of a URL; null if it is fine. */
export function urlProblem(reference: string): string | null {
	if (!URL.canParse(reference)) return 'is not a URL. Enter a public https:// address';
	const { protocol } = new URL(reference);
	return protocol === 'http:' || protocol === 'https:'
		? null
		: `starts with "${protocol}", but must be a public http or https address`;
}

/**
 * What is wrong with the URL of a file that the provider has to fetch, as the end of a sentence;
 * null if it may work.
 * @param baseUrl address of the provider: if local, it may reach other local addresses
 */
export function linkProblem(reference: string, baseUrl: string): string | null {
	const problem = urlProblem(reference);
	if (problem !== null) return problem;
	const url = new URL(reference);
	if (isLocal(reference) && !isLocal(baseUrl)) {
		const where = isLoopback(url.hostname) ? 'this machine only' : 'a private network only';
		return `points to ${url.hostname}, which is reachable from ${where}, not by the provider. Use a public https:// address, or download the file in n8n and use its data field`;
	}
	return drivePage(url) ?? dropboxPage(url);
}

/** `/file/d/<id>/view`, `/open?id=<id>`, folders, documents: pages that show a file, unlike `/uc`, `/thumbnail` and exports. */
function drivePage({ hostname, pathname, searchParams }: URL): string | null {
	if (!/^(drive|docs)\.google\.com$/.test(hostname)) return null;
	if (/^\/(uc|thumbnail)$|\/export(\/|$)/.test(pathname)) return null;
	const id = /\/file\/d\/([\w-]+)/.exec(pathname)?.[1] ?? searchParams.get('id');
	const direct =
		id !== null && /^[\w-]+$/.test(id)
			? `Share it with "Anyone with the link" and use https://drive.google.com/uc?export=download&id=${id}, or download`
			: 'Download';
	return `is a page of Google Drive, not the file. ${direct} the file with n8n's Google Drive node and use its data field`;
}

function dropboxPage({ hostname, searchParams }: URL): string | null {
	if (!/^(www\.)?dropbox\.com$/.test(hostname)) return null;
	if (searchParams.get('dl') === '1' || searchParams.get('raw') === '1') return null;
	return 'is a page of Dropbox, not the file. End the link with dl=1 instead of dl=0';
}

/** Links that a provider has to follow, checked before paying. Pure. */
import { isLocal, isLoopback } from '../transport/hosts';

/** What is wrong with a URL by its form; null when it is fine. */
export function urlProblem(reference: string): string | null {
	if (!URL.canParse(reference)) return 'is not a URL. Give a public https:// address';
	const { protocol } = new URL(reference);
	return protocol === 'http:' || protocol === 'https:'
		? null
		: `starts with "${protocol}", but must be a public http or https address`;
}

/**
 * What is wrong with the URL of a file that the provider has to fetch, as the end of a sentence;
 * null when it may work.
 * @param baseUrl where the provider is: on a local address it may reach others
 */
export function linkProblem(reference: string, baseUrl: string): string | null {
	const problem = urlProblem(reference);
	if (problem !== null) return problem;
	const url = new URL(reference);
	if (isLocal(reference) && !isLocal(baseUrl)) {
		const where = isLoopback(url.hostname) ? 'this machine only' : 'a private network only';
		return `leads to ${url.hostname}, which is reachable from ${where}, not by the provider. Use a public https:// address, or give the file itself: download it in n8n and name its binary field`;
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
	return `is a page of Google Drive, not the file. ${direct} the file with n8n's Google Drive node and name its binary field`;
}

function dropboxPage({ hostname, searchParams }: URL): string | null {
	if (!/^(www\.)?dropbox\.com$/.test(hostname)) return null;
	if (searchParams.get('dl') === '1' || searchParams.get('raw') === '1') return null;
	return 'is a page of Dropbox, not the file. Let the link end with dl=1 (instead of dl=0)';
}

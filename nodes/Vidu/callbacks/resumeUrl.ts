/** The address at which a suspended node is called back for one item. Pure. */
import { isLoopback, isPrivate } from '../transport/hosts';

/** Which run of the node (in a loop), which item, and what nobody can guess where n8n's own token is missing. */
export interface Mark {
	readonly run: number;
	readonly item: number;
	readonly key: string;
}

/**
 * n8n listens for the node at `<resume URL>/<node id>`, and checks the `signature` in the resume
 * URL's query: it is the token of the execution, hence stays. Source: n8n 2.40, waiting-webhooks.
 */
export function callbackUrl(resumeUrl: string, nodeId: string, mark: Mark): string {
	const [address = '', query = ''] = resumeUrl.split('?', 2);
	const item = `item=${mark.run}.${mark.item}.${mark.key}`;
	return `${address}/${encodeURIComponent(nodeId)}?${query === '' ? '' : `${query}&`}${item}`;
}

/** Reads the mark that {@link callbackUrl} put into the query; null when it is none. */
export function readMark(value: unknown): Mark | null {
	const [, run, item, key] =
		/^(\d{1,9})\.(\d{1,9})\.([\w-]+)$/.exec(typeof value === 'string' ? value : '') ?? [];
	return key === undefined ? null : { run: Number(run), item: Number(item), key };
}

/** Why the provider cannot reach this address, as far as its form shows; null when it may. */
export function unreachable(url: string): string | null {
	if (!URL.canParse(url)) return 'it is not a URL';
	const { protocol, hostname } = new URL(url);
	if (isLoopback(hostname)) return 'it leads to the machine of n8n itself';
	if (isPrivate(hostname)) return 'it leads into a private network';
	return protocol === 'https:' ? null : 'it is not https';
}

/** Where the provider rings a node that sleeps. */
import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isLocal, isLoopback, isPrivate } from '../../transport/hosts';

/** Plain data. */
export interface Target {
	/** As n8n gives it: of the execution, with n8n's own token. */
	readonly resumeUrl: string;
	/** What nobody can guess, also where n8n has no token. */
	readonly key: string;
}

/** Which run of the node (in a loop), and which item. */
export interface Mark {
	readonly run: number;
	readonly item: number;
	readonly key: string;
}

const KEY_SLOT = 'viduCallbackKey';

/** The way back into this execution; a sentence where a provider at `baseUrl` cannot reach it, by the form of the address. */
export function targetOf(context: IExecuteFunctions, baseUrl: string): Target | string {
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	const problem = isLocal(baseUrl) ? null : unreachable(resumeUrl);
	if (problem !== null) {
		return `The provider cannot call this n8n back at ${resumeUrl.replace(/\?.*$/, '')}, since ${problem}. The node looked for the results by itself, every few minutes. To be called back, set WEBHOOK_URL of n8n to its public https address.`;
	}
	const kept = context.getContext('node');
	const key = String((kept[KEY_SLOT] ??= randomBytes(12).toString('hex')));
	return { resumeUrl, key };
}

/**
 * n8n listens for the node at `<resume URL>/<node id>`, and checks the `signature` in the resume
 * URL's query: it is the token of the execution, hence stays. Source: n8n 2.40, waiting-webhooks.
 */
export function callbackUrl(
	{ resumeUrl, key }: Target,
	nodeId: string,
	{ run, item }: Omit<Mark, 'key'>,
): string {
	const [address = '', query = ''] = resumeUrl.split('?', 2);
	const mark = `item=${run}.${item}.${key}`;
	return `${address}/${encodeURIComponent(nodeId)}?${query === '' ? '' : `${query}&`}${mark}`;
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

/** Where the provider rings a node that sleeps. */
import { randomBytes } from 'crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { isLocal } from '../../transport/hosts';

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
}

const SLOT = 'viduTarget';

/** The way back into this execution; a sentence where a provider at `baseUrl` cannot reach it, by the form of the address. */
export function targetOf(context: IExecuteFunctions, baseUrl: string): Target | string {
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	if (!isLocal(baseUrl) && (isLocal(resumeUrl) || !resumeUrl.startsWith('https:'))) {
		return `The provider cannot call this n8n back at ${resumeUrl.replace(/\?.*$/, '')}, which is no public https address: the node looks for the results by the clock. To be called back, set WEBHOOK_URL of n8n to its public address.`;
	}
	const nodeContext = context.getContext('node');
	// The same in every try of this execution, so that tasks of an earlier one ring here too.
	const key = targetIn(nodeContext)?.key ?? randomBytes(12).toString('hex');
	return (nodeContext[SLOT] = { resumeUrl, key });
}

/** The way that was given to the provider, as the webhook of the node sees it. */
export function targetIn(nodeContext: unknown): Target | undefined {
	return (nodeContext as IContextObject | undefined)?.[SLOT] as Target | undefined;
}

/**
 * n8n listens for the node at `<resume URL>/<node id>`, and checks the `signature` in the resume
 * URL's query: it is the token of the execution, hence stays. Source: n8n 2.40, waiting-webhooks.
 */
export function callbackUrl(
	{ resumeUrl, key }: Target,
	nodeId: string,
	{ run: runIndex, item }: Mark,
): string {
	const [address = '', query = ''] = resumeUrl.split('?', 2);
	const mark = `item=${runIndex}.${item}.${key}`;
	return `${address}/${encodeURIComponent(nodeId)}?${query === '' ? '' : `${query}&`}${mark}`;
}

/** Reads the mark that {@link callbackUrl} put into the query; null when it is none. */
export function readMark(value: unknown): (Mark & Pick<Target, 'key'>) | null {
	const [, run, item, key] =
		/^(\d{1,9})\.(\d{1,9})\.([\w-]+)$/.exec(typeof value === 'string' ? value : '') ?? [];
	return key === undefined ? null : { run: Number(run), item: Number(item), key };
}

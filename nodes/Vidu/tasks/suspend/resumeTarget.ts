/** The address for callbacks to a suspended node. */
import { randomBytes } from 'crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { isLocal } from '../../transport/hosts';

/** Plain data. */
interface Target {
	/** The execution's resume URL, with n8n's token. */
	readonly resumeUrl: string;
	/** A secret, because older versions of n8n have no token. */
	readonly key: string;
}

/** Which run of the node (in a loop), and which item. */
export interface Mark {
	readonly run: number;
	readonly item: number;
}

const SLOT = 'viduTarget';

/** The target that resumes this execution; a hint if its address shows that a provider at `baseUrl` cannot reach it. */
export function targetOf(context: IExecuteFunctions, baseUrl: string): Target | string {
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	if (!isLocal(baseUrl) && (isLocal(resumeUrl) || !resumeUrl.startsWith('https:'))) {
		return `The provider cannot send callbacks to ${resumeUrl.replace(/\?.*$/, '')}, which is not a public https address: the node polls for the results instead. To receive callbacks, set N8N_WEBHOOK_URL of n8n to its public address (WEBHOOK_URL before n8n 2.30).`;
	}
	const nodeContext = context.getContext('node');
	// The same in every attempt of this execution, so that callbacks of earlier tasks arrive here too.
	const key = targetIn(nodeContext)?.key ?? randomBytes(12).toString('hex');
	return (nodeContext[SLOT] = { resumeUrl, key });
}

/** The target that was given to the provider, for the webhook of the node. */
export function targetIn(nodeContext: unknown): Target | undefined {
	return (nodeContext as IContextObject | undefined)?.[SLOT] as Target | undefined;
}

/**
 * The callback URL of an item. n8n listens for the node at `<resume URL>/<node id>` and checks the
 * `signature` in the query, the token of the execution, which is kept. Source: n8n 2.40, waiting-webhooks.
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

/** Reads the mark that {@link callbackUrl} put into the query; null if it is invalid. */
export function readMark(value: unknown): (Mark & Pick<Target, 'key'>) | null {
	const [, run, item, key] =
		/^(\d{1,9})\.(\d{1,9})\.([\w-]+)$/.exec(typeof value === 'string' ? value : '') ?? [];
	return key === undefined ? null : { run: Number(run), item: Number(item), key };
}

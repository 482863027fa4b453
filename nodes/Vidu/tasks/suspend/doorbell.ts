/**
 * Callbacks of the provider to a suspended node. A callback is only a hint: it is verified as far as
 * the provider allows, the API is queried, and if there is something to do, the execution resumes and
 * polls by itself.
 */
import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { answering, authenticate, bodyOf, readCallback, respond } from '../../callbacks/incoming';
import { Marks } from '../../callbacks/marks';
import { USUAL_CLOCK_SKEW } from '../../callbacks/signature';
import { isFinal } from '../../providers/types';
import type { ItemJob } from '../context/job';
import { openForMoment } from '../context/moment';
import { endedOf } from './looks';
import { callbackUrl, readMark, targetIn } from './resumeTarget';
import { escapedCharacter, suspensionIn } from './suspension';
import { endSleep, FRESH, sleepIn } from './withSleep';

/** n8n listens for a suspended node at `<resume URL>/<node id>`. */
export const doorbellWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];

/** An expression for a node's context, which a webhook cannot get otherwise. The name is escaped, because n8n interprets some characters in plain ones. */
export function contextExpression(nodeName: string): string {
	return `{{ $("${nodeName.replace(/[^]/g, escapedCharacter)}").context }}`;
}

/** The least time between two queries to a provider that does not sign callbacks, in milliseconds. */
const UNSIGNED_GAP = 2000;

/** The nonces that this process has seen, and its recent queries. A callback that is repeated to another process costs one poll. */
const seen = new Marks();

/** The webhook of a suspended node. Never throws. */
export async function ring(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await answering(context, async () => await answer(context));
}

async function answer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const now = Date.now();
	const node = context.getNode();
	const nodeContext = context.evaluateExpression(contextExpression(node.name));
	const kept = suspensionIn<ItemJob>(nodeContext);
	const target = targetIn(nodeContext);
	const mark = readMark((context.getQueryData() as IDataObject).item);
	if (!kept || !target || mark?.key !== target.key) {
		return respond(context, 401, 'This address was not given to the provider');
	}
	// An item may have several tasks.
	const tasks = kept.plans.flatMap(({ itemIndex }, position) =>
		itemIndex === mark.item ? (kept.going[position]?.task.taskId ?? []) : [],
	);
	const [first] = tasks;
	if (mark.run !== kept.run || first === undefined) {
		return respond(context, 200, 'Already processed');
	}
	const { mark: sleep, sleepUntil } = sleepIn(nodeContext);
	// n8n is about to wake it by time: what is loaded here would soon be outdated.
	if (Math.abs(sleepUntil - now) < FRESH) return respond(context, 503, 'Try again later');
	const session = await openForMoment(context);
	const { provider, key } = session;
	const url = callbackUrl(target, node.id, mark);
	const nonce =
		provider.callback === 'signed'
			? authenticate(context, { url, key, maxClockSkew: USUAL_CLOCK_SKEW * 1000 })
			: null;
	if (typeof nonce === 'string') return respond(context, 401, nonce);
	if (nonce !== null && seen.has(nonce.name, now))
		return respond(context, 200, 'Already processed');
	const told = readCallback(provider, bodyOf(context));
	if (told !== null && !isFinal(told)) return respond(context, 200, 'OK');
	const own = tasks.find((id) => id === told?.taskId) ?? first;
	if (nonce === null) {
		const asked = `asked ${context.getExecutionId()}:${node.id}`;
		if (seen.has(asked, now)) return respond(context, 503, 'Try again later');
		seen.add(asked, now, UNSIGNED_GAP);
	}
	const ended = await endedOf(session, sleep, own, kept);
	if (ended === 'none') return respond(context, 503, 'The API still reports the task as running');
	if (Date.now() - now > FRESH) return respond(context, 503, 'Try again later');
	if (nonce !== null) seen.add(nonce.name, now, nonce.age);
	respond(context, 200, 'OK');
	const worthwhile = ended === 'all' || kept.queued;
	if (!worthwhile || !endSleep(sleep)) return { noWebhookResponse: true };
	return { workflowData: [], noWebhookResponse: true };
}

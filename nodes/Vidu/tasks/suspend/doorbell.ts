/**
 * Callbacks of the provider to a suspended node. A callback is only a hint: it is verified as far as
 * the provider allows, the API is queried, and if there is something to do, the execution resumes and
 * polls by itself. Never throws, because n8n would wipe the execution.
 */
import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { readCallback } from '../../callbacks/body';
import { bodyOf } from '../../callbacks/incoming';
import { Marks } from '../../callbacks/marks';
import { USUAL_CLOCK_SKEW, verifySignature } from '../../callbacks/signature';
import { keyOf } from '../../providers/connection';
import { isFinal, unreadTask } from '../../providers/types';
import type { ItemJob } from '../context/job';
import { openSession, type Session } from '../context/session';
import { callbackUrl, readMark, targetIn } from './resumeTarget';
import { escapedCharacter, suspensionIn, type Suspension } from './suspension';
import { FRESH, endSleep } from './endings';
import { sleepIn } from './withSleep';

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

/** Milliseconds. */
const MAX_CLOCK_SKEW = USUAL_CLOCK_SKEW * 1000;
/** The least time between two queries to a provider that does not sign callbacks, in milliseconds. */
const UNSIGNED_GAP = 2000;

/** The nonces that this process has seen, and its recent queries. A callback that is repeated to another process costs one poll. */
const seen = new Marks();

type Waiting = Session<IWebhookFunctions>;

/** The webhook of a suspended node. */
export async function ring(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await answer(context);
	} catch (error) {
		if (context.getResponseObject().headersSent) return { noWebhookResponse: true };
		context.logger.warn(`Vidu: could not process a callback: ${(error as Error).message}`);
		return respond(context, 503, 'Try again later');
	}
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
	const session = await openSession(context);
	const verdict =
		session.provider.callback === 'signed'
			? verifySignature({
					method: 'POST',
					url: callbackUrl(target, node.id, mark),
					headers: context.getHeaderData(),
					key: keyOf(await context.getCredentials('viduApi')),
					now,
					maxClockSkew: MAX_CLOCK_SKEW,
				})
			: null;
	if (verdict?.ok === false) return respond(context, 401, verdict.sentence);
	const nonce = verdict && `nonce ${verdict.nonce}`;
	if (nonce !== null && seen.has(nonce, now)) return respond(context, 200, 'Already processed');
	const position = kept.plans.findIndex(({ itemIndex }) => itemIndex === mark.item);
	const own = kept.going[position]?.task.taskId;
	if (mark.run !== kept.run || own === undefined) {
		return respond(context, 200, 'Already processed');
	}
	const told = readCallback(session.provider, bodyOf(context));
	if (told !== null && !isFinal(told)) return respond(context, 200, 'OK');
	const { mark: sleep, sleepUntil } = sleepIn(nodeContext);
	// n8n is about to wake it by time: what is loaded here would soon be outdated.
	if (Math.abs(sleepUntil - now) < FRESH) return respond(context, 503, 'Try again later');
	if (nonce === null) {
		const asked = `asked ${context.getExecutionId()}:${node.id}`;
		if (seen.has(asked, now)) return respond(context, 503, 'Try again later');
		seen.add(asked, now, UNSIGNED_GAP);
	}
	const ended = await endedOf(session, own, kept);
	if (ended === 'none') return respond(context, 503, 'The API still reports the task as running');
	if (Date.now() - now > FRESH) return respond(context, 503, 'Try again later');
	if (nonce !== null) seen.add(nonce, now, 2 * MAX_CLOCK_SKEW);
	respond(context, 200, 'OK');
	const worthwhile = ended === 'all' || kept.queued;
	if (!worthwhile || !endSleep(sleep)) return { noWebhookResponse: true };
	return { workflowData: [], noWebhookResponse: true };
}

/** Responds to the provider; if nothing else is returned, the execution remains suspended. */
function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message }).end();
	return { noWebhookResponse: true };
}

/** Whether the API reports the task of the callback as ended, and all others of the run too. */
async function endedOf(
	{ provider, fetchStatuses }: Waiting,
	own: string,
	{ going }: Suspension<ItemJob>,
): Promise<'all' | 'some' | 'none'> {
	// Latest first, because what was submitted last ends last: the first few show whether some still run.
	const others = Object.values(going).map(({ task }) => task.taskId);
	const open = [...new Set([own, ...others.reverse()])];
	const size = provider.list?.maxIds ?? 5;
	for (let at = 0; at < open.length; at += size) {
		const batch = open.slice(at, at + size);
		const { tasks } = await fetchStatuses(batch);
		const running = batch.filter((id) => !isFinal(tasks.get(id) ?? unreadTask(id)));
		if (running.includes(own)) return 'none';
		if (running.length > 0) return 'some';
	}
	return 'all';
}

/**
 * A callback to a suspended node. It never throws: n8n would wipe the execution. The callback is a
 * hint; the tasks are read from the provider, and when every one is final the execution resumes.
 */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readCallback } from '../callbacks/body';
import { disarmDeadline, failOnResume } from '../callbacks/deadline';
import { bodyOf } from '../callbacks/incoming';
import { Marks } from '../callbacks/marks';
import { contextExpression } from '../callbacks/nodeContext';
import { callbackUrl, readMark, type Mark } from '../callbacks/resumeUrl';
import { USUAL_CLOCK_SKEW, verifySignature, type Verdict } from '../callbacks/signature';
import { keyOf } from '../providers/connection';
import { isFinal, type Task } from '../providers/types';
import { OR_RETRY, toNodeError } from '../transport/failure';
import { pause } from '../transport/pause';
import { finish } from './finish';
import { openSession, type Session } from './session';
import { suspensionIn, type Pending, type Suspension } from './suspend';
import { goesOn } from './tool';

type Waiting = Session<IWebhookFunctions>;

/** Milliseconds. */
const MAX_CLOCK_SKEW = USUAL_CLOCK_SKEW * 1000;
/** A provider may call back a moment before its API shows the end. Milliseconds between looks. */
const LAG = [1000, 2000];
/** How long a resumption keeps others of the same execution away, in milliseconds. */
const RESUMING = 600_000;

/**
 * What this process has seen: nonces, and executions that are being resumed. n8n does not save what
 * changes while an execution stays suspended; a callback that another process sees again costs a
 * look at the tasks, and n8n itself lets one of them resume the execution.
 */
const seen = new Marks();

/** The webhook of a node that was suspended by `suspend`. */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await handle(context);
	} catch (error) {
		if (context.getResponseObject().headersSent) return { noWebhookResponse: true };
		context.logger.warn(`Vidu: a callback could not be handled: ${(error as Error).message}`);
		return respond(context, 503, 'Try again later');
	}
}

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const node = context.getNode();
	const suspension = suspensionIn(context.evaluateExpression(contextExpression(node.name)));
	const mark = readMark((context.getQueryData() as IDataObject).item);
	if (suspension === undefined || mark === null || mark.key !== suspension.key) {
		return respond(context, 401, 'This is not the address that was given to the provider');
	}
	const session = await openSession(context);
	const verdict = await signatureOf(session, suspension, mark);
	if (verdict?.ok === false) return respond(context, 401, verdict.sentence);
	const nonce = verdict && `nonce ${verdict.nonce}`;
	if (nonce !== null && seen.has(nonce, Date.now())) {
		return respond(context, 200, 'Already processed');
	}
	/** What has this answer is not to come again, so its nonce is remembered. */
	const done = (message: string) => {
		if (nonce !== null) seen.add(nonce, Date.now(), 2 * MAX_CLOCK_SKEW);
		return respond(context, 200, message);
	};
	if (mark.run !== suspension.run) return done('Already processed');
	const told = readCallback(session.provider, bodyOf(context));
	if (told !== null && !isFinal(told)) return done('OK');

	// Nodes of one execution may wait one after another.
	const id = `${context.getExecutionId()}:${node.id}:${suspension.run}`;
	if (seen.has(id, Date.now())) return done('Already being processed');
	const ended = await endsOf(session, suspension.pending, mark, told);
	if (ended === 'trouble') return respond(context, 503, 'Try again later');
	if (ended === 'running') return done('OK');
	if (seen.has(id, Date.now())) return done('Already being processed');
	seen.add(id, Date.now(), RESUMING);

	// The provider does not wait for downloads.
	done('OK');
	const { items, failures } = await finish(session, suspension.pending, ended);
	disarmDeadline(context);
	const [first] = [...failures].sort(([a], [b]) => a - b);
	if (first !== undefined && failures.size === suspension.pending.length && !goesOn(context)) {
		const [itemIndex, failure] = first;
		const advice = failure.advice.replace(OR_RETRY, '');
		failOnResume(context, toNodeError(node, itemIndex, { ...failure, advice }));
	}
	return { workflowData: [items], noWebhookResponse: true };
}

/** Answers the provider; with nothing else returned, the execution stays suspended. */
function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message }).end();
	return { noWebhookResponse: true };
}

/** Whether the callback is from the provider; null when only the API can tell. */
async function signatureOf(
	{ context, provider }: Waiting,
	{ resumeUrl }: Suspension,
	mark: Mark,
): Promise<Verdict | null> {
	if (provider.callback !== 'signed') return null;
	return verifySignature({
		method: 'POST',
		url: callbackUrl(resumeUrl, context.getNode().id, mark),
		headers: context.getHeaderData(),
		key: keyOf(await context.getCredentials('viduApi')),
		now: Date.now(),
		maxClockSkew: MAX_CLOCK_SKEW,
	});
}

/**
 * How every task ended, as the API shows it, or that one still runs. Where the API shows the task of
 * the callback as running after a while, the provider is asked to repeat the callback.
 */
async function endsOf(
	{ context, provider, look }: Waiting,
	pending: readonly Pending[],
	mark: Mark,
	told: Task | null,
): Promise<ReadonlyMap<string, Task> | 'running' | 'trouble'> {
	const own = pending[mark.item];
	const ownId = own !== undefined && 'taskId' in own ? own.taskId : null;
	const ids = pending.flatMap((entry) => ('taskId' in entry ? [entry.taskId] : []));
	// From the end, since what was submitted last ends last: the first few tell that some still run.
	const order = new Set([...(ownId === null ? [] : [ownId]), ...ids.reverse()]);
	const size = provider.list?.maxIds ?? 5;
	const ended = new Map<string, Task>();
	for (let lags = 0; ; ) {
		const batch = [...order].filter((id) => !ended.has(id)).slice(0, size);
		if (batch.length === 0) return ended;
		const { tasks, refused, trouble } = await look(batch);
		for (const id of batch) {
			const task = tasks.get(id);
			if (task !== undefined && isFinal(task)) ended.set(id, task);
		}
		const open = batch.filter((id) => !ended.has(id));
		if (open.length === 0) continue;
		if (trouble !== null || open.some((id) => refused.has(id))) return 'trouble';
		if (told === null || ownId === null || !open.includes(ownId)) return 'running';
		if (lags === LAG.length) return 'trouble';
		await pause(context, LAG[lags++] as number);
	}
}

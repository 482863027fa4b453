/**
 * A callback to a suspended node. It never throws: n8n would wipe the execution. The callback is a
 * hint; the tasks are read from the provider, and when every one is final the execution resumes.
 */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readCallback } from '../callbacks/body';
import { disarmDeadline, failOnResume } from '../callbacks/deadline';
import { bodyOf } from '../callbacks/incoming';
import { seenIn, type Marks } from '../callbacks/nonces';
import { callbackUrl, readMark, type Mark } from '../callbacks/resumeUrl';
import { USUAL_CLOCK_SKEW, verifySignature } from '../callbacks/signature';
import { keyOf } from '../providers/connection';
import { isFinal, NO_OUTPUT, type Task } from '../providers/types';
import { OR_RETRY, toNodeError, type Failure } from '../transport/failure';
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
const seen: Record<'nonces' | 'resuming', Marks> = { nonces: new Map(), resuming: new Map() };

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
	const name = JSON.stringify(context.getNode().name);
	const suspension = suspensionIn(context.evaluateExpression(`{{ $(${name}).context }}`));
	const mark = readMark((context.getQueryData() as IDataObject).item);
	if (suspension === undefined || mark === null || mark.key !== suspension.key) {
		return respond(context, 401, 'This is not the address that was given to the provider');
	}
	const session = await openSession(context);
	const refused = await signatureProblem(session, suspension, mark);
	if (refused !== null) return respond(context, 401, refused);
	if (mark.run !== suspension.run) return respond(context, 200, 'Handled before');

	const nonce = String(context.getHeaderData()['x-request-nonce'] ?? '');
	const nonces = seenIn(seen.nonces, Date.now(), 2 * MAX_CLOCK_SKEW);
	if (nonce !== '' && nonces.has(nonce)) return respond(context, 200, 'Handled before');
	const told = readCallback(session.provider, bodyOf(context));
	if (told !== null && !isFinal(told)) return respond(context, 200, 'Thank you');

	const id = `${context.getExecutionId()}:${suspension.run}`;
	const resuming = seenIn(seen.resuming, Date.now(), RESUMING);
	if (resuming.has(id)) return respond(context, 200, 'Being handled');
	const ended = await endsOf(session, suspension.pending, mark, told);
	if (ended === 'trouble') return respond(context, 503, 'Try again later');
	if (nonce !== '') nonces.add(nonce);
	if (ended === 'running') return respond(context, 200, 'Thank you');
	if (resuming.has(id)) return respond(context, 200, 'Being handled');
	resuming.add(id);

	// The provider does not wait for downloads.
	respond(context, 200, 'Thank you');
	const { items, failures } = await finish(session, suspension.pending, ended);
	disarmDeadline(context);
	const [first] = [...failures].sort(([a], [b]) => a - b);
	if (first !== undefined && failures.size === suspension.pending.length && !goesOn(context)) {
		const [itemIndex, failure] = first;
		const advice = failure.advice.replace(OR_RETRY, '');
		failOnResume(context, toNodeError(context.getNode(), itemIndex, { ...failure, advice }));
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

/** Why the callback is not from the provider, as a sentence; null when it is, or when only the API can tell. */
async function signatureProblem(
	{ context, provider }: Waiting,
	{ resumeUrl }: Suspension,
	mark: Mark,
): Promise<string | null> {
	if (provider.callback !== 'signed') return null;
	const verdict = verifySignature({
		method: 'POST',
		url: callbackUrl(resumeUrl, context.getNode().id, mark),
		headers: context.getHeaderData(),
		key: keyOf(await context.getCredentials('viduApi')),
		now: Date.now(),
		maxClockSkew: MAX_CLOCK_SKEW,
	});
	return verdict.ok ? null : verdict.sentence;
}

/**
 * How every task ended, or that one still runs. A callback that was verified counts for its own
 * task where the API still shows it running after a while; otherwise the provider is asked to repeat it.
 */
async function endsOf(
	{ context, provider, look }: Waiting,
	pending: readonly Pending[],
	mark: Mark,
	told: Task | null,
): Promise<ReadonlyMap<string, Task | Failure> | 'running' | 'trouble'> {
	const own = pending[mark.item];
	const ownId = own !== undefined && 'taskId' in own ? own.taskId : null;
	const ids = [...new Set(pending.flatMap((entry) => ('taskId' in entry ? [entry.taskId] : [])))];
	// From the end, since what was submitted last ends last: the first few tell that some still run.
	ids.reverse();
	const size = provider.list?.maxIds ?? 5;
	const ended = new Map<string, Task | Failure>();
	for (let lags = 0; ; ) {
		const batch = ids.filter((id) => !ended.has(id)).slice(0, size);
		if (batch.length === 0) return ended;
		const { tasks, refused, trouble } = await look(batch);
		for (const id of batch) {
			const refusal = refused.get(id);
			const task = tasks.get(id);
			if (refusal !== undefined && refusal.httpStatus !== 404) ended.set(id, refusal);
			if (task !== undefined && isFinal(task)) ended.set(id, task);
		}
		const open = batch.filter((id) => !ended.has(id));
		if (open.length === 0) continue;
		if (trouble !== null || open.some((id) => refused.has(id))) return 'trouble';
		if (ownId === null || told === null || open.some((id) => id !== ownId)) return 'running';
		if (lags < LAG.length) await pause(context, LAG[lags++] as number);
		else if (provider.callback === 'signed' && told.error?.code !== NO_OUTPUT) {
			ended.set(ownId, { ...told, taskId: ownId });
		} else return 'trouble';
	}
}

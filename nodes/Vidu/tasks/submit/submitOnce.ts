/**
 * Buys what the items ask for, each once: what an earlier try of this execution bought is taken up
 * again, and what another execution bought, as far as it can be known (the same failed execution
 * retried twice, or the user's own key).
 */
import { isUncharged } from '../../providers/charged';
import { isFinal, NO_OUTPUT, unreadTask, type Task } from '../../providers/types';
import { isStopped } from '../../transport/caller';
import { failure, sentences, type Failure } from '../../transport/failure';
import { cancelTasks } from '../poll/cancel';
import type { Claims } from './claims';
import { createTask, unknownOutcome } from './createTask';
import { MAX_AGE } from './deduplication';
import { recoverTask } from './recover';
import type { MarkedTasks } from './marked';
import { markerOf } from './marker';
import { keyAfter, combined, type SubmissionStore, type Submission } from './submissions';
import type { TaskRequest, RunFields } from './request';
import type { Origin } from '../context/origin';
import type { Plan } from './plan';
import type { Submitted } from '../poll/scheduler';
import { isFailure, type Session } from '../context/session';
import { recordTaskId } from './customData';
import { memoryOfProcess, oneAtATime } from '../context/thisProcess';

export interface RunContext extends Session {
	readonly submissions: SubmissionStore;
	/** Which tasks other executions bought under keys of the user's own. */
	readonly keyedSubmissions: SubmissionStore;
	readonly claims: Claims;
	readonly origin: Origin;
	readonly marked: MarkedTasks;
	/** Whether the execution has slept before, so that n8n may have gone on from there more than once, or a retry may. */
	readonly slept: boolean;
	/** Keys that nobody else has bought under, as far as that can be known. */
	readonly cleared: Set<string>;
	/** The order of an item, or why there is none. */
	requestOf(item: Plan): Promise<TaskRequest | Failure>;
	/** Set when the run has ended: what is answered later nobody waits for. */
	ended: boolean;
}

/** An item, its order, and what the create request is to carry besides that. */
type PendingSubmit = Plan & { readonly request: TaskRequest; readonly fields: RunFields };

/** What a key of this node stands for in this process: that of the user in all executions, others in one and its retries. */
function scopeOf({ context, origin }: RunContext, { settings }: Plan): string {
	const node = `${context.getWorkflow().id}:${context.getNode().id}`;
	return settings.dedupeKey === null ? `${node}:${origin.execution}:` : `${node}:`;
}

/** Where the purchase of an item is kept. */
export function submissionsFor(run: RunContext, item: Plan): SubmissionStore {
	const own = [run.submissions, memoryOfProcess(scopeOf(run, item))];
	return combined(...own, ...(item.settings.dedupeKey === null ? [] : [run.keyedSubmissions]));
}

/** Whether an earlier try has sent the order of an item, or another execution one of the same key. */
export function wasSubmitted(run: RunContext, item: Plan): boolean {
	return submissionsFor(run, item).get(item.key) !== undefined;
}

/** Buys for an item, unless that was done already, or is just being done elsewhere in this process. */
export async function submitOnce(
	run: RunContext,
	item: Plan,
	fields: RunFields,
): Promise<Submitted> {
	const scope = scopeOf(run, item);
	return await oneAtATime(scope + item.key, async () => await submitOrReattach(run, item, fields));
}

async function submitOrReattach(
	run: RunContext,
	item: Plan,
	fields: RunFields,
): Promise<Submitted> {
	const submissions = submissionsFor(run, item);
	const request = await run.requestOf(item);
	if (isFailure(request)) return { kind: 'failure', failure: request };
	const pending = { ...item, request, fields };
	for (let key = item.key; ; ) {
		const earlier = submissions.get(key) ?? (await submittedElsewhere(run, pending, key));
		if (earlier === undefined) return await sendOrReleaseClaim(run, pending, key);
		if (isFailure(earlier)) return { kind: 'failure', failure: earlier };
		// Also those that others bought, so that a retry of this execution knows them.
		run.submissions.set(key, earlier);
		if (earlier.taskId === null) {
			return await recoverOrReport(
				run,
				pending,
				key,
				earlier,
				'an earlier try ended without an answer',
			);
		}
		const next = keyAfter(key, earlier.taskId);
		// What was ordered after it tells that it cost nothing, also where it cannot be read now.
		if (submissions.get(next) === undefined) {
			const task = earlier.ended ?? (await currentState(run, earlier.taskId));
			if (!isUncharged(run.provider, task)) return { kind: 'task', task };
		}
		key = next;
	}
}

/** A task that was bought before, as it is now; what cannot be read is for the run to wait for. */
async function currentState({ fetchStatuses }: RunContext, taskId: string): Promise<Task> {
	return (await fetchStatuses([taskId])).tasks.get(taskId) ?? unreadTask(taskId);
}

/**
 * What somebody else has bought under a key that this execution knows nothing of (with a key of the
 * user's own, another retry of the same failed execution, or a turn of it in which the process died),
 * or a failure where the task of that cannot be found. Any other key is this execution's to buy under.
 */
async function submittedElsewhere(
	run: RunContext,
	item: PendingSubmit,
	key: string,
): Promise<Submission | Failure | undefined> {
	const { request, settings } = item;
	const { origin, cleared, claims } = run;
	const { dedupeKey } = settings;
	const marker = markerOfSubmit(run, item, key);
	if (cleared.has(key)) return undefined;
	// Up to its first sleep an execution is nobody else's. After one, n8n may go on from the same sleep
	// twice (see endings), and saves nothing of a turn in which the process dies.
	if (dedupeKey === null && !origin.retried && !run.slept) return undefined;
	if (marker !== undefined && origin.retried) {
		const found = await run.marked.find(request, marker);
		if (found !== undefined) {
			return isFailure(found)
				? found
				: { state: 'submitted', taskId: found.taskId, at: Date.now(), marker };
		}
	}
	const claim = await claims.take(claimKey(run, item, key));
	if (claim instanceof Error && dedupeKey !== null) {
		return failure(
			`"Deduplication Key" cannot be used: ${claim.message}`,
			'n8n keeps these keys in its database, for workflows that are saved. Nothing was sent, and nothing was charged.',
		);
	}
	if (claim === 'taken') {
		const sentAt = dedupeKey === null ? origin.at : Date.now() - MAX_AGE;
		const found = await recoverTask(run, {
			request,
			marker: marker ?? null,
			sentAt,
			until: Date.now(),
		});
		if ('taskId' in found) return { state: 'submitted', taskId: found.taskId, at: Date.now() };
		return failure(
			dedupeKey === null
				? 'It is not known whether another try of this execution has made the same request: no task of it can be found'
				: `The deduplication key "${dedupeKey}" was used before, but the task of that time cannot be found`,
			sentences(
				'Nothing was sent, because a second clip would be paid for as well',
				found.length > 0 && `It may be one of the tasks ${found.join(', ')}`,
				'Look for the task in the earlier executions of this workflow (by viduTasks in their custom data) or in the console of the provider, and fetch it with Vidu → Task → Get',
				dedupeKey === null
					? 'To buy a new clip, start a new execution'
					: 'To buy a new clip, use another "Deduplication Key"',
			),
			{ unknownOutcome: true },
		);
	}
	cleared.add(key);
	return undefined;
}

/**
 * What is claimed for a key: that of the user for all executions, others for one and its retries. A
 * retry finds by our mark what was bought before it, and need not heed who claimed it then.
 */
function claimKey(run: RunContext, item: PendingSubmit, key: string): string {
	const { execution, retried } = run.origin;
	if (item.settings.dedupeKey !== null) return key;
	const first = !retried && markerOfSubmit(run, item, key) !== undefined;
	return `${execution}:${first ? 'first:' : ''}${key}`;
}

/** The mark of an order, where it can carry one and be found by it. */
function markerOfSubmit(run: RunContext, item: PendingSubmit, key: string): string | undefined {
	const { context, provider } = run;
	if (!item.request.markable || provider.list === undefined) return undefined;
	return markerOf(context.getInstanceId(), scopeOf(run, item), key);
}

/** Submits, and gives back a claim under which nothing was bought after all. */
async function sendOrReleaseClaim(
	run: RunContext,
	item: PendingSubmit,
	key: string,
): Promise<Submitted> {
	try {
		return await send(run, item, key);
	} finally {
		const free = submissionsFor(run, item).get(key) === undefined;
		if (free && run.cleared.delete(key)) {
			await run.claims.giveBack(claimKey(run, item, key)).catch(() => undefined);
		}
	}
}

async function send(run: RunContext, item: PendingSubmit, key: string): Promise<Submitted> {
	const { context } = run;
	const { request } = item;
	const marker = markerOfSubmit(run, item, key);
	const fields = { ...item.fields, ...(marker !== undefined && { payload: marker }) };
	const prepared = await request.prepare(fields);
	if (!prepared.ok) return { kind: 'failure', failure: prepared.failure };
	if (isStopped(context)) {
		const notSent = failure('The execution was stopped before this item was sent', '');
		return { kind: 'failure', failure: notSent };
	}
	const submissions = submissionsFor(run, item);
	const sending: Submission = { state: 'sending', taskId: null, at: Date.now(), marker };
	submissions.set(key, sending);
	const submitted = await createTask(run, request, prepared.request);
	if (submitted.kind === 'doubt')
		return await recoverOrReport(run, item, key, sending, submitted.reason);
	if (submitted.kind === 'task') await recordSubmitted(run, item, key, sending, submitted.task);
	else submissions.delete(key);
	return submitted;
}

/** Takes up the task of a request whose answer was lost, or says how to look for it. */
async function recoverOrReport(
	run: RunContext,
	item: PendingSubmit,
	key: string,
	sending: Submission,
	reason: string,
): Promise<Submitted> {
	const { request, settings } = item;
	const { at, marker = null } = sending;
	submissionsFor(run, item).set(key, { ...sending, state: 'unknown' });
	run.context.logger.warn(
		`Vidu: it is not known whether ${run.provider.name} took the request [item ${item.itemIndex}]: ${reason}`,
	);
	const found = await recoverTask(run, { request, marker, sentAt: at, until: at });
	if ('taskId' in found) {
		run.context.logger.info(`Vidu: the task ${found.taskId} was found after its answer was lost`);
		await recordSubmitted(run, item, key, sending, found);
		return { kind: 'task', task: found };
	}
	const keyed = settings.dedupeKey !== null;
	return { kind: 'failure', failure: unknownOutcome(run, request, reason, { at, keyed }, found) };
}

/** Remembers what was bought, before anything else that could go wrong. */
async function recordSubmitted(
	run: RunContext,
	item: PendingSubmit,
	key: string,
	sending: Submission,
	task: Task,
): Promise<void> {
	const { context, connection, provider } = run;
	const { taskId } = task;
	// The files of a success without any may follow.
	const ended = isFinal(task) && task.error?.code !== NO_OUTPUT ? task : undefined;
	submissionsFor(run, item).set(key, {
		...sending,
		state: 'submitted',
		taskId,
		at: Date.now(),
		ended,
	});
	context.logger.info(`Vidu: ${provider.name} took task ${taskId} [item ${item.itemIndex}]`);
	recordTaskId(context, taskId);
	if (!run.ended) return;
	const cancelled =
		item.settings.cancelOnStop && (await cancelTasks(context, connection, provider, [taskId]));
	context.logger.warn(
		`Vidu: stopped; task ${taskId} was answered after that, and ${cancelled && cancelled.length > 0 ? 'was cancelled' : `runs at ${provider.name}`}`,
	);
}

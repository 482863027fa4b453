/**
 * Buys what the items ask for, each once: what an earlier try of this execution bought is taken up
 * again, and what another execution bought, as far as it can be known (the same failed execution
 * retried twice, or the user's own key).
 */
import { isUncharged } from '../providers/charged';
import { isFinal, NO_OUTPUT, unreadTask, type Task } from '../providers/types';
import { isStopped } from '../transport/caller';
import { failure, sentences, type Failure } from '../transport/failure';
import { cancelTasks } from './cancel';
import type { Claims } from './claims';
import { createTask, doubt } from './create';
import { MAX_AGE } from './dedupe';
import { findLost } from './lost';
import type { Marked } from './marked';
import { markerOf } from './marker';
import { keyAfter, together, type Memory, type Purchase } from './memory';
import type { Order, RunFields } from './order';
import type { Origin } from './origin';
import type { Plan } from './plan';
import type { Submitted } from './runner';
import { isFailure, type Session } from './session';
import { noteTask } from './taskNotes';
import { memoryOfProcess, oneAtATime } from './thisProcess';

export interface Shop extends Session {
	readonly memory: Memory;
	/** Which tasks other executions bought under keys of the user's own. */
	readonly hints: Memory;
	readonly claims: Claims;
	readonly origin: Origin;
	readonly marked: Marked;
	/** Whether the execution has slept before, so that n8n may have gone on from there more than once, or a retry may. */
	readonly slept: boolean;
	/** Keys that nobody else has bought under, as far as that can be known. */
	readonly cleared: Set<string>;
	/** The order of an item, or why there is none. */
	orderOf(item: Plan): Promise<Order | Failure>;
	/** Set when the run has ended: what is answered later nobody waits for. */
	ended: boolean;
}

/** An item, its order, and what the create request is to carry besides that. */
type Sale = Plan & { readonly order: Order; readonly fields: RunFields };

/** What a key of this node stands for in this process: that of the user in all executions, others in one and its retries. */
function scopeOf({ context, origin }: Shop, { settings }: Plan): string {
	const node = `${context.getWorkflow().id}:${context.getNode().id}`;
	return settings.dedupeKey === null ? `${node}:${origin.execution}:` : `${node}:`;
}

/** Where the purchase of an item is kept. */
export function memoryFor(shop: Shop, item: Plan): Memory {
	const own = [shop.memory, memoryOfProcess(scopeOf(shop, item))];
	return together(...own, ...(item.settings.dedupeKey === null ? [] : [shop.hints]));
}

/** Whether an earlier try has sent the order of an item, or another execution one of the same key. */
export function wasOrdered(shop: Shop, item: Plan): boolean {
	return memoryFor(shop, item).recall(item.key) !== undefined;
}

/** Buys for an item, unless that was done already, or is just being done elsewhere in this process. */
export async function buyOnce(shop: Shop, item: Plan, fields: RunFields): Promise<Submitted> {
	const scope = scopeOf(shop, item);
	return await oneAtATime(scope + item.key, async () => await buy(shop, item, fields));
}

async function buy(shop: Shop, item: Plan, fields: RunFields): Promise<Submitted> {
	const memory = memoryFor(shop, item);
	const order = await shop.orderOf(item);
	if (isFailure(order)) return { kind: 'failure', failure: order };
	const sale = { ...item, order, fields };
	for (let key = item.key; ; ) {
		const earlier = memory.recall(key) ?? (await boughtElsewhere(shop, sale, key));
		if (earlier === undefined) return await submitOrGiveBack(shop, sale, key);
		if (isFailure(earlier)) return { kind: 'failure', failure: earlier };
		// Also those that others bought, so that a retry of this execution knows them.
		shop.memory.remember(key, earlier);
		if (earlier.taskId === null) {
			return await recover(shop, sale, key, earlier, 'an earlier try ended without an answer');
		}
		const next = keyAfter(key, earlier.taskId);
		// What was ordered after it tells that it cost nothing, also where it cannot be read now.
		if (memory.recall(next) === undefined) {
			const task = earlier.ended ?? (await seen(shop, earlier.taskId));
			if (!isUncharged(shop.provider, task)) return { kind: 'task', task };
		}
		key = next;
	}
}

/** A task that was bought before, as it is now; what cannot be read is for the run to wait for. */
async function seen({ look }: Shop, taskId: string): Promise<Task> {
	return (await look([taskId])).tasks.get(taskId) ?? unreadTask(taskId);
}

/**
 * What somebody else has bought under a key that this execution knows nothing of (with a key of the
 * user's own, another retry of the same failed execution, or a turn of it in which the process died),
 * or a failure where the task of that cannot be found. Any other key is this execution's to buy under.
 */
async function boughtElsewhere(
	shop: Shop,
	item: Sale,
	key: string,
): Promise<Purchase | Failure | undefined> {
	const { order, settings } = item;
	const { origin, cleared, claims } = shop;
	const { dedupeKey } = settings;
	const marker = markerFor(shop, item, key);
	if (cleared.has(key)) return undefined;
	// Up to its first sleep an execution is nobody else's. After one, n8n may go on from the same sleep
	// twice (see endings), and saves nothing of a turn in which the process dies.
	if (dedupeKey === null && !origin.retried && !shop.slept) return undefined;
	if (marker !== undefined && origin.retried) {
		const found = await shop.marked.find(order, marker);
		if (found !== undefined) {
			return isFailure(found)
				? found
				: { state: 'submitted', taskId: found.taskId, at: Date.now(), marker };
		}
	}
	const claim = await claims.take(claimKey(shop, item, key));
	if (claim instanceof Error && dedupeKey !== null) {
		return failure(
			`"Deduplication Key" cannot be used: ${claim.message}`,
			'n8n keeps these keys in its database, for workflows that are saved. Nothing was sent, and nothing was charged.',
		);
	}
	if (claim === 'taken') {
		const sentAt = dedupeKey === null ? origin.at : Date.now() - MAX_AGE;
		const found = await findLost(shop, {
			order,
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
			{ doubtful: true },
		);
	}
	cleared.add(key);
	return undefined;
}

/**
 * What is claimed for a key: that of the user for all executions, others for one and its retries. A
 * retry finds by our mark what was bought before it, and need not heed who claimed it then.
 */
function claimKey(shop: Shop, item: Sale, key: string): string {
	const { execution, retried } = shop.origin;
	if (item.settings.dedupeKey !== null) return key;
	const first = !retried && markerFor(shop, item, key) !== undefined;
	return `${execution}:${first ? 'first:' : ''}${key}`;
}

/** The mark of an order, where it can carry one and be found by it. */
function markerFor(shop: Shop, item: Sale, key: string): string | undefined {
	const { context, provider } = shop;
	if (!item.order.markable || provider.list === undefined) return undefined;
	return markerOf(context.getInstanceId(), scopeOf(shop, item), key);
}

/** Submits, and gives back a claim under which nothing was bought after all. */
async function submitOrGiveBack(shop: Shop, item: Sale, key: string): Promise<Submitted> {
	try {
		return await submit(shop, item, key);
	} finally {
		const free = memoryFor(shop, item).recall(key) === undefined;
		if (free && shop.cleared.delete(key)) {
			await shop.claims.giveBack(claimKey(shop, item, key)).catch(() => undefined);
		}
	}
}

async function submit(shop: Shop, item: Sale, key: string): Promise<Submitted> {
	const { context } = shop;
	const { order } = item;
	const marker = markerFor(shop, item, key);
	const fields = { ...item.fields, ...(marker !== undefined && { payload: marker }) };
	const prepared = await order.prepare(fields);
	if (!prepared.ok) return { kind: 'failure', failure: prepared.failure };
	if (isStopped(context)) {
		const notSent = failure('The execution was stopped before this item was sent', '');
		return { kind: 'failure', failure: notSent };
	}
	const memory = memoryFor(shop, item);
	const sending: Purchase = { state: 'sending', taskId: null, at: Date.now(), marker };
	memory.remember(key, sending);
	const submitted = await createTask(shop, order, prepared.request);
	if (submitted.kind === 'doubt') return await recover(shop, item, key, sending, submitted.reason);
	if (submitted.kind === 'task') await bought(shop, item, key, sending, submitted.task);
	else memory.forget(key);
	return submitted;
}

/** Takes up the task of a request whose answer was lost, or says how to look for it. */
async function recover(
	shop: Shop,
	item: Sale,
	key: string,
	sending: Purchase,
	reason: string,
): Promise<Submitted> {
	const { order, settings } = item;
	const { at, marker = null } = sending;
	memoryFor(shop, item).remember(key, { ...sending, state: 'doubtful' });
	shop.context.logger.warn(
		`Vidu: it is not known whether ${shop.provider.name} took the request [item ${item.itemIndex}]: ${reason}`,
	);
	const found = await findLost(shop, { order, marker, sentAt: at, until: at });
	if ('taskId' in found) {
		shop.context.logger.info(`Vidu: the task ${found.taskId} was found after its answer was lost`);
		await bought(shop, item, key, sending, found);
		return { kind: 'task', task: found };
	}
	const keyed = settings.dedupeKey !== null;
	return { kind: 'failure', failure: doubt(shop, order, reason, { at, keyed }, found) };
}

/** Remembers what was bought, before anything else that could go wrong. */
async function bought(
	shop: Shop,
	item: Sale,
	key: string,
	sending: Purchase,
	task: Task,
): Promise<void> {
	const { context, connection, provider } = shop;
	const { taskId } = task;
	// The files of a success without any may follow.
	const ended = isFinal(task) && task.error?.code !== NO_OUTPUT ? task : undefined;
	memoryFor(shop, item).remember(key, {
		...sending,
		state: 'submitted',
		taskId,
		at: Date.now(),
		ended,
	});
	context.logger.info(`Vidu: ${provider.name} took task ${taskId} [item ${item.itemIndex}]`);
	noteTask(context, taskId);
	if (!shop.ended) return;
	const cancelled =
		item.settings.cancelOnStop && (await cancelTasks(context, connection, provider, [taskId]));
	context.logger.warn(
		`Vidu: stopped; task ${taskId} was answered after that, and ${cancelled && cancelled.length > 0 ? 'was cancelled' : `runs at ${provider.name}`}`,
	);
}

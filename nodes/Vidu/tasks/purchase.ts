/**
 * Buys what the items ask for, each once: what an earlier try of this execution bought is taken up
 * again, and what another execution bought under the user's own key.
 */
import { isUncharged } from '../providers/charged';
import { unreadTask, type Task } from '../providers/types';
import { isStopped } from '../transport/caller';
import { failure } from '../transport/failure';
import { createTask, doubt } from './create';
import { findLost } from './lost';
import { newMarker } from './marker';
import type { Memory, Purchase } from './memory';
import type { RunFields } from './order';
import type { Plan } from './plan';
import type { Submitted } from './runner';
import type { Session } from './session';
import { noteTask } from './taskNotes';

export interface Shop extends Session {
	readonly memory: Memory;
	/** What was bought under keys of the user's own, also by other executions. */
	readonly dedupe: Memory;
	/** Purchases on their way under keys of the user's own. */
	readonly underway: Map<string, Promise<Submitted>>;
	/** What the create request of an item is to carry besides its order. */
	fieldsOf(item: Plan): RunFields;
}

/** Where the purchase of an item is kept. */
export function memoryFor({ memory, dedupe }: Shop, { settings }: Plan): Memory {
	if (settings.dedupeKey === null) return memory;
	return {
		// Where they differ, another execution has bought since.
		recall: (key) => {
			const [own, shared] = [memory.recall(key), dedupe.recall(key)];
			return (shared?.at ?? 0) > (own?.at ?? 0) ? shared : own;
		},
		remember: (key, purchase) => {
			for (const each of [memory, dedupe]) each.remember(key, purchase);
		},
		forget: (key) => {
			for (const each of [memory, dedupe]) each.forget(key);
		},
	};
}

/** Whether an earlier try has sent the order of an item, or another execution one of the same key. */
export function wasOrdered(shop: Shop, item: Plan): boolean {
	return memoryFor(shop, item).recall(item.key) !== undefined;
}

/** Buys for an item, unless that was done already, or is just being done for another of the same key. */
export async function buyOnce(shop: Shop, item: Plan): Promise<Submitted> {
	const { underway } = shop;
	if (item.settings.dedupeKey === null) return await buy(shop, item);
	const submitting = underway.get(item.key) ?? buy(shop, item);
	underway.set(item.key, submitting);
	const submitted = await submitting;
	// What was not bought may be tried again.
	if (submitted.kind !== 'task') underway.delete(item.key);
	return submitted;
}

async function buy(shop: Shop, item: Plan): Promise<Submitted> {
	const { context, provider } = shop;
	const { order, key } = item;
	const memory = memoryFor(shop, item);
	const earlier = memory.recall(key);
	if (earlier?.ended !== undefined) return { kind: 'task', task: earlier.ended };
	if (earlier !== undefined) {
		const found =
			earlier.taskId === null
				? await recover(shop, item, earlier, 'an earlier try ended without an answer')
				: await takeUp(shop, earlier.taskId);
		if (found !== 'buy again') return found;
	}
	const payload = order.markable && provider.list !== undefined ? newMarker() : undefined;
	const fields = { ...shop.fieldsOf(item), ...(payload !== undefined && { payload }) };
	const prepared = await order.prepare(fields);
	if (!prepared.ok) return { kind: 'failure', failure: prepared.failure };
	if (isStopped(context)) {
		const notSent = failure('The execution was stopped before this item was sent', '');
		return { kind: 'failure', failure: notSent };
	}
	const { callbackUrl } = fields;
	const sending: Purchase = {
		state: 'sending',
		taskId: null,
		at: Date.now(),
		callbackUrl,
		marker: payload,
	};
	memory.remember(key, sending);
	const submitted = await createTask(shop, order, prepared.request);
	if (submitted.kind === 'doubt') return await recover(shop, item, sending, submitted.reason);
	if (submitted.kind === 'task') bought(shop, item, sending, submitted.task);
	else memory.forget(key);
	return submitted;
}

/** Takes up the task of a request whose answer was lost, or says how to look for it. */
async function recover(
	shop: Shop,
	item: Plan,
	sending: Purchase,
	reason: string,
): Promise<Submitted> {
	const { order, key, settings } = item;
	memoryFor(shop, item).remember(key, { ...sending, state: 'doubtful' });
	const found = await findLost(shop, { order, marker: sending.marker ?? null, sentAt: sending.at });
	if ('taskId' in found) {
		shop.context.logger.info(`Vidu: the task ${found.taskId} was found after its answer was lost`);
		bought(shop, item, sending, found);
		return { kind: 'task', task: found };
	}
	const keyed = settings.dedupeKey !== null;
	return { kind: 'failure', failure: doubt(shop, order, reason, { ...sending, keyed }, found) };
}

/** Remembers what was bought; what failed at once without a charge may be bought again. */
function bought(shop: Shop, item: Plan, sending: Purchase, task: Task): void {
	const { taskId } = task;
	const { key } = item;
	const memory = memoryFor(shop, item);
	noteTask(shop.context, taskId);
	const ended = task.state === 'succeeded' ? task : undefined;
	if (isUncharged(shop.provider, task)) memory.forget(key);
	else memory.remember(key, { ...sending, state: 'submitted', taskId, at: Date.now(), ended });
}

/** Finds a task that was bought before. One that failed without a charge may be bought again. */
async function takeUp({ look, provider }: Shop, taskId: string): Promise<Submitted | 'buy again'> {
	const { tasks, refused } = await look([taskId]);
	const refusal = refused.get(taskId);
	if (refusal !== undefined) return { kind: 'failure', failure: refusal };
	const task: Task = tasks.get(taskId) ?? unreadTask(taskId);
	return isUncharged(provider, task) ? 'buy again' : { kind: 'task', task };
}

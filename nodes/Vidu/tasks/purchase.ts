/**
 * Buys what the items ask for, each once: what an earlier try of this execution bought is taken up
 * again, and what another execution bought under the user's own key.
 */
import { unreadTask, type Task } from '../providers/types';
import { createTask, doubt } from './create';
import type { DedupeMemory } from './dedupe';
import { findLost } from './lost';
import { markerOf } from './marker';
import type { Memory, Purchase } from './memory';
import type { RunFields } from './order';
import type { Plan } from './plan';
import type { Submitted } from './runner';
import type { Session } from './session';
import { noteTask } from './taskNotes';

export interface Shop extends Session {
	readonly memory: Memory;
	readonly dedupe: DedupeMemory;
	/** Purchases on their way, by the user's own key. */
	readonly underway: Map<string, Promise<Submitted>>;
	/** What the create request of an item is to carry besides its order. */
	fieldsOf(item: Plan): RunFields;
}

/** Buys for an item, unless its key of the user's own was bought for already, or is just being bought for. */
export async function buyOnce(shop: Shop, item: Plan): Promise<Submitted> {
	if (item.settings.dedupeKey === null) return await buy(shop, item);
	// The same key of another provider's is another thing.
	const key = `${shop.provider.id}:${item.settings.dedupeKey}`;
	const underway = shop.underway.get(key) ?? buyFor(shop, item, key);
	shop.underway.set(key, underway);
	const submitted = await underway;
	// What was not bought may be tried again.
	if (submitted.kind !== 'task') shop.underway.delete(key);
	return submitted;
}

async function buyFor(shop: Shop, item: Plan, key: string): Promise<Submitted> {
	const earlier = shop.dedupe.find(key);
	if (earlier !== undefined) {
		const found = await takeUp(shop, earlier);
		if (found !== 'buy again') return found;
	}
	const submitted = await buy(shop, item);
	if (submitted.kind === 'task') shop.dedupe.remember(key, submitted.task.taskId);
	return submitted;
}

/** Buys what the item asks for, unless it was bought in an earlier try of this execution. */
async function buy(shop: Shop, item: Plan): Promise<Submitted> {
	const { context, memory, provider } = shop;
	const { order, key } = item;
	const earlier = memory.recall(key);
	if (earlier?.ended !== undefined) return { kind: 'task', task: earlier.ended };
	if (earlier?.state === 'submitted' && earlier.taskId !== null) {
		const found = await takeUp(shop, earlier.taskId);
		if (found !== 'buy again') return found;
	} else if (earlier !== undefined) {
		return await recover(
			shop,
			item,
			earlier,
			'an earlier try of this execution ended without an answer',
		);
	}
	const marks = order.markable && provider.list !== undefined;
	const payload = marks ? markerOf(context.getExecutionId(), key) : undefined;
	const fields = { ...shop.fieldsOf(item), ...(payload !== undefined && { payload }) };
	const prepared = await order.prepare(fields);
	if (!prepared.ok) return { kind: 'failure', failure: prepared.failure };
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
	const { order, key } = item;
	shop.memory.remember(key, { ...sending, state: 'doubtful' });
	const found = await findLost(shop, { order, marker: sending.marker ?? null, sentAt: sending.at });
	if ('taskId' in found) {
		shop.context.logger.info(`Vidu: the task ${found.taskId} was found after its answer was lost`);
		bought(shop, item, sending, found);
		return { kind: 'task', task: found };
	}
	return { kind: 'failure', failure: doubt(shop, order, reason, new Date(sending.at), found) };
}

/** Remembers what was bought; what failed at once without a charge may be bought again. */
function bought({ context, memory }: Shop, { key }: Plan, sending: Purchase, task: Task): void {
	const { taskId } = task;
	noteTask(context, taskId);
	const ended = task.state === 'succeeded' ? task : undefined;
	if (isUncharged(task)) memory.forget(key);
	else memory.remember(key, { ...sending, state: 'submitted', taskId, at: Date.now(), ended });
}

/** Finds a task that was bought before. One that failed without a charge may be bought again. */
async function takeUp({ look }: Shop, taskId: string): Promise<Submitted | 'buy again'> {
	const { tasks, refused } = await look([taskId]);
	const refusal = refused.get(taskId);
	if (refusal !== undefined) return { kind: 'failure', failure: refusal };
	const task: Task = tasks.get(taskId) ?? unreadTask(taskId);
	return isUncharged(task) ? 'buy again' : { kind: 'task', task };
}

function isUncharged({ state, credits }: Task): boolean {
	return (state === 'failed' || state === 'cancelled') && !((credits ?? 0) > 0);
}

/** How many orders have left without an answer until now. */
export function unanswered({ memory }: Shop, plans: readonly Plan[]): number {
	return plans.filter(({ key }) => {
		const state = memory.recall(key)?.state;
		return state === 'sending' || state === 'doubtful';
	}).length;
}

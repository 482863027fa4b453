/**
 * Buys what the items ask for, each once: what an earlier try of this execution bought is taken up
 * again, and what another execution bought under the user's own key.
 */
import { unreadTask, type Task } from '../providers/types';
import { createTask, doubt } from './create';
import type { DedupeMemory } from './dedupe';
import type { Memory } from './memory';
import type { RunFields } from './order';
import type { Plan } from './plan';
import type { Submitted } from './runner';
import type { Session } from './session';

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
	const key = item.settings.dedupeKey;
	if (key === null) return await buy(shop, item);
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
	const { memory } = shop;
	const { order, key } = item;
	const earlier = memory.recall(key);
	if (earlier?.ended !== undefined) return { kind: 'task', task: earlier.ended };
	if (earlier?.state === 'submitted' && earlier.taskId !== null) {
		const found = await takeUp(shop, earlier.taskId);
		if (found !== 'buy again') return found;
	} else if (earlier !== undefined) {
		const reason = 'an earlier try of this execution ended without an answer';
		return { kind: 'failure', failure: doubt(shop, order, reason, new Date(earlier.at)) };
	}
	const fields = shop.fieldsOf(item);
	const prepared = await order.prepare(fields);
	if (!prepared.ok) return { kind: 'failure', failure: prepared.failure };
	const { callbackUrl } = fields;
	memory.remember(key, { state: 'sending', taskId: null, at: Date.now(), callbackUrl });
	const submitted = await createTask(shop, order, prepared.request);
	if (submitted.kind === 'task') {
		const { task } = submitted;
		const ended = task.state === 'succeeded' ? task : undefined;
		const { taskId } = task;
		if (isUncharged(task)) memory.forget(key);
		else memory.remember(key, { state: 'submitted', taskId, at: Date.now(), callbackUrl, ended });
	} else if (submitted.failure.doubtful) {
		memory.remember(key, { state: 'doubtful', taskId: null, at: Date.now(), callbackUrl });
	} else {
		memory.forget(key);
	}
	return submitted;
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

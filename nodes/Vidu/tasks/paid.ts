/** What a run has paid for when it ends before its time, so that no task goes untold. */
import { isUncharged } from '../providers/charged';
import { lastPurchase, type Purchase } from './memory';
import type { Plan } from './plan';
import { memoryFor, type Shop } from './purchase';
import { endStopped } from './run';
import type { Outcome } from './runner';

const purchaseOf = (shop: Shop, item: Plan): Purchase | undefined =>
	lastPurchase(memoryFor(shop, item), item.key);

/** The id of the task that was bought for an item, unless it ended without a clip and a charge. */
function paidTask(shop: Shop, item: Plan, outcome: Outcome<object> | undefined): string | null {
	const task = outcome?.ok === false ? outcome.failure.task : null;
	if (task !== null && isUncharged(shop.provider, task)) return null;
	return purchaseOf(shop, item)?.taskId ?? null;
}

/** The ids of the tasks that were bought for these items, but for those that ended without a clip. */
export function paidTasks(
	shop: Shop,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<object> | undefined>,
): string[] {
	const ids = plans.map((item, position) => paidTask(shop, item, outcomes[position]));
	return [...new Set(ids.filter((id) => id !== null))];
}

/** The items whose orders have no answer: their tasks may exist. */
export function unansweredItems(shop: Shop, plans: readonly Plan[]): number[] {
	return plans.flatMap((item) => (purchaseOf(shop, item)?.taskId === null ? [item.itemIndex] : []));
}

/** Ends a run that was stopped: cancels its open tasks if so chosen, and tells of the rest in the log. */
export async function leaveOpen(
	shop: Shop,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<object>>,
): Promise<void> {
	const open = plans.flatMap((item, position) => {
		const outcome = outcomes[position];
		const taskId = outcome?.ok ? null : paidTask(shop, item, outcome);
		return taskId === null ? [] : [{ taskId, cancel: item.settings.cancelOnStop }];
	});
	await endStopped(shop, open, unansweredItems(shop, plans).length);
}

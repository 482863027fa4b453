/** What a run has paid for when it ends before its time, so that no task goes untold. */
import { isUncharged } from '../providers/charged';
import type { Plan } from './plan';
import { memoryFor, type Shop } from './purchase';
import { endStopped } from './run';
import type { Outcome } from './runner';

/** The ids of the tasks that were bought for these items, but for those that ended without a clip. */
export function paidTasks(
	shop: Shop,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<object> | undefined>,
): string[] {
	const ids = plans.flatMap((item, position) => {
		const outcome = outcomes[position];
		const task = outcome?.ok === false ? outcome.failure.task : null;
		const id = memoryFor(shop, item).recall(item.key)?.taskId ?? null;
		return id === null || (task !== null && isUncharged(shop.provider, task)) ? [] : [id];
	});
	return [...new Set(ids)];
}

/** Ends a run that was stopped: cancels its open tasks if so chosen, and tells of the rest in the log. */
export async function leaveOpen(
	shop: Shop,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<object>>,
): Promise<void> {
	const open = plans.map((_, position) => outcomes[position]?.ok !== true);
	const left = paidTasks(
		shop,
		plans.filter((_, position) => open[position]),
		outcomes.filter((_, position) => open[position]),
	);
	const unanswered = plans.filter((item) => {
		const purchase = memoryFor(shop, item).recall(item.key);
		return purchase !== undefined && purchase.taskId === null;
	});
	await endStopped(shop, plans, left, unanswered.length);
}

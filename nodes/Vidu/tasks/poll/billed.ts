/** What a run has paid for when it ends before its time, so that no task goes untold. */
import { isUncharged } from '../../providers/charged';
import { lastPurchase, type Purchase } from '../submit/submissions';
import type { Plan } from '../submit/plan';
import { memoryFor, type Shop } from '../submit/submitOnce';
import type { Outcome } from './scheduler';
import type { Left } from './unfinished';

const purchaseOf = (shop: Shop, item: Plan): Purchase | undefined =>
	lastPurchase(memoryFor(shop, item), item.key);

/** The id of the task that was bought for an item, unless it ended without a clip and a charge. */
function paidTask(shop: Shop, item: Plan, outcome: Outcome<unknown> | undefined): string | null {
	const task = outcome?.ok === false ? outcome.failure.task : null;
	if (task !== null && isUncharged(shop.provider, task)) return null;
	return purchaseOf(shop, item)?.taskId ?? null;
}

/** What these items leave at the provider. */
export function leftBy(
	shop: Shop,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<unknown> | undefined>,
): Left {
	const tasks = plans.flatMap((item, position) => {
		const outcome = outcomes[position];
		const taskId = paidTask(shop, item, outcome);
		return taskId === null
			? []
			: [{ taskId, done: outcome?.ok === true, cancel: item.settings.cancelOnStop }];
	});
	return {
		open: tasks.filter(({ done }) => !done),
		paid: [...new Set(tasks.map(({ taskId }) => taskId))],
		unanswered: plans.flatMap((item) =>
			purchaseOf(shop, item)?.taskId === null ? [item.itemIndex] : [],
		),
	};
}

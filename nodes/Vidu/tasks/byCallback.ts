/** A run that waits by callback: buys for all items, then suspends the execution unless all is over already. */
import type { INodeExecutionData } from 'n8n-workflow';
import { isFinal, type Task } from '../providers/types';
import { isStopped } from '../transport/caller';
import type { Failure } from '../transport/failure';
import { finish } from './finish';
import type { Generation } from './order';
import { explain, failedItem, outputItem, receiptOf } from './output';
import { leaveOpen, paidTasks, unansweredItems } from './paid';
import type { Plan } from './plan';
import { buyOnce, type Shop } from './purchase';
import { finalOutcomes, notFinished, throwFirst, work } from './run';
import { withEarlier } from './follow';
import type { Outcome } from './runner';
import { suspend, type Pending, type Return } from './suspend';
import { goesOn } from './tool';

/** Executes the plans; `rejected` are the items of inputs that have no plan. */
export async function generateByCallback(
	shop: Shop,
	operation: Generation,
	plans: readonly Plan[],
	rejected: ReadonlyMap<number, INodeExecutionData>,
	back: Return,
): Promise<INodeExecutionData[][]> {
	const { context } = shop;
	const stopAtFailure = !goesOn(context);
	const asIs = async (_: Plan, task: Task) => await Promise.resolve(task);
	const receiptFor = (item: Plan) => receiptOf(item, operation.name, operation.makes);
	const why = (item: Plan, task: Task) => explain(shop, receiptFor(item), task);
	const bought = await work<Plan, Task>(
		shop,
		plans.map((item) => ({ ...item, wait: false })),
		{
			stopAtFailure,
			submit: async (item) => await buyOnce(shop, item),
			explain: why,
			handOver: asIs,
		},
	);
	const throwAny = (outcomes: ReadonlyArray<Outcome<Task> | undefined>) => {
		if (!stopAtFailure || isStopped(context)) return;
		throwFirst(
			shop,
			plans,
			outcomes,
			paidTasks(shop, plans, outcomes),
			unansweredItems(shop, plans),
		);
	};
	throwAny(bought.outcomes);

	let outcomes = finalOutcomes(bought);
	if (!isStopped(context)) outcomes = await waitForCallless(shop, plans, outcomes, back, why);
	if (isStopped(context)) {
		outcomes = outcomes.map((outcome) =>
			outcome.ok && !isFinal(outcome.result) ? notFinished(outcome.result) : outcome,
		);
		await leaveOpen(shop, plans, outcomes);
	} else {
		outcomes = await lookOnce(shop, outcomes);
	}

	const pending: Pending[] = [];
	for (const [index, item] of rejected) pending[index] = { output: item };
	for (const [position, item] of plans.entries()) {
		const outcome = outcomes[position] as Outcome<Task>;
		const receipt = receiptFor(item);
		if (!outcome.ok) {
			pending[item.itemIndex] = { output: failedItem(shop, receipt, outcome.failure) };
		} else if (!item.wait) {
			pending[item.itemIndex] = { output: outputItem(shop, receipt, outcome.result) };
		} else {
			const { taskId, createdAt, credits, payload } = outcome.result;
			pending[item.itemIndex] = { taskId, receipt, told: { createdAt, credits, payload } };
		}
	}
	const tasks = new Map(
		tasksIn(outcomes.filter((_, at) => plans[at]?.wait)).map((task) => [task.taskId, task]),
	);
	if (![...tasks.values()].every(isFinal)) {
		const timeout = Math.max(...plans.map((item) => item.timeout));
		return await suspend(shop, back, pending, tasks, timeout);
	}
	const { items, failures } = await finish(shop, pending, tasks);
	const ended = plans.map(({ itemIndex }): Outcome<Task> | undefined => {
		const failure = failures.get(itemIndex);
		return failure && { ok: false, failure };
	});
	throwAny(ended);
	return [items];
}

const tasksIn = (outcomes: ReadonlyArray<Outcome<Task>>) =>
	outcomes.flatMap((outcome) => (outcome.ok ? [outcome.result] : []));

/** Tasks that another execution bought call back there, if anywhere: they are waited for now. */
async function waitForCallless(
	shop: Shop,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<Task>>,
	back: Return,
	why: (item: Plan, task: Task) => Failure,
): Promise<Array<Outcome<Task>>> {
	const found = new Map<Plan, Task>();
	for (const [position, item] of plans.entries()) {
		const outcome = outcomes[position];
		if (!item.wait || !outcome?.ok || isFinal(outcome.result)) continue;
		const calls = shop.memory.recall(item.key)?.callbackUrl === back.urlFor(item.itemIndex);
		if (!calls) found.set(item, outcome.result);
	}
	if (found.size === 0) return [...outcomes];
	const waited = [...found.keys()];
	const result = await work<Plan, Task>(shop, waited, {
		stopAtFailure: false,
		submit: async (item) => ({ kind: 'task', task: found.get(item) as Task }),
		explain: why,
		handOver: async (_, task) => await Promise.resolve(task),
	});
	const ends = new Map(finalOutcomes(result).map((end, at) => [waited[at], end]));
	return outcomes.map((outcome, position) => ends.get(plans[position]) ?? outcome);
}

/** Fast failures, and callbacks that came before n8n had stored the execution, show in one look. */
async function lookOnce(
	{ look }: Shop,
	outcomes: ReadonlyArray<Outcome<Task>>,
): Promise<Array<Outcome<Task>>> {
	const ids = tasksIn(outcomes).flatMap((task) => (isFinal(task) ? [] : [task.taskId]));
	if (ids.length === 0) return [...outcomes];
	const { tasks } = await look([...new Set(ids)]);
	return outcomes.map((outcome) => {
		const seen = outcome.ok ? tasks.get(outcome.result.taskId) : undefined;
		return outcome.ok && seen ? { ok: true, result: withEarlier(seen, outcome.result) } : outcome;
	});
}

/**
 * The whole run of a generating node: plan every item, buy once, wait together, deliver, answer in
 * input order. All items are planned and checked before the first request is sent.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { adviceFor } from '../providers/errors';
import type { Task } from '../providers/types';
import { failure, fetchLater, sentences, taskFailure, toNodeError } from '../transport/failure';
import { pause } from '../transport/pause';
import { budgetProblem } from './budget';
import { cancelTasks } from './cancel';
import { dedupeMemoryOf } from './dedupe';
import { memoryOf } from './memory';
import type { Generation } from './order';
import { deliver, failedItem, outputItem, receiptOf } from './output';
import { isPlan, planItem, type Plan } from './plan';
import { buyOnce, type Shop } from './purchase';
import { runJobs, type Outcome, type RunResult } from './runner';
import { failureItem, isFailure, openSession } from './session';

type Item = INodeExecutionData;

/** Executes a generating operation for all items of the node. */
export async function generate(
	context: IExecuteFunctions,
	operation: Generation,
): Promise<Item[][]> {
	const session = await openSession(context);
	const shop: Shop = {
		...session,
		memory: memoryOf(context.getContext('node')),
		dedupe: dedupeMemoryOf(context.getWorkflowStaticData('node'), Date.now),
		underway: new Map(),
		fieldsOf: () => ({}),
	};
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const planned = await Promise.all(
		context.getInputData().map(async (_, i) => await planItem(session, operation, i, runIndex)),
	);
	const stopAtFailure = !context.continueOnFail();
	for (const [itemIndex, item] of planned.entries()) {
		if (!isPlan(item) && stopAtFailure) throw toNodeError(context.getNode(), itemIndex, item);
	}
	const plans = planned.filter(isPlan);
	const overBudget = await budgetProblem(session, plans);
	if (overBudget !== null) {
		throw new NodeOperationError(context.getNode(), overBudget, {
			description: 'Nothing was sent, and nothing was charged.',
		});
	}
	showHints(context, plans);

	const receipt = (item: Plan) => receiptOf(item, operation.name, operation.makes);
	const result = await work(shop, plans, stopAtFailure, async (item, task) =>
		item.wait
			? await deliver(session, receipt(item), task)
			: outputItem(session, receipt(item), task),
	);
	const runningIds = result.leftRunning.map(({ task }) => task.taskId);
	if (result.stopped) await endStopped(shop, plans, runningIds);
	else if (stopAtFailure) throwFirst(shop, plans, result.outcomes, runningIds);

	const finals = finalOutcomes(result);
	const items = new Map(
		plans.map((item, position): [number, Item] => {
			const outcome = finals[position] as Outcome<Item>;
			return [
				item.itemIndex,
				outcome.ok ? outcome.result : failedItem(session, receipt(item), outcome.failure),
			];
		}),
	);
	return [
		planned.map((item, itemIndex) =>
			isPlan(item)
				? (items.get(itemIndex) as Item)
				: failureItem(context, itemIndex, item, {
						taskId: null,
						provider: session.provider.id,
						operation: operation.name,
						model: null,
					}),
		),
	];
}

/** Buys for all plans and waits for those that are to be waited for. */
async function work<R extends object>(
	shop: Shop,
	plans: readonly Plan[],
	stopAtFailure: boolean,
	handOver: (item: Plan, task: Task) => Promise<R | ReturnType<typeof failure>>,
): Promise<RunResult<R>> {
	const { context, provider, look } = shop;
	const settings = plans[0]?.settings;
	const perMinute = settings?.requestsPerMinute ?? null;
	return await runJobs<Plan, R>(
		plans,
		{
			now: () => Date.now(),
			sleep: async (milliseconds) => await pause(context, milliseconds),
			stopped: () => context.getExecutionCancelSignal()?.aborted === true,
			submit: async (item) => await buyOnce(shop, item),
			look,
			deliver: handOver,
			isFailure,
			explain: (task) => taskFailure(provider.name, task, adviceFor(task.error?.code ?? null)),
		},
		{
			maxConcurrency: settings?.maxConcurrency ?? 1,
			submitGap: perMinute === null ? 0 : 60_000 / perMinute,
			stopAtFailure,
		},
	);
}

function showHints(context: IExecuteFunctions, plans: readonly Plan[]): void {
	const messages = new Set(plans.flatMap(({ order }) => order.hints));
	if (messages.size === 0) return;
	context.addExecutionHints(
		...[...messages].map((message) => ({ message, location: 'outputPane' as const })),
	);
}

/** An outcome for every job: those that were on their way when the execution was stopped have failed. */
function finalOutcomes<R>({ outcomes, leftRunning }: RunResult<R>): Array<Outcome<R>> {
	const unfinished = new Map(leftRunning.map(({ position, task }) => [position, task]));
	return outcomes.map((outcome, position) => {
		if (outcome !== undefined) return outcome;
		const task = unfinished.get(position) ?? null;
		const stopped = failure(
			'The execution was stopped before this item was done',
			task === null ? '' : fetchLater(task.taskId),
			{ task },
		);
		return { ok: false, failure: stopped };
	});
}

function throwFirst<R>(
	{ context }: Shop,
	plans: readonly Plan[],
	outcomes: RunResult<R>['outcomes'],
	running: readonly string[],
): void {
	const position = outcomes.findIndex((outcome) => outcome?.ok === false);
	const outcome = outcomes[position];
	if (outcome === undefined || outcome.ok) return;
	const advice = sentences(
		outcome.failure.advice,
		running.length > 0 &&
			`Other tasks of this run go on at the provider: ${running.join(', ')}. Retrying this execution picks them up`,
	);
	const itemIndex = plans[position]?.itemIndex ?? 0;
	throw toNodeError(context.getNode(), itemIndex, { ...outcome.failure, advice });
}

/** Says in the log what goes on at the provider, after cancelling what it still can, if so chosen. */
async function endStopped(
	{ context, connection, provider }: Shop,
	plans: readonly Plan[],
	leftRunning: readonly string[],
): Promise<void> {
	const cancelled =
		plans[0]?.settings.cancelOnStop === true
			? await cancelTasks(context, connection, provider, leftRunning)
			: [];
	const left = leftRunning.filter((id) => !cancelled.includes(id));
	if (cancelled.length > 0)
		context.logger.info(`Vidu: stopped; cancelled: ${cancelled.join(', ')}`);
	if (left.length > 0) {
		context.logger.warn(
			`Vidu: stopped; tasks left running at ${provider.name}: ${left.join(', ')}`,
		);
	}
}

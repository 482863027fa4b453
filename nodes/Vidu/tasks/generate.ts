/**
 * The whole run of a generating node: plan every item, buy once, wait together, deliver, answer in
 * input order. All items are planned and checked before the first request is sent.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { toNodeError, type Failure } from '../transport/failure';
import { budgetProblem } from './budget';
import { generateByCallback } from './byCallback';
import { chargeHint, type Charge } from './charges';
import { callOf, type Call } from './call';
import { claimsOf } from './claims';
import { dedupeHints } from './dedupe';
import { memoryOf } from './memory';
import { originOf } from './origin';
import type { Generation } from './order';
import { deliver, explain, failedItem, outputItem, receiptOf } from './output';
import { leaveOpen, paidTasks, unansweredItems } from './paid';
import { isPlan, planItem, type Plan } from './plan';
import { buyOnce, type Shop } from './purchase';
import { finalOutcomes, throwFirst, work } from './run';
import { failureItem, openSession, type Session } from './session';
import { wayBack } from './suspend';
import { goesOn } from './tool';

/** Executes a generating operation for all items of the node. */
export async function generate(
	context: IExecuteFunctions,
	operation: Generation,
): Promise<INodeExecutionData[][]> {
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const call = callOf(context, runIndex);
	let returned = false;
	try {
		const items = await generateAll(context, operation, runIndex, call);
		returned = true;
		return items;
	} finally {
		call.end(returned);
	}
}

async function generateAll(
	context: IExecuteFunctions,
	operation: Generation,
	runIndex: number,
	call: Call,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const planned = await Promise.all(
		context.getInputData().map(async (_, i) => await planItem(session, operation, i, call)),
	);
	for (const [itemIndex, item] of planned.entries()) {
		if (!isPlan(item) && !goesOn(context)) {
			throw toNodeError(context.getNode(), itemIndex, item);
		}
	}
	const plans = planned.filter(isPlan);
	const settings = plans.find((item) => item.settings.waitMode === 'callback')?.settings;
	const back = settings && wayBack(context, runIndex, settings.skipUrlCheck);
	const { id: nodeId } = context.getNode();
	const shop: Shop = {
		...session,
		memory: memoryOf(context.getContext('node')),
		hints: dedupeHints(context.getWorkflowStaticData('global'), nodeId, Date.now),
		claims: claimsOf(context),
		origin: originOf(context),
		cleared: new Set(),
		ended: false,
		fieldsOf: ({ itemIndex, settings: { waitMode } }) =>
			back && waitMode === 'callback' ? { callbackUrl: back.urlFor(itemIndex) } : {},
	};
	const overBudget = await budgetProblem(shop, plans);
	if (overBudget !== null) {
		throw new NodeOperationError(context.getNode(), overBudget, {
			description: 'Nothing was sent, and nothing was charged.',
		});
	}
	showHints(
		context,
		plans.flatMap(({ order }) => order.hints),
	);
	const rejected = new Map(
		planned.flatMap(
			(item, itemIndex): Array<[number, INodeExecutionData]> =>
				isPlan(item) ? [] : [[itemIndex, rejectedItem(session, operation, itemIndex, item)]],
		),
	);
	try {
		if (back) return await generateByCallback(shop, operation, plans, rejected, back);
		const made = await generateHere(shop, operation, plans);
		showHints(context, [
			chargeHint(made.map(([itemIndex, { json }]) => ({ ...json, itemIndex }) as Charge)),
		]);
		const items = new Map([...rejected, ...made]);
		return [planned.map((_, itemIndex) => items.get(itemIndex) as INodeExecutionData)];
	} finally {
		shop.ended = true;
	}
}

/** Makes all of it while the node runs. */
async function generateHere(
	shop: Shop,
	operation: Generation,
	plans: readonly Plan[],
): Promise<Array<[number, INodeExecutionData]>> {
	const stopAtFailure = !goesOn(shop.context);
	const receipt = (item: Plan) => receiptOf(item, operation.name, operation.makes);
	const result = await work<Plan, INodeExecutionData>(shop, plans, {
		stopAtFailure,
		submit: async (item) => await buyOnce(shop, item),
		explain: (item, task) => explain(shop, receipt(item), task),
		handOver: async (item, task) =>
			item.wait ? await deliver(shop, receipt(item), task) : outputItem(shop, receipt(item), task),
	});
	const outcomes = finalOutcomes(result);
	if (result.stopped) await leaveOpen(shop, plans, outcomes);
	else if (stopAtFailure) {
		throwFirst(
			shop,
			plans,
			result.outcomes,
			paidTasks(shop, plans, outcomes),
			unansweredItems(shop, plans),
		);
	}
	return outcomes.map((outcome, position) => {
		const item = plans[position] as Plan;
		return [
			item.itemIndex,
			outcome.ok ? outcome.result : failedItem(shop, receipt(item), outcome.failure),
		];
	});
}

function showHints(context: IExecuteFunctions, hints: ReadonlyArray<string | null>): void {
	const messages = new Set(hints.filter((hint) => hint !== null));
	if (messages.size === 0) return;
	context.addExecutionHints(
		...[...messages].map((message) => ({ message, location: 'outputPane' as const })),
	);
}

/** The item of one that was refused before anything was sent, while others go on. */
function rejectedItem(
	{ context, provider }: Session,
	{ name }: Generation,
	itemIndex: number,
	reason: Failure,
): INodeExecutionData {
	const known = { taskId: null, provider: provider.id, operation: name, model: null };
	return failureItem(context, itemIndex, reason, known);
}

/**
 * The run of a generating node: plan every item, submit once, wait together, deliver, answer in input
 * order. All items are planned and checked before the first request is sent.
 */
import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Failure } from '../transport/failure';
import { budgetProblem, type Priced } from './budget';
import { callOf, type Call } from './call';
import { claimsOf } from './claims';
import { dedupeHints } from './dedupe';
import { memoryOf } from './memory';
import type { Generation, Order } from './order';
import { originOf } from './origin';
import { leftBy } from './paid';
import { isPlan, planItem, type Plan } from './plan';
import { buyOnce, type Shop } from './purchase';
import { work } from './run';
import { openSession } from './session';
import { throwRejected } from './unfinished';
import { callbackUrl, targetOf } from './suspend/resumeTarget';
import type { Planned } from './suspend/suspension';
import { withSleep, type Turn } from './suspend/withSleep';

/** Executes a generating operation for all items of the node. */
export async function generate(
	context: IExecuteFunctions,
	operation: Generation,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	return await withSleep(context, response, async (wakeful) => {
		const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
		const call = callOf(context, runIndex);
		let returned = false;
		try {
			const turn = await takeTurn(context, operation, runIndex, call, wakeful);
			returned = true;
			return turn;
		} finally {
			call.end(returned);
		}
	});
}

async function takeTurn(
	context: IExecuteFunctions,
	operation: Generation,
	run: number,
	call: Call,
	wakeful: string | null,
): Promise<Turn> {
	const session = await openSession(context);
	const { id: nodeId } = context.getNode();
	const orders = new Map<number, Order>();
	const shop: Shop = {
		...session,
		memory: memoryOf(context.getContext('node')),
		// n8n keeps what it makes for static data with the execution: only for those who use it.
		get hints() {
			return dedupeHints(context.getWorkflowStaticData('global'), nodeId, Date.now);
		},
		claims: claimsOf(context),
		origin: originOf(context),
		cleared: new Set(),
		ended: false,
		orderOf: async ({ itemIndex }) =>
			orders.get(itemIndex) ?? (await operation.order(session, itemIndex)),
	};
	const took = (itemIndex: number, order: Order) => void orders.set(itemIndex, order);
	try {
		return await work<Plan>(session, run, wakeful, {
			operation: operation.name,
			plan: async () => {
				const planning = { call, maySleep: wakeful === null, took };
				const planned = await Promise.all(
					context
						.getInputData()
						.map(async (_, i) => await planItem(session, operation, i, planning)),
				);
				return await checkAll(shop, planned, orders, wakeful);
			},
			submit: async (item, { target }) => {
				const { itemIndex, pace } = item;
				const rings = target !== undefined && pace.rings === true;
				return await buyOnce(
					shop,
					item,
					rings ? { callbackUrl: callbackUrl(target, nodeId, { run, item: itemIndex }) } : {},
				);
			},
			left: (plans, outcomes) => leftBy(shop, plans, outcomes),
		});
	} finally {
		shop.ended = true;
	}
}

/** What holds for all items together. @throws NodeOperationError when the run is not to begin */
async function checkAll(
	shop: Shop,
	planned: ReadonlyArray<Plan | Failure>,
	orders: ReadonlyMap<number, Order>,
	wakeful: string | null,
): Promise<Planned<Plan>> {
	const { context, connection } = shop;
	const rejected: Record<number, Failure> = {};
	for (const [itemIndex, item] of planned.entries()) if (!isPlan(item)) rejected[itemIndex] = item;
	throwRejected(context, rejected);
	const plans = planned.filter(isPlan);
	const priced = plans.map(
		(item): Priced => ({ ...item, order: orders.get(item.itemIndex) as Order }),
	);
	const overBudget = await budgetProblem(shop, priced);
	if (overBudget !== null) {
		throw new NodeOperationError(context.getNode(), overBudget, {
			description: 'Nothing was sent, and nothing was charged.',
		});
	}
	const hints = [...orders.values()].flatMap((order) => order.hints);
	const suspends = plans.some(({ settings }) => settings.waitMode === 'suspend');
	if (suspends && wakeful !== null) {
		hints.push(`Waited in the node, and not "Without a Worker", since ${wakeful}`);
	}
	const target = plans.some(({ pace }) => pace.rings)
		? targetOf(context, connection.baseUrl)
		: undefined;
	if (typeof target !== 'string') return { plans, rejected, hints, target };
	const silent = plans.map((item) => ({ ...item, pace: { ...item.pace, rings: false } }));
	return { plans: silent, rejected, hints: [...hints, target] };
}

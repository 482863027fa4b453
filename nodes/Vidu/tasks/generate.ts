/**
 * The run of a generating node: plan every item, submit once, wait together, deliver, answer in input
 * order. All items are planned and checked before the first request is sent.
 */
import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { budgetProblem } from './budget';
import { callOf } from './call';
import { claimsOf } from './claims';
import { dedupeHints } from './dedupe';
import { markedSince } from './marked';
import { memoryOf, tasksIn } from './memory';
import type { Generation, Order } from './order';
import { originOf } from './origin';
import { leftBy } from './paid';
import { planItem, type Plan } from './plan';
import { buyOnce, type Shop } from './purchase';
import { work } from './run';
import { isFailure, openSession } from './session';
import { callbackUrl, targetOf } from './suspend/resumeTarget';
import { hasSlept, withSleep } from './suspend/withSleep';

/** Executes a generating operation for all items of the node. */
export async function generate(
	context: IExecuteFunctions,
	operation: Generation,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	return await withSleep(context, response, async (wakeful) => {
		const session = await openSession(context);
		const { provider, connection } = session;
		const { id: nodeId } = context.getNode();
		const run = context.getWorkflowDataProxy(0).$runIndex as number;
		const call = callOf(context, run);
		const nodeContext = context.getContext('node');
		const origin = originOf(context);
		const orders = new Map<number, Order>();
		const shop: Shop = {
			...session,
			memory: memoryOf(nodeContext),
			hints: dedupeHints(context.getWorkflowStaticData('global'), nodeId, Date.now),
			claims: claimsOf(context),
			origin,
			marked: markedSince(session, origin.at, tasksIn(nodeContext)),
			slept: hasSlept(context),
			cleared: new Set(),
			ended: false,
			orderOf: async ({ itemIndex }) =>
				orders.get(itemIndex) ?? (await operation.order(session, itemIndex)),
		};
		const maySleep = wakeful === null;
		const target = provider.callback && maySleep ? targetOf(context, connection.baseUrl) : null;
		const mayRing = target !== null && typeof target === 'object';
		let returned = false;
		try {
			const turn = await work<Plan>(session, run, wakeful, {
				operation: operation.name,
				plan: async (itemIndex) => {
					const planning = { call, maySleep, mayRing, orders };
					const plan = await planItem(session, operation, itemIndex, planning);
					return isFailure(plan) ? plan : [plan];
				},
				check: async (plans) => {
					const problem = await budgetProblem(shop, plans);
					if (problem !== null) {
						throw new NodeOperationError(context.getNode(), problem, {
							description: 'Nothing was sent, and nothing was charged.',
						});
					}
					const hints = plans.flatMap(({ itemIndex }) => orders.get(itemIndex)?.hints ?? []);
					const suspends = plans.some(({ settings }) => settings.waitMode === 'suspend');
					return suspends && typeof target === 'string' ? [...hints, target] : hints;
				},
				submit: async (item) => {
					const mark = { run, item: item.itemIndex };
					const rings = item.pace.rings && mayRing;
					const fields = rings ? { callbackUrl: callbackUrl(target, nodeId, mark) } : {};
					return await buyOnce(shop, item, fields);
				},
				left: (plans, outcomes) => leftBy(shop, plans, outcomes),
			});
			returned = true;
			return turn;
		} finally {
			shop.ended = true;
			call.end(returned);
		}
	});
}

/**
 * The run of a generating node: plan every item, submit once, wait together, deliver, answer in input
 * order. All items are planned and checked before the first request is sent.
 */
import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { budgetProblem } from './submit/budget';
import { callOf } from './context/call';
import { claimsOf } from './submit/claims';
import { keyedSubmissionsIn } from './submit/deduplication';
import { markedSince } from './submit/marked';
import { submissionsIn, tasksIn } from './submit/submissions';
import type { Generation, TaskRequest } from './submit/request';
import { originOf } from './context/origin';
import { unfinishedOf } from './poll/billed';
import { planItem, type Plan } from './submit/plan';
import { submitOnce, type RunContext } from './submit/submitOnce';
import { runItems } from './poll/runItems';
import { isFailure, openSession } from './context/session';
import { callbackUrl, targetOf } from './suspend/resumeTarget';
import { hasSlept, withSleep } from './suspend/withSleep';

/** Executes a generating operation for all items of the node. */
export async function executeGeneration(
	context: IExecuteFunctions,
	operation: Generation,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	return await withSleep(context, response, async (wakeful) => {
		const session = await openSession(context);
		const { provider, connection } = session;
		const { id: nodeId } = context.getNode();
		const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
		const call = callOf(context, runIndex);
		const nodeContext = context.getContext('node');
		const origin = originOf(context);
		const requests = new Map<number, TaskRequest>();
		const run: RunContext = {
			...session,
			submissions: submissionsIn(nodeContext),
			keyedSubmissions: keyedSubmissionsIn(
				() => context.getWorkflowStaticData('global'),
				nodeId,
				Date.now,
			),
			claims: claimsOf(context),
			origin,
			marked: markedSince(session, origin.at, tasksIn(nodeContext)),
			slept: hasSlept(nodeContext),
			cleared: new Set(),
			ended: false,
			requestOf: async ({ itemIndex }) =>
				requests.get(itemIndex) ?? (await operation.buildRequest(session, itemIndex)),
		};
		const maySleep = wakeful === null;
		const target = provider.callback && maySleep ? targetOf(context, connection.baseUrl) : null;
		const mayRing = target !== null && typeof target === 'object';
		let returned = false;
		try {
			const turn = await runItems<Plan>(session, runIndex, wakeful, {
				operation: operation.name,
				plan: async (itemIndex) => {
					const planning = { call, maySleep, mayRing, requests };
					const plan = await planItem(session, operation, itemIndex, planning);
					return isFailure(plan) ? plan : [plan];
				},
				check: async (plans) => {
					const problem = await budgetProblem(run, plans);
					if (problem !== null) {
						throw new NodeOperationError(context.getNode(), problem, {
							description: 'Nothing was sent, and nothing was charged.',
						});
					}
					const hints = plans.flatMap(({ itemIndex }) => requests.get(itemIndex)?.hints ?? []);
					const suspends = plans.some(({ settings }) => settings.waitMode === 'suspend');
					return suspends && typeof target === 'string' ? [...hints, target] : hints;
				},
				submit: async (item) => {
					const mark = { run: runIndex, item: item.itemIndex };
					const rings = item.pace.rings && mayRing;
					const fields = rings ? { callbackUrl: callbackUrl(target, nodeId, mark) } : {};
					return await submitOnce(run, item, fields);
				},
				left: (plans, outcomes) => unfinishedOf(run, plans, outcomes),
			});
			returned = true;
			return turn;
		} finally {
			run.ended = true;
			call.end(returned);
		}
	});
}

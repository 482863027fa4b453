/**
 * Runs a generating operation for all items of the node: plan and check every item before the first
 * request is sent, submit each at most once, wait for all together, deliver, and output in the order
 * of the input.
 */
import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { callOf } from './context/call';
import { openSession, type Session } from './context/session';
import { isFailure } from '../transport/failure';
import { runItems } from './runItems';
import { unfinishedOf } from './poll/unfinished';
import { budgetProblem } from './submit/budget';
import { OtherExecutions } from './submit/otherExecutions';
import { planItem, slotOf, type Plan } from './submit/plan';
import {
	requestsOf,
	validationFailure,
	type Assembly,
	type Generation,
	type Part,
	type TaskRequest,
} from './submit/request';
import { submissionsOf } from './submit/submissions';
import { Submitter } from './submit/submitOnce';
import { callbackUrl, targetOf } from './suspend/resumeTarget';
import { hasSlept, withSleep, type Turn } from './suspend/withSleep';

/** Executes a generating operation for all items of the node. */
export async function executeGeneration(
	context: IExecuteFunctions,
	operation: Generation | Assembly,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	return await withSleep(context, response, async (wakeful) => {
		return await takeTurn(await openSession(context), operation, wakeful);
	});
}

/** @param wakeful why the node cannot suspend; null if it can */
async function takeTurn(
	session: Session,
	operation: Generation | Assembly,
	wakeful: string | null,
): Promise<Turn> {
	const { context, provider, connection } = session;
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const call = callOf(context, runIndex);
	const submissions = submissionsOf(context);
	const others = new OtherExecutions(session, hasSlept(context));
	const requests = new Map<string, TaskRequest>();
	const submitter = new Submitter(session, submissions, others, async (plan) => {
		const known = requests.get(slotOf(plan));
		if (known !== undefined) return known;
		const built = await requestsOf(operation, session, plan.itemIndex);
		return isFailure(built)
			? built
			: (built[plan.part ?? 0] ?? validationFailure(['The request was changed meanwhile']));
	});
	const maySleep = wakeful === null;
	const target = provider.callback && maySleep ? targetOf(context, connection.baseUrl) : null;
	const mayRing = target !== null && typeof target === 'object';
	let returned = false;
	try {
		const turn = await runItems<Plan>(session, runIndex, wakeful, {
			operation: operation.name,
			plan: async (itemIndex) => {
				const planning = { call, maySleep, mayRing, requests };
				return await planItem(session, operation, itemIndex, planning);
			},
			check: async (plans) => {
				refuseOver(context, await budgetProblem(session, submissions, plans));
				const hints = plans.flatMap((plan) => requests.get(slotOf(plan))?.hints ?? []);
				const suspends = plans.some(({ settings }) => settings.waitMode === 'suspend');
				return suspends && typeof target === 'string' ? [...hints, target] : hints;
			},
			submit: async (item) => {
				const mark = { run: runIndex, item: item.itemIndex };
				const rings = item.pace.rings && mayRing;
				const url = rings && callbackUrl(target, context.getNode().id, mark);
				return await submitter.submitOnce(item, url ? { callbackUrl: url } : {});
			},
			left: (plans, outcomes) => unfinishedOf(provider, submissions, plans, outcomes),
			...('assemble' in operation && {
				assemble: async (itemIndex: number, parts: readonly Part[]) =>
					await operation.assemble(session, itemIndex, parts),
			}),
		});
		returned = true;
		return turn;
	} finally {
		submitter.end();
		call.end(returned);
	}
}

/** @throws NodeOperationError if the run would exceed its budget */
function refuseOver(context: IExecuteFunctions, problem: string | null): void {
	if (problem === null) return;
	const description = 'Nothing was sent, and nothing was charged.';
	throw new NodeOperationError(context.getNode(), problem, { description });
}

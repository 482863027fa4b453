/**
 * Suspends the execution until the provider calls back: no worker is held, and an n8n that restarts
 * in between goes on. What is needed to finish stands in the node's context, which n8n saves.
 */
import { randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { armDeadline } from '../callbacks/deadline';
import { callbackUrl, unreachable } from '../callbacks/resumeUrl';
import type { Task } from '../providers/types';
import { failure, sentences } from '../transport/failure';
import { outputItem, type Receipt } from './output';
import type { Told } from './follow';
import { failureItem, type Session } from './session';
import { goesOn } from './tool';

/** What is known of one item when the execution is suspended. */
export type Pending =
	| { readonly taskId: string; readonly receipt: Receipt; readonly told: Told }
	/** It has ended already: it failed, or is not waited for. */
	| { readonly output: INodeExecutionData };

/** All that the callbacks need to finish one run of the node. Plain data. */
export interface Suspension {
	readonly run: number;
	/** As in {@link callbackUrl}. */
	readonly key: string;
	readonly resumeUrl: string;
	/** By input item. */
	readonly pending: readonly Pending[];
}

const SLOT = 'viduSuspension';
const KEY_SLOT = 'viduCallbackKey';

/** Where this execution of this node is called back. */
export interface Return {
	readonly resumeUrl: string;
	readonly key: string;
	readonly run: number;
	urlFor(itemIndex: number): string;
}

/**
 * The way back into this execution.
 * @throws NodeOperationError when the provider cannot reach it by its form, unless `unchecked`
 */
export function wayBack(context: IExecuteFunctions, run: number, unchecked: boolean): Return {
	const node = context.getNode();
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	const problem = unchecked ? null : unreachable(resumeUrl);
	if (problem !== null) {
		throw new NodeOperationError(
			node,
			`The provider cannot call this n8n back at ${resumeUrl.replace(/\?.*$/, '')}: ${problem}`,
			{
				description: sentences(
					'Set WEBHOOK_URL of n8n to its public https address, or choose another way to "Wait"',
					'If a tunnel leads there, switch on the option "Skip Webhook URL Check"',
					'Nothing was sent, and nothing was charged',
				),
			},
		);
	}
	// The same for every try of this execution, so that tasks of an earlier one call here too.
	const kept = context.getContext('node');
	const key = String((kept[KEY_SLOT] ??= randomBytes(12).toString('hex')));
	return {
		resumeUrl,
		key,
		run,
		urlFor: (item) => callbackUrl(resumeUrl, node.id, { run, item, key }),
	};
}

/** Suspends until the callbacks have come, or `timeout` milliseconds have passed. */
export async function suspend(
	session: Session,
	{ resumeUrl, key, run }: Return,
	pending: readonly Pending[],
	running: ReadonlyMap<string, Task>,
	timeout: number,
): Promise<INodeExecutionData[][]> {
	const { context } = session;
	const suspension: Suspension = { run, key, resumeUrl, pending };
	context.getContext('node')[SLOT] = suspension as unknown as IDataObject;
	const ids = pending.flatMap((entry) => ('taskId' in entry ? [entry.taskId] : []));
	const overdue = overdueError(context, session.provider.name, ids, timeout);
	if (!goesOn(context)) armDeadline(context, overdue);
	markInput(session, pending, running, overdue);
	await context.putExecutionToWait(new Date(Date.now() + timeout));
	// Without an `error`: n8n's Retry On Fail takes one for a failure of the node.
	const shown = pending.flatMap((entry, item) =>
		'taskId' in entry ? [{ json: { taskId: entry.taskId }, pairedItem: { item } }] : [],
	);
	return [shown];
}

/** What `suspend` left, as the webhook of the node sees it. */
export function suspensionIn(nodeContext: unknown): Suspension | undefined {
	return (nodeContext as Record<string, Suspension | undefined> | undefined)?.[SLOT];
}

function overdueError(
	context: IExecuteFunctions,
	providerName: string,
	ids: readonly string[],
	timeout: number,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`${providerName} did not call back for every task within ${Math.round(timeout / 1000)} s, the "Timeout" of this node`,
		{
			description: `The tasks go on at the provider and are paid for. Fetch them without paying again with Vidu → Task → Get. Task ids: ${ids.join(', ')}.`,
		},
	);
}

/**
 * Where the deadline cannot be made to fail, n8n passes the input on: so it says what became of it.
 * These are the node's own copies of the items; no other node sees the change.
 */
function markInput(
	session: Session,
	pending: readonly Pending[],
	running: ReadonlyMap<string, Task>,
	{ message, description }: NodeOperationError,
): void {
	const { context } = session;
	for (const [index, item] of context.getInputData().entries()) {
		const entry = pending[index];
		if (entry === undefined) continue;
		if ('output' in entry) {
			item.json = entry.output.json;
			continue;
		}
		const task = running.get(entry.taskId);
		const overdue = failure(message, description ?? '', { task: task ?? null });
		const { taskId } = entry;
		const known = {
			...item.json,
			...(task && outputItem(session, entry.receipt, task).json),
			taskId,
		};
		item.json = failureItem(context, index, overdue, known).json;
	}
}

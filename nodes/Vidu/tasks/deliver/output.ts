/** The output of a generating operation: the item of a task, with its files, or of a failure. */
import type { INodeExecutionData } from 'n8n-workflow';
import { blameImages } from '../../media/blame';
import type { Task } from '../../providers/types';
import type { Worker } from '../../transport/caller';
import { taskFailure, type Failure } from '../../transport/failure';
import { downloadVideos } from './download';
import { itemOf } from './item';
import type { ItemContext } from '../context/itemContext';
import { failureItem, type Session } from '../context/session';

/** Why a task ended without a result, and which image may be the cause. */
export function explain(
	{ provider }: Session<Worker>,
	{ images }: ItemContext,
	task: Task,
): Failure {
	const code = task.error?.code ?? null;
	const blame = blameImages(code, task.error?.message ?? '', images);
	return taskFailure(provider, task, blame);
}

/** The item of a task that has ended, with its results downloaded if requested. */
export async function deliver(
	session: Session<Worker>,
	itemContext: ItemContext,
	task: Task,
): Promise<INodeExecutionData | Failure> {
	if (!itemContext.downloadVideo || task.videos.length === 0)
		return outputItem(session, itemContext, task);
	const refresh = async () => (await session.fetchStatuses([task.taskId])).tasks.get(task.taskId);
	const delivered = await downloadVideos(session.context, task, itemContext, refresh);
	if (!delivered.ok) return delivered.failure;
	const item = { ...outputItem(session, itemContext, delivered.task), binary: delivered.binary };
	const hint = delivered.hints.join(' ');
	return hint === '' ? item : { ...item, json: { ...item.json, hint } };
}

/** The item of a task in its current state. */
export function outputItem(
	{ provider }: Session<Worker>,
	itemContext: ItemContext,
	task: Task,
): INodeExecutionData {
	return {
		json: itemOf(task, provider.id, itemContext, Date.now()),
		pairedItem: { item: itemContext.itemIndex },
	};
}

/** The item of a failure while others continue: everything known about it. */
export function failedItem(
	session: Session<Worker>,
	itemContext: ItemContext | Pick<ItemContext, 'itemIndex' | 'operation' | 'model'>,
	reason: Failure,
): INodeExecutionData {
	const { itemIndex, operation, model } = itemContext;
	const known =
		reason.task === null || !('makes' in itemContext)
			? { taskId: null, provider: session.provider.id, operation, model }
			: outputItem(session, itemContext, reason.task).json;
	return failureItem(session.context, itemIndex, reason, known);
}

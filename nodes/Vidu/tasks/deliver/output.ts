/** The output item, which is the same for all providers: of a task, with its files, or of a failure. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { moneyOf } from '../../catalogue/money';
import { blameMedia } from '../../media/blame';
import { isoTime } from '../../providers/read';
import type { MediaKind, Task } from '../../providers/types';
import type { Caller, Worker } from '../../transport/caller';
import { taskFailure, type Failure } from '../../transport/failure';
import { downloadVideos } from './download';
import type { TaskItem } from './fields';
import { kindOf } from './fileTypes';
import { withoutMarker } from '../submit/marker';
import type { ItemContext } from '../context/itemContext';
import type { Session } from '../context/session';

/** Why a task ended without a result, and which file may be the cause. */
export function explain(
	{ provider }: Session<Worker>,
	{ media }: ItemContext,
	task: Task,
): Failure {
	const code = task.error?.code ?? null;
	const blame = blameMedia(code, task.error?.message ?? '', media);
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
	{ provider, connection }: Session<Worker>,
	itemContext: ItemContext,
	task: Task,
): INodeExecutionData {
	const worth = moneyOf(provider.id, connection.region, task.credits);
	const cost = task.cost ?? worth;
	return {
		json: itemOf({ ...task, cost }, provider.id, itemContext, Date.now()),
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

/**
 * The output for a failed item while others continue: everything known about it. n8n replaces the JSON
 * of an item that has an `error` next to it, and sends only items to the error output whose JSON has
 * nothing but `error` and `message` (from 2.30 also `details`): the rest goes into `error.details`.
 */
export function failureItem(
	context: Pick<Caller, 'getNode'>,
	itemIndex: number,
	{ code, message, description }: Failure,
	known: IDataObject,
): INodeExecutionData {
	const error = { code, message, description };
	const json: IDataObject = { ...known, error };
	const errorOutput = context.getNode().onError === 'continueErrorOutput';
	return {
		json: errorOutput ? { error: { ...error, details: json }, message } : json,
		pairedItem: { item: itemIndex },
	};
}

/** The results by kind: `videos` always, `images` and `audios` if there are any. */
function resultsOf({ videos: results }: Task, makes: MediaKind | null) {
	const of = (kind: MediaKind) => results.filter(({ url }) => (makes ?? kindOf(url)) === kind);
	const images = of('image').map(({ url }) => ({ url }));
	const audios = of('audio').map(({ url }) => ({ url }));
	return {
		videos: of('video').map((video) => ({ ...video })),
		...(images.length > 0 && { images }),
		...(audios.length > 0 && { audios }),
	};
}

/**
 * The JSON of the output item for a task.
 * @param readAt when the task was read, from which its links expire, in milliseconds since 1970
 */
export function itemOf(
	task: Task,
	provider: string,
	{ operation, model, makes, estimatedCredits, payload, includeRaw }: ItemContext,
	readAt: number,
): TaskItem {
	const { expiresInSeconds: left } = task;
	// Also null if out of range for a date.
	const expiresAt = left === null ? null : isoTime(readAt + left * 1000);
	return {
		taskId: task.taskId || null,
		provider,
		operation,
		model,
		state: task.state,
		nativeState: task.nativeState,
		progress: task.progress,
		...resultsOf(task, makes),
		...task.also,
		error: task.error === null ? null : { ...task.error },
		credits: task.credits,
		cost: task.cost === null ? null : { ...task.cost },
		estimatedCredits,
		payload: withoutMarker(task.payload ?? payload),
		createdAt: task.createdAt,
		expiresAt,
		...(includeRaw && { raw: task.raw as object }),
	};
}

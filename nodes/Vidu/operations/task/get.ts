/** Task: get. Picks up tasks by their ids, from any operation and execution, and downloads their videos again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Task } from '../../providers/types';
import { downloadVideos } from '../../tasks/deliver';
import { itemOf } from '../../tasks/item';
import { namesOf, parameter } from '../../tasks/parameters';
import type { Statuses } from '../../tasks/runner';
import { forEachItem, isFailure, openSession, type Session } from '../../tasks/session';
import { readDelivery, type DeliverySettings } from '../../tasks/settings';
import { failure, type Failure } from '../../transport/failure';
import { deliveryOptions } from '../options';
import type { RequestOperation } from '../types';

const properties: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		default: '={{ $json.taskId }}',
		required: true,
		placeholder: 'e.g. 911084878697623552',
		description: 'ID of the task, or several separated by commas',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		description: 'Whether to output the video of a finished task as binary data as well',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: deliveryOptions,
	},
];

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const ids = [...new Set(namesOf(parameter(context, 'taskId', itemIndex)))];
		if (ids.length === 0) {
			return failure('"Task ID" is empty', 'Give the ID that an earlier item carries in taskId.');
		}
		const { tasks, refused, trouble } = await session.look(ids);
		const wanted = readDelivery(context, itemIndex);
		const items: INodeExecutionData[] = [];
		for (const id of ids) {
			const task = tasks.get(id);
			if (task === undefined) return refused.get(id) ?? unread(session, id, trouble);
			const item = await itemFor(session, task, wanted, itemIndex);
			if (isFailure(item)) return item;
			items.push(item);
		}
		return items;
	});
}

function unread({ provider }: Session, id: string, trouble: Statuses['trouble']): Failure {
	return failure(
		trouble !== null
			? `${provider.name} could not show the task ${id} at the moment: ${trouble.reason ?? 'no answer'}`
			: `${provider.name} knows no task ${id}`,
		'Run again, or check that the credential is of the account that made the task.',
	);
}

async function itemFor(
	session: Session,
	task: Task,
	wanted: DeliverySettings,
	itemIndex: number,
): Promise<INodeExecutionData | Failure> {
	const item = (current: Task): INodeExecutionData => ({
		json: itemOf(current, {
			provider: session.provider.id,
			operation: 'get',
			model: null,
			estimatedCredits: null,
			includeRaw: wanted.includeRaw,
			readAt: Date.now(),
		}),
		pairedItem: { item: itemIndex },
	});
	if (!wanted.downloadVideo || task.state !== 'succeeded') return item(task);
	const delivered = await downloadVideos(
		session.context,
		task,
		{ model: 'vidu', binaryPropertyName: wanted.binaryPropertyName, cover: wanted.downloadCover },
		async () => (await session.look([task.taskId])).tasks.get(task.taskId),
	);
	return delivered.ok ? { ...item(delivered.task), binary: delivered.binary } : delivered.failure;
}

export const getTask: RequestOperation = { name: 'get', properties, execute };

/** Task: get. Picks up tasks by their ids, from any operation and execution, and downloads their videos again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { deliver, outputItem, type Receipt } from '../../tasks/output';
import { namesOf, parameter } from '../../tasks/parameters';
import type { Statuses } from '../../tasks/runner';
import { forEachItem, isFailure, openSession, type Session } from '../../tasks/session';
import { readDelivery } from '../../tasks/settings';
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
		const receipt = receiptFor(context, itemIndex);
		const items: INodeExecutionData[] = [];
		for (const id of ids) {
			const task = tasks.get(id);
			if (task === undefined) return refused.get(id) ?? unread(session, id, trouble);
			const item = await (task.state === 'succeeded' ? deliver : outputItem)(
				session,
				receipt,
				task,
			);
			if (isFailure(item)) return item;
			items.push(item);
		}
		return items;
	});
}

/** Of a task by its id alone nothing else is known. */
function receiptFor(context: IExecuteFunctions, itemIndex: number): Receipt {
	return {
		...readDelivery(context, itemIndex),
		itemIndex,
		operation: 'get',
		makes: null,
		model: null,
		estimatedCredits: null,
		payload: null,
	};
}

function unread({ provider }: Session, id: string, trouble: Statuses['trouble']): Failure {
	return failure(
		trouble !== null
			? `${provider.name} could not show the task ${id} at the moment: ${trouble.reason ?? 'no answer'}`
			: `${provider.name} knows no task ${id}`,
		'Run again, or check that the credential is of the account that made the task.',
	);
}

export const getTask: RequestOperation = { name: 'get', properties, execute };

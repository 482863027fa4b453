/** Task: get. Fetches tasks by their ids, from any operation and execution, and downloads their results again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { itemContext } from '../../tasks/deliver/item';
import { deliver, outputItem } from '../../tasks/deliver/output';
import { forEachItem, isFailure, openSession } from '../../tasks/context/session';
import { readDelivery } from '../../tasks/context/settings';
import { runOptionsField } from '../options';
import type { Listing, RequestOperation } from '../types';
import { byIdFields, readIds, unread } from './byId';

const properties = (): INodeProperties[] => [...byIdFields(), runOptionsField([])];

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const ids = readIds(context, itemIndex);
		if (isFailure(ids)) return ids;
		const known = itemContext(itemIndex, 'get', readDelivery(context, itemIndex));
		const { tasks, refused, trouble } = await session.fetchStatuses(ids);
		const items: INodeExecutionData[] = [];
		for (const id of ids) {
			const task = tasks.get(id);
			if (task === undefined) return refused.get(id) ?? unread(session, id, trouble);
			const item = await (task.state === 'succeeded' ? deliver : outputItem)(session, known, task);
			if (isFailure(item)) return item;
			items.push(item);
		}
		return items;
	});
}

export const getTask: Listing & RequestOperation = {
	resource: 'task',
	name: 'get',
	label: 'Get',
	action: 'Get a task',
	description: 'State and video of a task by its ID, without paying again',
	properties,
	execute,
};

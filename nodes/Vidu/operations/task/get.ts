/** Task: get. Fetches tasks of any operation and execution by their IDs, and downloads their results again. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { itemContext } from '../../tasks/context/itemContext';
import { anyTaskFields } from '../../tasks/deliver/fields';
import { deliver, outputItem } from '../../tasks/deliver/output';
import { isFailure } from '../../transport/failure';
import { readDelivery } from '../../tasks/context/settings';
import { deliveryOptions, optionsField } from '../options';
import { answerItems } from '../freeOperation';
import type { Listing, RequestOperation } from '../types';
import { byIdFields, readIds, unread } from './byId';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await answerItems(context, async (session, itemIndex) => {
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
	action: 'Get task',
	description: 'Get the state and result of a task by its ID, without paying again',
	output: anyTaskFields(),
	properties: () => [...byIdFields(), optionsField(deliveryOptions())],
	execute,
};

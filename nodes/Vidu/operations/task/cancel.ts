/** Task: cancel. Only tasks that wait can be cancelled; their credits come back. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { itemContext } from '../../tasks/deliver/item';
import { outputItem } from '../../tasks/deliver/output';
import { parameter, textOf } from '../../tasks/context/parameters';
import {
	requestFree,
	requireCapability,
	forEachItem,
	isFailure,
	openSession,
} from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import type { Listing, RequestOperation } from '../types';
import { taskIdField } from './byId';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const cancel = requireCapability(session, 'cancel', 'cancel tasks');
		if (isFailure(cancel)) return cancel;
		const taskId = textOf(parameter(context, 'taskId', itemIndex), 'Task ID');
		if (taskId === undefined) return failure('"Task ID" is empty', '');
		const answer = await requestFree(
			session,
			cancel.request(taskId),
			`to cancel the task ${taskId}`,
		);
		if (isFailure(answer)) return answer;
		const { tasks, refused } = await session.fetchStatuses([taskId]);
		const task = tasks.get(taskId);
		if (task === undefined) {
			return (
				refused.get(taskId) ?? failure(`The task ${taskId} was cancelled, but cannot be shown`, '')
			);
		}
		return [outputItem(session, itemContext(itemIndex, 'cancel'), task)];
	});
}

export const cancelTask: Listing & RequestOperation = {
	resource: 'task',
	name: 'cancel',
	label: 'Cancel',
	action: 'Cancel a task',
	description: 'Cancel a task that has not begun, such as an off-peak one',
	properties: () => [taskIdField('ID of a task that has not begun, such as an off-peak one')],
	execute,
};

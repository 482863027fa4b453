/** Task: cancel. Only tasks that have not started can be cancelled; their credits are refunded. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { itemContext } from '../../tasks/context/itemContext';
import { anyTaskFields } from '../../tasks/deliver/fields';
import { outputItem } from '../../tasks/deliver/output';
import { choiceFor, wantsRaw } from '../../tasks/context/outputChoice';
import { textOf } from '../../tasks/context/parameters';
import { requestFree, requireCapability } from '../../tasks/context/session';
import { failure, isFailure } from '../../transport/failure';
import { answerItems } from '../freeOperation';
import { picked } from '../readValues';
import type { Listing, RequestOperation } from '../types';
import { taskIdField } from './byId';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await answerItems(context, async (session, itemIndex) => {
		const cancel = requireCapability(session, 'cancel', 'Tasks can be cancelled');
		if (isFailure(cancel)) return cancel;
		const taskId = textOf(picked(context, 'taskId', itemIndex), 'Task ID');
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
		const includeRaw = wantsRaw(choiceFor(context, itemIndex));
		return [outputItem(session, itemContext(itemIndex, 'cancel', { includeRaw }), task)];
	});
}

export const cancelTask: Listing & RequestOperation = {
	resource: 'task',
	name: 'cancel',
	label: 'Cancel',
	action: 'Cancel task',
	description: 'Cancel a task that has not started, such as an off-peak one',
	output: anyTaskFields(),
	properties: () => [
		taskIdField('searchQueuedTasks', 'Task that has not started, such as an off-peak one'),
	],
	execute,
};

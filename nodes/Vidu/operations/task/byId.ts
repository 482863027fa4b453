/** What operations on tasks by their IDs have in common. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Statuses } from '../../tasks/context/job';
import { namesOf } from '../../tasks/context/parameters';
import type { Session } from '../../tasks/context/session';
import { failure, type Failure } from '../../transport/failure';
import { notAsTool } from '../options';
import { picked } from '../readValues';
import { taskPicker } from './picker';

/** The task, from the list that the method returns; `description` says which. */
export const taskIdField = (
	method: Parameters<typeof taskPicker>[0],
	description: string,
): INodeProperties => ({
	displayName: 'Task ID',
	name: 'taskId',
	required: true,
	description,
	...taskPicker(method),
});

export const byIdFields = (): INodeProperties[] => [
	taskIdField(
		'searchTasks',
		'Task to fetch: one of the last 7 days from the list, or any by its ID. By ID accepts several, separated by commas.',
	),
	{
		displayName: 'Download Result',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		displayOptions: notAsTool,
		description:
			'Whether to output the video, image or audio file of a finished task in addition to its link',
	},
];

/** The IDs of an item, or a failure if there are none. */
export function readIds(context: IExecuteFunctions, itemIndex: number): string[] | Failure {
	const ids = [...new Set(namesOf(picked(context, 'taskId', itemIndex), 'Task ID'))];
	return ids.length > 0
		? ids
		: failure('"Task ID" is empty', 'Enter the ID, which an earlier item has in taskId.');
}

/** A task that was neither shown nor refused. */
export function unread({ provider }: Session, id: string, trouble: Statuses['trouble']): Failure {
	return failure(
		trouble !== null
			? `${provider.name} could not show the task ${id} at the moment: ${trouble.reason ?? 'no response'}`
			: `${provider.name} has no task ${id}`,
		'Try again, or check that the credential belongs to the account that created the task.',
	);
}

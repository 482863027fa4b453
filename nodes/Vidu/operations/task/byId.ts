/** What operations have in common that take up tasks by their ids. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Statuses } from '../../tasks/context/job';
import { namesOf, parameter } from '../../tasks/context/parameters';
import type { Session } from '../../tasks/context/session';
import { failure, type Failure } from '../../transport/failure';
import { notAsTool } from '../options';

/** The ID of a task; `description` says which. */
export const taskIdField = (description: string): INodeProperties => ({
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	default: '={{ $json.taskId }}',
	required: true,
	placeholder: 'e.g. 911084878697623552',
	description,
});

export const byIdFields = (): INodeProperties[] => [
	taskIdField('ID of the task, or several separated by commas'),
	{
		displayName: 'Download Result',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		displayOptions: notAsTool,
		description:
			'Whether to output the video, image or audio of a finished task as binary data as well',
	},
];

/** The ids of an item, or that there are none. */
export function readIds(context: IExecuteFunctions, itemIndex: number): string[] | Failure {
	const ids = [...new Set(namesOf(parameter(context, 'taskId', itemIndex), 'Task ID'))];
	return ids.length > 0
		? ids
		: failure('"Task ID" is empty', 'Give the ID that an earlier item carries in taskId.');
}

/** A task that was not shown, and not refused either. */
export function unread({ provider }: Session, id: string, trouble: Statuses['trouble']): Failure {
	return failure(
		trouble !== null
			? `${provider.name} could not show the task ${id} at the moment: ${trouble.reason ?? 'no answer'}`
			: `${provider.name} knows no task ${id}`,
		'Run again, or check that the credential is of the account that made the task.',
	);
}

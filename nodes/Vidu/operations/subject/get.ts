/** Subject: get. One subject of the library by its ID. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { findSubject } from './library';
import { parameter, textOf } from '../../tasks/context/parameters';
import { forEachItem, isFailure, openSession } from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import type { Listing, RequestOperation } from '../types';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const id = textOf(parameter(context, 'subjectId', itemIndex), 'Subject ID');
		if (id === undefined) return failure('"Subject ID" is empty', '');
		const subject = await findSubject(session, id);
		if (isFailure(subject)) return subject;
		const json = {
			provider: session.provider.id,
			operation: 'get',
			subject: subject as IDataObject,
		};
		return [{ json, pairedItem: { item: itemIndex } }];
	});
}

export const getSubject: Listing & RequestOperation = {
	resource: 'subject',
	name: 'get',
	label: 'Get',
	action: 'Get a subject',
	description: 'One subject of the library by its ID',
	properties: () => [
		{
			displayName: 'Subject ID',
			name: 'subjectId',
			type: 'string',
			default: '={{ $json.subject?.id }}',
			required: true,
			placeholder: 'e.g. 2985634123',
			description: 'ID of a subject in the library',
		},
	],
	execute,
};

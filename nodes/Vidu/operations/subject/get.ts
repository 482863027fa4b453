/** Subject: get. One subject of the library by its ID. */
import type { IDataObject } from 'n8n-workflow';
import { parameter, textOf } from '../../tasks/context/parameters';
import { isFailure } from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { findSubject } from './library';

export const getSubject = freeOperation({
	resource: 'subject',
	name: 'get',
	label: 'Get',
	action: 'Get subject',
	description: 'Get a subject of the library by its ID',
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
	results: async (session, itemIndex) => {
		const id = textOf(parameter(session.context, 'subjectId', itemIndex), 'Subject ID');
		if (id === undefined) return failure('"Subject ID" is empty', '');
		const subject = await findSubject(session, id);
		return isFailure(subject) ? subject : [{ subject: subject as IDataObject }];
	},
});

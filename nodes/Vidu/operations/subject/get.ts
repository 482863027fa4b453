/** Subject: get. One subject of the library by its ID. */
import { textOf } from '../../tasks/context/parameters';
import { SUBJECT } from '../../tasks/deliver/fields';
import { failure, isFailure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { picked } from '../readValues';
import { findSubject } from './library';
import { subjectIdPicker } from './picker';

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
			required: true,
			description: 'Subject in the library of the provider',
			...subjectIdPicker('searchSubjects'),
		},
	],
	output: { subject: SUBJECT },
	results: async (session, itemIndex) => {
		const id = textOf(picked(session.context, 'subjectId', itemIndex), 'Subject ID');
		if (id === undefined) return failure('"Subject ID" is empty', '');
		const subject = await findSubject(session, id);
		return isFailure(subject) ? subject : [{ subject: subject }];
	},
});

/** Subject: create. A character or thing put into the library, for any number of clips. */
import { tableOperation } from '../tableOperation';
import { subjectFields } from './subjectFields';

export const createSubject = tableOperation({
	name: 'create',
	task: 'createSubject',
	makes: null,
	atOnce: true,
	fields: () => [
		{
			key: 'name',
			label: 'Name',
			placeholder: 'e.g. cat',
			description: 'How the subject is called in the library, up to 64 characters',
		},
		...subjectFields(),
	],
});

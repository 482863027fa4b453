/** Subject: create. A character or thing put into the library, for any number of clips. */
import { tableOperation } from '../tableOperation';
import { subjectFields } from './subjectFields';

export const createSubject = tableOperation({
	resource: 'subject',
	name: 'create',
	label: 'Create',
	action: 'Create a subject',
	description: 'Put a character or thing into the library, for any number of videos',
	kind: 'createSubject',
	makes: null,
	atOnce: true,
	fields: () => ({
		name: {
			placeholder: 'e.g. cat',
			description: 'How the subject is called in the library, up to 64 characters',
		},
		...subjectFields(),
	}),
});

/** Subject: create. Adds a character or product to the library, for any number of videos. */
import { tableOperation } from '../tableOperation';
import { subjectFields } from './subjectFields';

export const createSubject = tableOperation({
	resource: 'subject',
	name: 'create',
	label: 'Create',
	action: 'Create subject',
	description: 'Add a character or product to the library, for use in any number of videos',
	kind: 'createSubject',
	atOnce: true,
	gives: ['subject'],
	fields: () => ({
		name: {
			placeholder: 'e.g. cat',
			description: 'Name of the subject in the library, up to 64 characters',
		},
		...subjectFields(),
	}),
});

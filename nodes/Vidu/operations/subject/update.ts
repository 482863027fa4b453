/** Subject: update. What is given replaces what the library has. */
import { tableOperation } from '../tableOperation';
import { subjectIdPicker } from './picker';
import { subjectFields } from './subjectFields';

export const updateSubject = tableOperation({
	resource: 'subject',
	name: 'update',
	label: 'Update',
	action: 'Update subject',
	description: 'Change the name, images, voice or description of a subject',
	kind: 'updateSubject',
	atOnce: true,
	gives: ['subject'],
	fields: () => ({
		subjectId: {
			description: 'One of your own subjects in the library',
			property: subjectIdPicker('searchOwnSubjects'),
		},
		name: {
			placeholder: 'e.g. cat',
			description: 'New name, up to 64 characters. Empty fields remain unchanged.',
		},
		...subjectFields(),
		style: {
			placeholder: 'e.g. watercolor',
			description: 'New style, up to 100 characters',
		},
		description: {
			lines: 3,
			placeholder: 'e.g. A ginger cat with a white chest',
			description: 'New description of the appearance, up to 2000 characters',
		},
	}),
});

/** Subject: update. What is given replaces what the library has. */
import { tableOperation } from '../tableOperation';
import { subjectFields } from './subjectFields';

export const updateSubject = tableOperation({
	resource: 'subject',
	name: 'update',
	label: 'Update',
	action: 'Update a subject',
	description: 'Change the name, pictures, voice or description of a subject',
	kind: 'updateSubject',
	makes: null,
	atOnce: true,
	fields: () => ({
		subjectId: {
			default: '={{ $json.subject?.id }}',
			placeholder: 'e.g. 2985634123',
			description: 'ID of a subject of your own in the library',
		},
		name: {
			placeholder: 'e.g. cat',
			description: 'New name, up to 64 characters. What is left empty stays as it is.',
		},
		...subjectFields(),
		style: {
			placeholder: 'e.g. watercolour',
			description: 'New style, up to 100 characters',
		},
		description: {
			lines: 3,
			placeholder: 'e.g. A ginger cat with a white chest',
			description: 'New description of the looks, up to 2000 characters',
		},
	}),
});

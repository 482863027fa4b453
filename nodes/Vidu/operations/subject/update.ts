/** Subject: update. What is given replaces what the library has. */
import { tableOperation } from '../tableOperation';
import { subjectFields } from './subjectFields';

export const updateSubject = tableOperation({
	name: 'update',
	task: 'updateSubject',
	makes: null,
	atOnce: true,
	fields: () => [
		{
			key: 'id',
			parameter: 'subjectId',
			label: 'Subject ID',
			default: '={{ $json.subject?.id }}',
			placeholder: 'e.g. 2985634123',
			description: 'ID of a subject of your own in the library',
		},
		{
			key: 'name',
			label: 'Name',
			placeholder: 'e.g. cat',
			description: 'New name, up to 64 characters. What is left empty stays as it is.',
		},
		...subjectFields(),
		{
			key: 'style',
			label: 'Style',
			placeholder: 'e.g. watercolour',
			description: 'New style, up to 100 characters',
		},
		{
			key: 'description',
			label: 'Description',
			lines: 3,
			placeholder: 'e.g. A ginger cat with a white chest',
			description: 'New description of the looks, up to 2000 characters',
		},
	],
});

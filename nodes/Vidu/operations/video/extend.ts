/** Extend: a clip goes on. */
import { tableOperation } from '../tableOperation';
import { sourceFields } from './sourceFields';

export const extend = tableOperation({
	name: 'extend',
	task: 'extend',
	makes: 'video',
	fields: () => [
		...sourceFields(),
		{
			key: 'prompt',
			label: 'Prompt',
			lines: 4,
			placeholder: 'e.g. The cat runs on and jumps onto the wall',
			description: 'What happens next',
		},
		{ key: 'endImage', label: 'End Image', description: 'Picture that the clip ends with' },
		{ key: 'duration', label: 'Duration', description: 'Seconds to add: 1 to 7' },
		{ key: 'resolution', label: 'Resolution', description: 'How many lines the picture has' },
	],
});

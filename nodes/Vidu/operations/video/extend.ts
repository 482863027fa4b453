/** Extend: a clip goes on. */
import { tableOperation } from '../tableOperation';
import { sourceFields } from './sourceFields';

export const extend = tableOperation({
	resource: 'video',
	name: 'extend',
	label: 'Extend',
	action: 'Extend a video',
	description: 'Add 1 to 7 seconds to a video',
	kind: 'extend',
	makes: 'video',
	fields: () => ({
		...sourceFields(),
		prompt: {
			lines: 4,
			placeholder: 'e.g. The cat runs on and jumps onto the wall',
			description: 'What happens next',
		},
		endImage: { description: 'Picture that the clip ends with' },
		duration: { description: 'Seconds to add: 1 to 7' },
		resolution: { description: 'How many lines the picture has' },
	}),
});

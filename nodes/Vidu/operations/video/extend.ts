import { tableOperation } from '../tableOperation';
import { sourceFields } from './sourceFields';

export const extend = tableOperation({
	resource: 'video',
	label: 'Extend',
	action: 'Extend video',
	description: 'Add 1 to 7 seconds to a video',
	kind: 'extend',
	fields: () => ({
		...sourceFields(),
		prompt: {
			lines: 4,
			placeholder: 'e.g. The cat runs on and jumps onto the wall',
			description: 'What happens next',
		},
		endImage: { description: 'Last frame of the video' },
		duration: { description: 'Length to add: 1 to 7' },
		resolution: { description: 'Output resolution' },
	}),
});

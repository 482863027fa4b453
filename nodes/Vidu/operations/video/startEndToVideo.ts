/** Start and end to video: from one picture to another. Source: platform.vidu.cn/docs, start-end to video. */
import { MODEL_FIELDS, PROMPT } from '../../fields/words';
import { tableOperation } from '../tableOperation';

export const startEndToVideo = tableOperation({
	resource: 'video',
	name: 'startEndToVideo',
	label: 'Start and End to Video',
	action: 'Make a video from a start and an end image',
	description: 'A clip that leads from one picture to another',
	kind: 'startEndToVideo',
	makes: 'video',
	fields: () => ({
		startImage: {
			placeholder: 'e.g. https://example.com/start.png',
			description: 'The first picture of the clip',
		},
		endImage: {
			placeholder: 'e.g. https://example.com/end.png',
			description: 'The last picture of the clip',
		},
		prompt: PROMPT,
		...MODEL_FIELDS,
	}),
});

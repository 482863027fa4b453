/** Start and end to video: from a first to a last frame. Source: platform.vidu.cn/docs, start-end to video. */
import { MODEL_FIELDS, PROMPT } from '../../fields/words';
import { tableOperation } from '../tableOperation';

export const startEndToVideo = tableOperation({
	resource: 'video',
	label: 'Start and End to Video',
	action: 'Make video from start and end image',
	description: 'Make a video between a first and a last frame',
	kind: 'startEndToVideo',
	fields: () => ({
		startImage: {
			placeholder: 'e.g. https://example.com/start.png',
			description: 'First frame of the video',
		},
		endImage: {
			placeholder: 'e.g. https://example.com/end.png',
			description: 'Last frame of the video',
		},
		prompt: PROMPT,
		...MODEL_FIELDS,
	}),
});

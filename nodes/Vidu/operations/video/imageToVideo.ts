/** Image to video: a picture starts to move. Source: platform.vidu.com/docs/image-to-video (seed 004). */
import { MODEL_FIELDS, PROMPT } from '../../fields/words';
import { tableOperation } from '../tableOperation';

export const imageToVideo = tableOperation({
	resource: 'video',
	name: 'imageToVideo',
	label: 'Image to Video',
	action: 'Make a video from an image',
	description: 'A picture, such as a product photo, starts to move',
	kind: 'imageToVideo',
	makes: 'video',
	fields: () => ({
		images: {
			placeholder: 'e.g. https://example.com/bottle.png',
			description: 'The first picture of the clip',
		},
		prompt: PROMPT,
		...MODEL_FIELDS,
	}),
});

/** Image to video: animates an image. Source: platform.vidu.com/docs/image-to-video (seed 004). */
import { MODEL_FIELDS, PROMPT } from '../../fields/words';
import { tableOperation } from '../tableOperation';

export const imageToVideo = tableOperation({
	resource: 'video',
	label: 'Image to Video',
	action: 'Make video from image',
	description: 'Animate an image, such as a product photo',
	kind: 'imageToVideo',
	fields: () => ({
		images: {
			placeholder: 'e.g. https://example.com/bottle.png',
			description: 'First frame of the video',
		},
		prompt: PROMPT,
		...MODEL_FIELDS,
	}),
});

/** Reference to image: an image from a prompt, with or without reference images. */
import { tableOperation } from '../tableOperation';

export const referenceToImage = tableOperation({
	resource: 'image',
	name: 'referenceToImage',
	label: 'Reference to Image',
	action: 'Make image from references or text',
	description: 'Make an image from a prompt, with up to 7 reference images or from text alone',
	kind: 'referenceToImage',
	makes: 'image',
	fields: () => ({
		prompt: {
			lines: 4,
			placeholder: 'e.g. A glass bottle on a wet rock, morning light',
			description: 'What the image shows',
		},
		images: {
			description: 'Up to 7 reference images (with Vidu Q2 optional)',
		},
		aspectRatio: { description: 'Aspect ratio of the image' },
		resolution: { description: 'Output resolution; a higher one costs more' },
	}),
});

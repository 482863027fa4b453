import { tableOperation } from '../tableOperation';

export const referenceToImage = tableOperation({
	resource: 'image',
	label: 'Reference to Image',
	action: 'Make image from references or text',
	description: 'Make an image from a prompt, with up to 7 reference images or from text alone',
	kind: 'referenceToImage',
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

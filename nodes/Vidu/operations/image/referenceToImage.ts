/** Reference to image: a picture from a prompt, with or without pictures to go by. */
import { tableOperation } from '../tableOperation';

export const referenceToImage = tableOperation({
	resource: 'image',
	name: 'referenceToImage',
	label: 'Reference to Image',
	action: 'Make an image from references or text',
	description: 'A picture from a prompt, after up to 7 pictures or from text alone',
	kind: 'referenceToImage',
	makes: 'image',
	fields: () => ({
		prompt: {
			lines: 4,
			placeholder: 'e.g. A glass bottle on a wet rock, morning light',
			description: 'What the picture shows',
		},
		images: {
			description: 'Up to 7 pictures to go by; none with Vidu Q2 makes a picture from text alone',
		},
		aspectRatio: { description: 'Width to height of the picture' },
		resolution: { description: 'How large the picture is; more costs more' },
	}),
});

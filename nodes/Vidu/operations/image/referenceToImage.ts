/** Reference to image: a picture from a prompt, with or without pictures to go by. */
import { tableOperation } from '../tableOperation';

export const referenceToImage = tableOperation({
	name: 'referenceToImage',
	task: 'referenceToImage',
	makes: 'image',
	fields: [
		{
			key: 'prompt',
			label: 'Prompt',
			lines: 4,
			placeholder: 'e.g. A glass bottle on a wet rock, morning light',
			description: 'What the picture shows',
		},
		{
			key: 'images',
			label: 'Images',
			description: 'Up to 7 pictures to go by; none with Vidu Q2 makes a picture from text alone',
		},
		{ key: 'aspectRatio', label: 'Aspect Ratio', description: 'Width to height of the picture' },
		{
			key: 'resolution',
			label: 'Resolution',
			description: 'How large the picture is; more costs more',
		},
	],
});

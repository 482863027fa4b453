/** Template: puts images into one of Vidu's scene effects. */
import { tableOperation } from '../tableOperation';

export const template = tableOperation({
	resource: 'video',
	name: 'template',
	label: 'Template',
	action: 'Make video from template',
	description: 'Put images into a ready-made scene effect, such as a hug',
	kind: 'template',
	makes: 'video',
	fields: () => ({
		template: {
			placeholder: 'e.g. hugging',
			description: "Name of the effect, from Vidu's list of templates",
		},
		images: { description: 'Images, as many as the template needs' },
		prompt: {
			lines: 4,
			placeholder: 'e.g. Two people hug each other',
			description: 'What happens in the video, instead of the prompt of the template',
		},
		aspectRatio: { description: 'Aspect ratio of the video' },
		area: { description: 'Country of the costume, for the template exotic_princess' },
		beast: { description: 'Animal that appears, for the template beast_companion' },
	}),
});

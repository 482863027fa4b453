/** Template: pictures put into one of Vidu's scene effects. */
import { tableOperation } from '../tableOperation';

export const template = tableOperation({
	resource: 'video',
	name: 'template',
	label: 'Template',
	action: 'Make a video from a template',
	description: 'Pictures put into a ready scene effect, such as a hug',
	kind: 'template',
	makes: 'video',
	fields: () => ({
		template: {
			placeholder: 'e.g. hugging',
			description: "Name of the effect, from Vidu's list of templates",
		},
		images: { description: 'Pictures, as many as the template asks for' },
		prompt: {
			lines: 4,
			placeholder: 'e.g. Two people hug each other',
			description: 'What happens in the clip, in place of what the template says',
		},
		aspectRatio: { description: 'Width to height of the picture' },
		area: { description: 'Whose dress is worn, in the template exotic_princess' },
		beast: { description: 'Which animal appears, in the template beast_companion' },
	}),
});

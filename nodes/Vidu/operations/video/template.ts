/** Template: pictures put into one of Vidu's scene effects. */
import { tableOperation } from '../tableOperation';

export const template = tableOperation({
	name: 'template',
	task: 'template',
	makes: 'video',
	fields: [
		{
			key: 'template',
			label: 'Template',
			placeholder: 'e.g. hugging',
			description: "Name of the effect, from Vidu's list of templates",
		},
		{ key: 'images', label: 'Images', description: 'Pictures, as many as the template asks for' },
		{
			key: 'prompt',
			label: 'Prompt',
			lines: 4,
			placeholder: 'e.g. Two people hug each other',
			description: 'What happens in the clip, in place of what the template says',
		},
		{
			key: 'aspectRatio',
			label: 'Aspect Ratio',
			description: 'Width to height of the picture',
		},
		{
			key: 'area',
			label: 'Area',
			optional: true,
			description: 'Whose dress is worn, in the template exotic_princess',
		},
		{
			key: 'beast',
			label: 'Beast',
			optional: true,
			description: 'Which animal appears, in the template beast_companion',
		},
	],
});

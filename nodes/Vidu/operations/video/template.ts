import { TEMPLATE_LIST } from '../../fields/links';
import { tableOperation } from '../tableOperation';

export const template = tableOperation({
	resource: 'video',
	label: 'Template',
	action: 'Make video from template',
	description: 'Put images into a ready-made scene effect, such as a hug',
	kind: 'template',
	fields: () => ({
		template: {
			placeholder: 'e.g. hugging',
			description: `Name of the effect, from ${TEMPLATE_LIST}, which shows the images that each of them needs`,
		},
		images: { description: 'Images, as many as the template needs' },
		prompt: {
			lines: 4,
			placeholder: 'e.g. Two people hug each other',
			description:
				'What happens in the video, instead of the prompt of the template. Templates such as subject_3 and pubg_winner_hit need none.',
		},
		aspectRatio: { description: 'Aspect ratio of the video' },
		area: { description: 'Country of the costume, for the template exotic_princess' },
		beast: { description: 'Animal that appears, for the template beast_companion' },
	}),
});

/** Prompt: recommend. Ideas for what could happen in a picture. */
import { tableOperation } from '../tableOperation';

export const recommendPrompts = tableOperation({
	resource: 'prompt',
	name: 'recommend',
	label: 'Recommend',
	action: 'Recommend prompts for a picture',
	description: 'Ideas for what could happen in a picture, written as prompts',
	kind: 'recommend',
	makes: null,
	atOnce: true,
	fields: () => ({
		images: { description: 'Picture that the prompts are for' },
		types: {
			names: {
				e_commerce: 'E-Commerce',
				img2video: 'Image to Video',
				start_end2video: 'Start and End to Video',
			},
			description: 'What the prompts are for; so many are written for each type',
		},
		count: { description: 'How many prompts to write for each type: 1 to 10' },
		resolution: { description: 'Resolution for prompts of templates' },
	}),
});

import { tableOperation } from '../tableOperation';

export const recommendPrompts = tableOperation({
	resource: 'prompt',
	label: 'Recommend',
	action: 'Recommend prompts for image',
	description: 'Get ideas for what could happen in an image, written as prompts',
	kind: 'recommend',
	atOnce: true,
	gives: ['prompts'],
	fields: () => ({
		images: { description: 'Image to recommend prompts for' },
		types: {
			names: {
				e_commerce: 'E-Commerce',
				img2video: 'Image to Video',
				start_end2video: 'Start and End to Video',
			},
			description: 'Uses of the prompts',
		},
		count: { description: 'Number of prompts for each type: 1 to 10' },
		resolution: { description: 'Resolution for template prompts' },
	}),
});

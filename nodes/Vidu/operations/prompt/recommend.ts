/** Prompt: recommend. Ideas for what could happen in a picture. */
import { tableOperation } from '../tableOperation';

export const recommendPrompts = tableOperation({
	name: 'recommend',
	task: 'recommend',
	makes: null,
	atOnce: true,
	fields: () => [
		{ key: 'image', label: 'Image', description: 'Picture that the prompts are for' },
		{
			key: 'types',
			label: 'Types',
			names: {
				e_commerce: 'E-Commerce',
				img2video: 'Image to Video',
				start_end2video: 'Start and End to Video',
			},
			description: 'What the prompts are for; so many are written for each type',
		},
		{
			key: 'count',
			label: 'Count',
			description: 'How many prompts to write for each type: 1 to 10',
		},
		{
			key: 'resolution',
			label: 'Resolution',
			optional: true,
			description: 'Resolution for prompts of templates',
		},
	],
});

/** Prompt: recommend. Ideas for what could happen in a picture. */
import { tableOperation } from '../tableOperation';

export const recommendPrompts = tableOperation({
	name: 'recommend',
	task: 'recommend',
	makes: null,
	atOnce: true,
	fields: [
		{ key: 'image', label: 'Image', description: 'Picture that the prompts are for' },
		{ key: 'types', label: 'Types', description: 'What the prompts are for; each type counts' },
		{ key: 'count', label: 'Count', description: 'Prompts of each type: 1 to 10' },
		{
			key: 'resolution',
			label: 'Resolution',
			optional: true,
			description: 'Resolution for prompts of templates',
		},
	],
});

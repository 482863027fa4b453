/** Text to audio: a sound effect from a prompt. */
import { tableOperation } from '../tableOperation';

export const textToAudio = tableOperation({
	name: 'textToAudio',
	task: 'textToAudio',
	makes: 'audio',
	fields: [
		{
			key: 'prompt',
			label: 'Prompt',
			lines: 4,
			placeholder: 'e.g. Rain on a tin roof, distant thunder',
			description: 'What is heard',
		},
		{ key: 'duration', label: 'Duration', description: 'Seconds: 2 to 10' },
	],
});

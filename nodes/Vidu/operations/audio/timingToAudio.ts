/** Timing to audio: sound effects at given times. */
import { tableOperation } from '../tableOperation';

export const timingToAudio = tableOperation({
	name: 'timingToAudio',
	task: 'timingToAudio',
	makes: 'audio',
	fields: [
		{ key: 'duration', label: 'Duration', description: 'Seconds in all: 2 to 10' },
		{
			key: 'timingPrompts',
			label: 'Timing Prompts',
			placeholder: 'Add Timing Prompt',
			description: 'What is heard, and when',
			fields: [
				{ key: 'from', label: 'From', description: 'Second at which it begins' },
				{ key: 'to', label: 'To', description: 'Second at which it ends' },
				{
					key: 'prompt',
					label: 'Prompt',
					placeholder: 'e.g. A door slams',
					description: 'What is heard',
				},
			],
		},
	],
});

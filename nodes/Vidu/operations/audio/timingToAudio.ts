/** Timing to audio: sound effects at given times. */
import { tableOperation } from '../tableOperation';

export const timingToAudio = tableOperation({
	resource: 'audio',
	name: 'timingToAudio',
	label: 'Timing to Audio',
	action: 'Make sound effects at given times',
	description: 'Several sound effects, each at its own time, as one file',
	kind: 'timingToAudio',
	makes: 'audio',
	fields: () => ({
		duration: { description: 'Seconds in all: 2 to 10' },
		timingPrompts: {
			placeholder: 'Add Timing Prompt',
			description: 'What is heard, and when',
			fields: {
				from: { description: 'Second at which it begins' },
				to: { description: 'Second at which it ends' },
				prompt: {
					placeholder: 'e.g. A door slams',
					description: 'What is heard',
				},
			},
		},
	}),
});

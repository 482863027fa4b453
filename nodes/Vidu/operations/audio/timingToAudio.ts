/** Timing to audio: sound effects at given times. */
import { tableOperation } from '../tableOperation';

export const timingToAudio = tableOperation({
	resource: 'audio',
	name: 'timingToAudio',
	label: 'Timing to Audio',
	action: 'Make sound effects at given times',
	description: 'Make several sound effects, each at its own time, in one file',
	kind: 'timingToAudio',
	makes: 'audio',
	fields: () => ({
		duration: { description: 'Total length in seconds: 2 to 10' },
		timingPrompts: {
			placeholder: 'Add Timing Prompt',
			description: 'Sounds to make, and when',
			fields: {
				from: { description: 'Second at which the sound begins' },
				to: { description: 'Second at which the sound ends' },
				prompt: {
					placeholder: 'e.g. A door slams',
					description: 'Sound to make',
				},
			},
		},
	}),
});

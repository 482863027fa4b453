import { tableOperation } from '../tableOperation';

export const timingToAudio = tableOperation({
	resource: 'audio',
	label: 'Timing to Audio',
	action: 'Make sound effects at given times',
	description: 'Make several sound effects, each at its own time, in one file',
	kind: 'timingToAudio',
	fields: () => ({
		duration: { description: 'Total length: 2 to 10' },
		timingPrompts: {
			placeholder: 'Add Timing Prompt',
			description: 'Sounds to make, and when',
			fields: {
				from: { description: 'Time at which the sound begins' },
				to: { description: 'Time at which the sound ends' },
				prompt: {
					placeholder: 'e.g. A door slams',
					description: 'Sound to make',
				},
			},
		},
	}),
});

import { tableOperation } from '../tableOperation';

export const textToAudio = tableOperation({
	resource: 'audio',
	label: 'Text to Audio',
	action: 'Make sound effect from text',
	description: 'Make a sound effect of 2 to 10 seconds from a prompt; no speech',
	kind: 'textToAudio',
	fields: () => ({
		prompt: {
			lines: 4,
			placeholder: 'e.g. Rain on a tin roof, distant thunder',
			description: 'Sound to make',
		},
		duration: { description: 'Length of the sound: 2 to 10' },
	}),
});

/** Text to audio: a sound effect from a prompt. */
import { tableOperation } from '../tableOperation';

export const textToAudio = tableOperation({
	resource: 'audio',
	name: 'textToAudio',
	label: 'Text to Audio',
	action: 'Make sound effect from text',
	description: 'Make a sound effect of 2 to 10 seconds from a prompt; no speech',
	kind: 'textToAudio',
	makes: 'audio',
	fields: () => ({
		prompt: {
			lines: 4,
			placeholder: 'e.g. Rain on a tin roof, distant thunder',
			description: 'Sound to make',
		},
		duration: { description: 'Length in seconds: 2 to 10' },
	}),
});

/** Text to audio: a sound effect from a prompt. */
import { tableOperation } from '../tableOperation';

export const textToAudio = tableOperation({
	resource: 'audio',
	name: 'textToAudio',
	label: 'Text to Audio',
	action: 'Make a sound effect from text',
	description: 'A sound effect of 2 to 10 seconds from a prompt; no speech',
	kind: 'textToAudio',
	makes: 'audio',
	fields: () => ({
		prompt: {
			lines: 4,
			placeholder: 'e.g. Rain on a tin roof, distant thunder',
			description: 'What is heard',
		},
		duration: { description: 'Seconds: 2 to 10' },
	}),
});

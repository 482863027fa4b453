/** Clone voice: a voice of one's own from a recording. The answer holds a sample of it. */
import { tableOperation } from '../tableOperation';

export const cloneVoice = tableOperation({
	resource: 'audio',
	name: 'cloneVoice',
	label: 'Clone Voice',
	action: 'Clone a voice',
	description:
		'A voice of your own from a recording of 10 seconds or more, for texts to be said by',
	kind: 'cloneVoice',
	makes: 'audio',
	atOnce: true,
	fields: () => ({
		audioUrl: {
			placeholder: 'e.g. https://example.com/voice.mp3',
			description: 'Public address of a recording of the voice: MP3, M4A or WAV, 10 s to 5 min',
		},
		voiceId: {
			placeholder: 'e.g. narrator-01',
			description:
				'ID for the new voice, unused so far: 8 to 256 letters, digits, - or _, a letter first. Vidu deletes a voice that is not used for 7 days.',
		},
		text: {
			lines: 3,
			placeholder: 'e.g. This is how I sound.',
			description: 'What the sample says, up to 1000 characters',
		},
		promptAudioUrl: {
			placeholder: 'e.g. https://example.com/short.mp3',
			description:
				'Public address of a recording under 8 seconds that the clone should be close to',
		},
		promptText: {
			placeholder: 'e.g. Good morning',
			description: 'What is said in that recording',
		},
	}),
});

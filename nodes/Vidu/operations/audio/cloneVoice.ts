import { tableOperation } from '../tableOperation';

export const cloneVoice = tableOperation({
	resource: 'audio',
	label: 'Clone Voice',
	action: 'Clone voice',
	description:
		'Create a custom voice from a recording of at least 10 seconds, for use in Text to Speech',
	kind: 'cloneVoice',
	atOnce: true,
	gives: ['voiceId'],
	fields: () => ({
		audioUrl: {
			placeholder: 'e.g. https://example.com/voice.mp3',
			description: 'Public address of a recording of the voice: MP3, M4A or WAV, 10 s to 5 min',
		},
		voiceId: {
			placeholder: 'e.g. narrator-01',
			description:
				'New ID for the voice: 8 to 256 letters, digits, - or _, beginning with a letter. Vidu deletes a voice that is not used for 7 days.',
		},
		text: {
			lines: 3,
			placeholder: 'e.g. This is how I sound.',
			description: 'Text of the sample, up to 1000 characters',
		},
		promptAudioUrl: {
			placeholder: 'e.g. https://example.com/short.mp3',
			description: 'Public address of a recording under 8 seconds that the clone should resemble',
		},
		promptText: {
			placeholder: 'e.g. Good morning',
			description: 'Text that is spoken in that recording',
		},
	}),
});

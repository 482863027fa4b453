/** Clone voice: a voice of one's own from a recording. The answer holds a sample of it. */
import { tableOperation } from '../tableOperation';

export const cloneVoice = tableOperation({
	name: 'cloneVoice',
	task: 'cloneVoice',
	makes: 'audio',
	atOnce: true,
	fields: [
		{
			key: 'audioUrl',
			label: 'Audio URL',
			placeholder: 'e.g. https://example.com/voice.mp3',
			description: 'Public address of a recording of the voice: MP3, M4A or WAV, 10 s to 5 min',
		},
		{
			key: 'voiceId',
			label: 'Voice ID',
			placeholder: 'e.g. narrator-01',
			description:
				'ID for the new voice, unused so far: 8 to 256 letters, digits, - or _, a letter first. Vidu deletes a voice that is not used for 7 days.',
		},
		{
			key: 'text',
			label: 'Text',
			lines: 3,
			placeholder: 'e.g. This is how I sound.',
			description: 'What the sample says, up to 1000 characters',
		},
		{
			key: 'promptAudioUrl',
			label: 'Prompt Audio URL',
			optional: true,
			placeholder: 'e.g. https://example.com/short.mp3',
			description:
				'Public address of a recording under 8 seconds that the clone should be close to',
		},
		{
			key: 'promptText',
			label: 'Prompt Text',
			optional: true,
			placeholder: 'e.g. Good morning',
			description: 'What is said in that recording',
		},
	],
});

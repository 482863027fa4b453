import { VOICE_LIST } from '../../fields/links';
import { tableOperation } from '../tableOperation';

export const textToSpeech = tableOperation({
	resource: 'audio',
	label: 'Text to Speech',
	action: 'Make speech from text',
	description: 'Convert text to speech',
	kind: 'textToSpeech',
	atOnce: true,
	fields: () => ({
		text: {
			lines: 4,
			placeholder: 'e.g. Welcome! <#0.5#> Look what we have today.',
			description: 'Text to speak, up to 9999 characters; <#x#> is a pause of x seconds',
		},
		voiceId: {
			default: '={{ $json.voiceId }}',
			placeholder: 'e.g. English_Aussie_Bloke',
			description: `Voice to use: from ${VOICE_LIST}, or a custom one from Clone Voice`,
		},
		emotion: { description: 'Emotion of the voice. Without it the voice follows the text.' },
		pitch: { description: 'Pitch of the voice: -12 to 12' },
		pronunciations: {
			placeholder: 'e.g. omg/oh my god',
			description: 'Pronunciation of single words, each as word/pronunciation',
		},
		speed: { description: 'Speed of the speech: 0.5 to 2' },
		volume: { description: 'Volume of the speech: 0 to 10' },
	}),
});

/** Text to speech: a text said by a voice. The answer holds the file. */
import { tableOperation } from '../tableOperation';

export const textToSpeech = tableOperation({
	resource: 'audio',
	name: 'textToSpeech',
	label: 'Text to Speech',
	action: 'Make speech from text',
	description: 'A text said aloud by a voice, at once',
	kind: 'textToSpeech',
	makes: 'audio',
	atOnce: true,
	fields: () => ({
		text: {
			lines: 4,
			placeholder: 'e.g. Welcome! <#0.5#> Look what we have today.',
			description: 'What is said, up to 9999 characters; <#x#> is a pause of x seconds',
		},
		voiceId: {
			default: '={{ $json.voiceId }}',
			placeholder: 'e.g. English_Aussie_Bloke',
			description: "The voice: one of Vidu's list, or a cloned one, as Clone Voice outputs it",
		},
		emotion: { description: 'How it is said. Without it the voice follows the text.' },
		pitch: { description: 'How high: -12 to 12' },
		pronunciations: {
			placeholder: 'e.g. omg/oh my god',
			description: 'How single words are said, each as word/pronunciation',
		},
		speed: { description: 'How fast: 0.5 to 2' },
		volume: { description: 'How loud: 0 to 10' },
	}),
});

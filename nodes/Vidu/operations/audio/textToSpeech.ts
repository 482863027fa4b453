/** Text to speech: a text said by a voice. The answer holds the file. */
import { tableOperation } from '../tableOperation';

export const textToSpeech = tableOperation({
	name: 'textToSpeech',
	task: 'textToSpeech',
	makes: 'audio',
	atOnce: true,
	fields: [
		{
			key: 'text',
			label: 'Text',
			lines: 4,
			placeholder: 'e.g. Welcome! <#0.5#> Look what we have today.',
			description: 'What is said, up to 9999 characters; <#x#> is a pause of x seconds',
		},
		{
			key: 'voiceId',
			label: 'Voice ID',
			default: '={{ $json.voiceId }}',
			placeholder: 'e.g. English_Aussie_Bloke',
			description: "The voice: one of Vidu's list, or a cloned one, as Clone Voice outputs it",
		},
		{
			key: 'emotion',
			label: 'Emotion',
			optional: true,
			description: 'How it is said. Without it the voice follows the text.',
		},
		{ key: 'pitch', label: 'Pitch', optional: true, description: 'How high: -12 to 12' },
		{
			key: 'pronunciations',
			label: 'Pronunciations',
			optional: true,
			placeholder: 'e.g. omg/oh my god',
			description: 'How single words are said, each as word/pronunciation',
		},
		{ key: 'speed', label: 'Speed', optional: true, description: 'How fast: 0.5 to 2' },
		{ key: 'volume', label: 'Volume', optional: true, description: 'How loud: 0 to 10' },
	],
});

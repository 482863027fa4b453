import { VOICE_LIST } from '../../fields/links';
import type { Words } from '../../fields/words';

/** What a person in a video says: audio or text. */
export const speechFields = () => ({
	audioUrl: {
		default: '={{ $json.audios?.[0]?.url }}',
		placeholder: 'e.g. https://example.com/speech.mp3',
		description: 'Public address of the speech, such as from audios of an earlier item',
	},
	text: {
		lines: 3,
		placeholder: 'e.g. Welcome! <#0.5#> Look what we have today.',
		description: 'Text to speak; <#x#> is a pause of x seconds',
	},
});

/** The voice for a text. */
export const VOICE: Words = {
	placeholder: 'e.g. English_Aussie_Bloke',
	description: `Voice for the text: from ${VOICE_LIST}, or a cloned one`,
};

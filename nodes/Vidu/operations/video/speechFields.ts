import type { Words } from '../../fields/words';

/** What a person in a video says: one of the two. */
export const speechFields = () => ({
	audioUrl: {
		default: '={{ $json.audios?.[0]?.url }}',
		placeholder: 'e.g. https://example.com/speech.mp3',
		description:
			'Public address of the speech, such as an earlier item carries in audios. Empty to give a text.',
	},
	text: {
		lines: 3,
		placeholder: 'e.g. Welcome! <#0.5#> Look what we have today.',
		description: 'What is said, in place of an audio file; <#x#> is a pause of x seconds',
	},
});

/** The voice that says a text. */
export const VOICE: Words = {
	placeholder: 'e.g. English_Aussie_Bloke',
	description: "The voice that says the text: one of Vidu's list, or a cloned one",
};

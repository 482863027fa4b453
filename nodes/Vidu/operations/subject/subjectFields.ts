import { VOICE_LIST } from '../../fields/links';

/** The looks and the voice of a subject. */
export const subjectFields = () => ({
	images: { description: 'Up to 3 images of the subject, from several sides' },
	videos: {
		placeholder: 'e.g. https://example.com/cat.mp4',
		description:
			'Video of the subject, up to 5 seconds, instead of images; only Vidu Q2 Pro accepts such a subject',
	},
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description: `Voice of the subject: from ${VOICE_LIST}, or a cloned one`,
	},
});

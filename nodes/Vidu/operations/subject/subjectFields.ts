/** The looks and the voice of a subject. */
export const subjectFields = () => ({
	images: { description: 'Up to 3 images of the subject, from several sides' },
	videos: {
		placeholder: 'e.g. https://example.com/cat.mp4',
		description: 'Public address of a 5-second video, for a subject that only Vidu Q2 Pro accepts',
	},
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description: 'Voice of the subject',
	},
});

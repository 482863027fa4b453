/** The looks and the voice of a subject. */
export const subjectFields = () => ({
	images: { description: 'Up to 3 pictures of the subject, from several sides' },
	videos: {
		placeholder: 'e.g. https://example.com/cat.mp4',
		description:
			'Public address of a video of 5 seconds; such a subject works with Vidu Q2 Pro only',
	},
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description: "The subject's voice",
	},
});

/** The video that an operation goes on from: as a rule the one that the incoming item holds. */
export const sourceFields = () => ({
	videoCreationId: {
		default: '={{ $json.creationIds?.[0] }}',
		placeholder: 'e.g. 911084878697623553',
		description:
			'ID of a video made by Vidu, as an earlier item carries it in creationIds. Empty to give a URL.',
	},
	videoUrl: {
		placeholder: 'e.g. https://example.com/clip.mp4',
		description: 'Public address of any other video, in place of a creation ID',
	},
});

/** The video that an operation starts from: by default the one of the incoming item. */
export const sourceFields = () => ({
	videoCreationId: {
		default: '={{ $json.creationIds?.[0] }}',
		placeholder: 'e.g. 911084878697623553',
		description:
			'ID of a video made by Vidu, from creationIds of an earlier item. Leave empty to use a URL.',
	},
	videoUrl: {
		placeholder: 'e.g. https://example.com/clip.mp4',
		description: 'Public address of any other video, instead of a creation ID',
	},
});

import { videoPicker } from '../task/picker';

/** The video that an operation starts from: by default the one of the incoming item. */
export const sourceFields = () => ({
	videoCreationId: {
		description:
			'Video made by Vidu: one of the last 7 days from the list, or any by its ID, which earlier items have in creationIds',
		property: videoPicker(),
	},
	videoUrl: {
		placeholder: 'e.g. https://example.com/clip.mp4',
		description: 'Public address of any other video',
	},
});

import type { OperationField } from '../../fields/operation';

/** The looks and the voice of a subject. */
export const subjectFields = (): readonly OperationField[] => [
	{
		key: 'images',
		label: 'Images',
		description: 'Up to 3 pictures of the subject, from several sides',
	},
	{
		key: 'videos',
		parameter: 'videoUrl',
		label: 'Video URL',
		placeholder: 'e.g. https://example.com/cat.mp4',
		description:
			'Public address of a video of 5 seconds; such a subject works with Vidu Q2 Pro only',
	},
	{
		key: 'voiceId',
		label: 'Voice ID',
		placeholder: 'e.g. English_Aussie_Bloke',
		description: "The subject's voice",
	},
];

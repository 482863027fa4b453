import { tableOperation } from '../tableOperation';

export const multiFrame = tableOperation({
	resource: 'video',
	label: 'Multi-Frame',
	action: 'Make video through key frames',
	description: 'Make a video that passes through 2 to 9 images, one after another',
	kind: 'multiFrame',
	fields: () => ({
		startImage: { description: 'First frame of the video' },
		keyFrames: {
			placeholder: 'Add Key Frame',
			description: 'The 2 to 9 images that the video passes through after the first, in order',
			fields: {
				image: { description: 'Image at the end of this part' },
				prompt: {
					placeholder: 'e.g. The camera flies over the roofs',
					description: 'What happens on the way to this image',
				},
				duration: { description: 'Length of this part: 2 to 7' },
			},
		},
		resolution: { description: 'Output resolution' },
	}),
});

/** Multi-frame: a clip through several key frames. */
import { tableOperation } from '../tableOperation';

export const multiFrame = tableOperation({
	resource: 'video',
	name: 'multiFrame',
	label: 'Multi-Frame',
	action: 'Make a video through key frames',
	description: 'A clip that passes through 2 to 9 pictures, one after another',
	kind: 'multiFrame',
	makes: 'video',
	fields: () => ({
		startImage: { description: 'First picture of the clip' },
		keyFrames: {
			placeholder: 'Add Key Frame',
			description: 'The 2 to 9 pictures that the clip passes through after the first, in order',
			fields: {
				image: { description: 'Picture at the end of this part' },
				prompt: {
					placeholder: 'e.g. The camera flies over the roofs',
					description: 'What happens on the way to this picture',
				},
				duration: { description: 'Seconds of this part: 2 to 7' },
			},
		},
		resolution: { description: 'How many lines the picture has' },
	}),
});

/** Multi-frame: a clip through several key frames. */
import { tableOperation } from '../tableOperation';

export const multiFrame = tableOperation({
	name: 'multiFrame',
	task: 'multiFrame',
	makes: 'video',
	fields: [
		{ key: 'startImage', label: 'Start Image', description: 'First picture of the clip' },
		{
			key: 'keyFrames',
			label: 'Key Frames',
			placeholder: 'Add Key Frame',
			description: 'The 2 to 9 pictures that the clip passes through after the first, in order',
			fields: [
				{ key: 'image', label: 'Image', description: 'Picture at the end of this part' },
				{
					key: 'prompt',
					label: 'Prompt',
					placeholder: 'e.g. The camera flies over the roofs',
					description: 'What happens on the way to this picture',
				},
				{ key: 'duration', label: 'Duration', description: 'Seconds of this part: 2 to 7' },
			],
		},
		{ key: 'resolution', label: 'Resolution', description: 'How many lines the picture has' },
	],
});

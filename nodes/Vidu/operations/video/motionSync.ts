/** Motion sync: the person in a picture moves like the one in a video. */
import { tableOperation } from '../tableOperation';

export const motionSync = tableOperation({
	name: 'motionSync',
	task: 'motionSync',
	makes: 'video',
	fields: [
		{
			key: 'image',
			label: 'Image',
			description: 'Picture of one person with a visible face, 200 to 4096 px',
		},
		{
			key: 'videoUrl',
			label: 'Video URL',
			default: '={{ $json.videos?.[0]?.url }}',
			placeholder: 'e.g. https://example.com/dance.mp4',
			description: 'Public address of the video of 2 to 30 seconds whose movement is taken over',
		},
	],
});

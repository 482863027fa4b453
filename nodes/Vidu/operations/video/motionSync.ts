/** Motion sync: the person in a picture moves like the one in a video. */
import { tableOperation } from '../tableOperation';

export const motionSync = tableOperation({
	resource: 'video',
	name: 'motionSync',
	label: 'Motion Sync',
	action: 'Make a person in a picture move like a video',
	description: 'A person in a picture takes over the movement of another video',
	kind: 'motionSync',
	makes: 'video',
	fields: () => ({
		image: { description: 'Picture of one person with a visible face, 200 to 4096 px' },
		videoUrl: {
			default: '={{ $json.videos?.[0]?.url }}',
			placeholder: 'e.g. https://example.com/dance.mp4',
			description: 'Public address of the video of 2 to 30 seconds whose movement is taken over',
		},
	}),
});

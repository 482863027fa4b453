import { tableOperation } from '../tableOperation';

export const motionSync = tableOperation({
	resource: 'video',
	label: 'Motion Sync',
	action: 'Make person in image move like video',
	description: 'Make the person in an image move like the one in a video',
	kind: 'motionSync',
	fields: () => ({
		image: { description: 'Image of one person with a visible face, 200 to 4096 px' },
		videoUrl: {
			default: '={{ $json.videos?.[0]?.url }}',
			placeholder: 'e.g. https://example.com/dance.mp4',
			description: 'Public address of the video with the motion, 2 to 30 seconds',
		},
	}),
});

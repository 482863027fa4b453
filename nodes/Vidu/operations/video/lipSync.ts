import { tableOperation } from '../tableOperation';
import { speechFields, VOICE } from './speechFields';

export const lipSync = tableOperation({
	resource: 'video',
	label: 'Lip Sync',
	action: 'Sync lips in video to speech',
	description: 'Make a person in a video say your audio or text',
	kind: 'lipSync',
	fields: () => ({
		videoUrl: {
			default: '={{ $json.videos?.[0]?.url }}',
			placeholder: 'e.g. https://example.com/clip.mp4',
			description: 'Public address of the video with the person (MP4, MOV or AVI)',
		},
		...speechFields(),
		voiceId: VOICE,
		speed: { description: 'Speed of the spoken text: 0.5 to 2' },
		volume: { description: 'Volume of the spoken text: 0 to 10' },
		faceImage: {
			description: 'Image of the face that speaks, if the video shows several',
		},
	}),
});

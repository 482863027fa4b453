/** Lip sync: a person in a video says something else. */
import { tableOperation } from '../tableOperation';
import { speechFields, VOICE } from './speechFields';

export const lipSync = tableOperation({
	resource: 'video',
	name: 'lipSync',
	label: 'Lip Sync',
	action: 'Sync the lips in a video to speech',
	description: 'A person in a video says another speech or text',
	kind: 'lipSync',
	makes: 'video',
	fields: () => ({
		videoUrl: {
			default: '={{ $json.videos?.[0]?.url }}',
			placeholder: 'e.g. https://example.com/clip.mp4',
			description: 'Public address of the video (MP4, MOV or AVI) whose lips are to move',
		},
		...speechFields(),
		voiceId: VOICE,
		speed: { description: 'How fast the text is said: 0.5 to 2' },
		volume: { description: 'How loud the text is said: 0 to 10' },
		faceImage: {
			description: 'Picture of the face that speaks, where the video shows several',
		},
	}),
});

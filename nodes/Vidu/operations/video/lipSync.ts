/** Lip sync: a person in a video says something else. */
import { tableOperation } from '../tableOperation';
import { speechFields, voiceField } from './speechFields';

export const lipSync = tableOperation({
	name: 'lipSync',
	task: 'lipSync',
	makes: 'video',
	fields: () => [
		{
			key: 'videoUrl',
			label: 'Video URL',
			default: '={{ $json.videos?.[0]?.url }}',
			placeholder: 'e.g. https://example.com/clip.mp4',
			description: 'Public address of the video (MP4, MOV or AVI) whose lips are to move',
		},
		...speechFields(),
		{ ...voiceField, optional: true },
		{
			key: 'speed',
			label: 'Speed',
			optional: true,
			description: 'How fast the text is said: 0.5 to 2',
		},
		{
			key: 'volume',
			label: 'Volume',
			optional: true,
			description: 'How loud the text is said: 0 to 10',
		},
		{
			key: 'faceImage',
			label: 'Face Image',
			optional: true,
			description: 'Picture of the face that speaks, where the video shows several',
		},
	],
});

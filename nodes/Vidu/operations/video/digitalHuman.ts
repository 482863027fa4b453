import { tableOperation } from '../tableOperation';
import { speechFields, VOICE } from './speechFields';

export const digitalHuman = tableOperation({
	resource: 'video',
	label: 'Digital Human',
	action: 'Make person in image speak',
	description: 'Make a video in which the person in an image says your audio or text',
	kind: 'digitalHuman',
	fields: () => ({
		image: { description: 'Image of the person who speaks' },
		...speechFields(),
		voiceId: VOICE,
		prompt: {
			lines: 4,
			placeholder: 'e.g. She speaks to the camera and smiles',
			description: 'How the person moves',
		},
		resolution: { description: 'Output resolution' },
	}),
});

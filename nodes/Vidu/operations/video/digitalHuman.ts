/** Digital human: the person in a picture speaks. */
import { tableOperation } from '../tableOperation';
import { speechFields, VOICE } from './speechFields';

export const digitalHuman = tableOperation({
	resource: 'video',
	name: 'digitalHuman',
	label: 'Digital Human',
	action: 'Make a person in a picture speak',
	description:
		'A picture of a person and a speech or text become a video in which the person says it',
	kind: 'digitalHuman',
	makes: 'video',
	fields: () => ({
		image: { description: 'Picture of the person who speaks' },
		...speechFields(),
		voiceId: VOICE,
		prompt: {
			lines: 4,
			placeholder: 'e.g. She speaks to the camera and smiles',
			description: 'How the person moves',
		},
		resolution: { description: 'How many lines the picture has' },
	}),
});

/** Digital human: the person in a picture speaks. */
import { tableOperation } from '../tableOperation';
import { speechFields, voiceField } from './speechFields';

export const digitalHuman = tableOperation({
	name: 'digitalHuman',
	task: 'digitalHuman',
	makes: 'video',
	fields: () => [
		{ key: 'image', label: 'Image', description: 'Picture of the person who speaks' },
		...speechFields(),
		voiceField,
		{
			key: 'prompt',
			label: 'Prompt',
			lines: 4,
			placeholder: 'e.g. She speaks to the camera and smiles',
			description: 'How the person moves',
		},
		{ key: 'resolution', label: 'Resolution', description: 'How many lines the picture has' },
	],
});

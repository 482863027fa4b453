import { tableOperation } from '../tableOperation';

export const templateStory = tableOperation({
	resource: 'video',
	label: 'Template Story',
	action: 'Make video from story template',
	description: 'Put images into a longer, ready-made story',
	kind: 'templateStory',
	fields: () => ({
		story: { description: 'Story to tell' },
		images: { description: 'Images in 9:16 of those who appear (One Shot needs at least 3)' },
	}),
});

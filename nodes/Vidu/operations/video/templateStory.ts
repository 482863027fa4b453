/** Template story: a longer clip after a story that Vidu has ready. */
import { tableOperation } from '../tableOperation';

export const templateStory = tableOperation({
	resource: 'video',
	name: 'templateStory',
	label: 'Template Story',
	action: 'Make a video from a story template',
	description: 'Pictures put into a longer ready story',
	kind: 'templateStory',
	makes: 'video',
	fields: () => ({
		story: { description: 'Which story is told' },
		images: { description: 'Pictures in 9:16 of those who appear; One Shot needs at least 3' },
	}),
});

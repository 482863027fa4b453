/** Template story: a longer clip after a story that Vidu has ready. */
import { tableOperation } from '../tableOperation';

export const templateStory = tableOperation({
	name: 'templateStory',
	task: 'templateStory',
	makes: 'video',
	fields: [
		{ key: 'story', label: 'Story', description: 'Which story is told' },
		{
			key: 'images',
			label: 'Images',
			description: 'Pictures in 9:16 of those who appear; One Shot needs at least 3',
		},
	],
});

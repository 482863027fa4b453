/** Subjects of the library, and prompts recommended for an image. */
import { resolutions, videosOf } from '../fields';
import type { Rules } from '../rules';
import { withoutModels } from './withoutModels';

const subjectMedia = {
	images: { kind: 'images', min: 0, max: 3 },
	videos: videosOf(5),
	voiceId: { kind: 'text' },
} satisfies Rules;

/**
 * Source: platform.vidu.cn/docs, subject library.
 * The length of a name is documented for editing only.
 */
export const createSubject = withoutModels('createSubject', {
	fields: { name: { kind: 'text', required: true, max: 64 }, ...subjectMedia },
	someOf: ['images', 'videos'],
	price: { by: 'task', credits: 5 },
});

/** Source: platform.vidu.cn/docs, subject library. */
export const updateSubject = withoutModels('updateSubject', {
	fields: {
		subjectId: { kind: 'text', required: true, picked: true },
		name: { kind: 'text', max: 64 },
		...subjectMedia,
		style: { kind: 'text', max: 100 },
		description: { kind: 'text', max: 2000 },
	},
	someOf: ['name', 'images', 'videos', 'voiceId', 'style', 'description'],
	price: { by: 'task', credits: 0 },
});

/** Source: platform.vidu.cn/docs, prompt recommendation. */
export const recommend = withoutModels('recommend', {
	fields: {
		images: { kind: 'images', min: 1, max: 1 },
		types: {
			kind: 'choices',
			required: true,
			values: ['e_commerce', 'img2video', 'start_end2video', 'template'],
			default: ['img2video'],
		},
		count: { kind: 'number', min: 1, max: 10, whole: true, default: 5 },
		resolution: { ...resolutions(['360p', '720p']), option: true },
	},
	price: { by: 'prompts', credits: 10, every: 5 },
});

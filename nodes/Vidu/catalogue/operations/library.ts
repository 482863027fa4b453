/** Subjects of the library, and prompts recommended for a picture. */
import type { FieldRules, OperationRow } from './types';

const SUBJECT_MEDIA = {
	images: { kind: 'images', min: 0, max: 3 },
	videos: { kind: 'url', max: 1 },
	voiceId: { kind: 'text' },
} as const satisfies FieldRules;

const SOURCES = ['platform.vidu.cn/docs, subject library'];

const createSubject: OperationRow = {
	task: 'createSubject',
	model: null,
	fields: { name: { kind: 'text', required: true, max: 64 }, ...SUBJECT_MEDIA },
	someOf: ['images', 'videos'],
	options: [],
	price: { by: 'task', credits: 5 },
	sources: SOURCES,
	note: 'The length of a name is documented for editing only.',
};

const updateSubject: OperationRow = {
	task: 'updateSubject',
	model: null,
	fields: {
		id: { kind: 'text', required: true },
		name: { kind: 'text', max: 64 },
		...SUBJECT_MEDIA,
		style: { kind: 'text', max: 100 },
		description: { kind: 'text', max: 2000 },
	},
	someOf: ['name', 'images', 'videos', 'voiceId', 'style', 'description'],
	options: [],
	price: { by: 'task', credits: 0 },
	sources: SOURCES,
};

const recommend: OperationRow = {
	task: 'recommend',
	model: null,
	fields: {
		image: { kind: 'images', min: 1, max: 1 },
		types: {
			kind: 'choices',
			required: true,
			values: ['e_commerce', 'img2video', 'start_end2video', 'template'],
			preset: ['img2video'],
		},
		count: { kind: 'number', min: 1, max: 10, whole: true, preset: 5 },
		resolution: { kind: 'choice', values: ['360p', '720p'], preset: '360p' },
	},
	options: [],
	price: { by: 'prompts', credits: 10, every: 5 },
	sources: ['platform.vidu.cn/docs, prompt recommendation'],
};

export const libraryRows: readonly OperationRow[] = [createSubject, updateSubject, recommend];

/** Names and descriptions of the models, for people who choose from a list and for AI agents. */

export interface ModelDescription {
	/** Shown in the list. */
	readonly name: string;
	/** One line: when to use it. */
	readonly description: string;
}

/** By Vidu's own model names. Source of the claims: the model lists in platform.vidu.cn/docs. */
const models = (): Readonly<Record<string, ModelDescription>> => ({
	viduq2: {
		name: 'Vidu Q2',
		description:
			'All-rounder with rich detail and lively motion, 1 to 10 seconds in any aspect ratio',
	},
	'viduq2-pro': {
		name: 'Vidu Q2 Pro',
		description:
			'Highest Q2 quality; with references it also accepts videos and can choose the duration itself',
	},
	'viduq2-turbo': {
		name: 'Vidu Q2 Turbo',
		description: 'Good quality, fast, 1 to 10 seconds',
	},
	'viduq2-pro-fast': {
		name: 'Vidu Q2 Pro Fast',
		description: 'Lowest price per clip in 720p and 1080p, steady quality, very fast',
	},
	viduq3: {
		name: 'Vidu Q3',
		description:
			'Clips of 3 to 16 seconds with sound and cuts, most consistent between camera angles',
	},
	'viduq3-turbo': {
		name: 'Vidu Q3 Turbo',
		description: 'Clips of up to 16 seconds with sound and cuts, fast and good value for money',
	},
	'viduq3-mix': {
		name: 'Vidu Q3 Mix',
		description:
			'Finest image texture with sound and cuts, 3 to 16 seconds; the most expensive, no subjects',
	},
	'viduq3-pro': {
		name: 'Vidu Q3 Pro',
		description: 'Best quality with sound and storyboard cuts, 1 to 16 seconds',
	},
	'viduq3-pro-fast': {
		name: 'Vidu Q3 Pro Fast',
		description: 'High quality with sound, faster, 1 to 16 seconds in 720p or 1080p',
	},
	'viduq3-drama': {
		name: 'Vidu Q3 Drama',
		description: 'For short dramas with sound, 2 to 15 seconds in 720p or 1080p',
	},
	'viduq4-preview': {
		name: 'Vidu Q4 (Preview)',
		description:
			'The newest: up to 4K with sound, 3 to 16 seconds; as references up to 15 images and 3 sounds',
	},
	viduq1: {
		name: 'Vidu Q1',
		description:
			'Clear 1080p with smooth transitions and a steady camera, always 5 seconds, fixed price',
	},
	'viduq1-classic': {
		name: 'Vidu Q1 Classic',
		description:
			'Clear 1080p with richer transitions and camera moves, always 5 seconds, fixed price',
	},
	'vidu2.0': {
		name: 'Vidu 2.0',
		description: 'Older and fast, for drafts: 4 seconds (8 from frames), 360p and above',
	},
});

/** The display name and one-line description of a model; a model without one is shown by its own name. */
export function describeModel(model: string): ModelDescription {
	return models()[model] ?? { name: model, description: `The model ${model}` };
}

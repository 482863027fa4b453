/** Names and descriptions of the models, for people who choose from a list and for AI agents. */
import { capitalised } from './labels';

interface ModelDescription {
	/** Shown in the list. */
	readonly name: string;
	/** One line: when to use it. */
	readonly description: string;
}

/** By Vidu's own model names. Source of the claims: the model lists in platform.vidu.cn/docs. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
	viduq2: 'All-rounder with rich detail and lively motion, 1 to 10 seconds in any aspect ratio',
	'viduq2-pro':
		'Highest Q2 quality; with references it also accepts videos and can choose the duration itself',
	'viduq2-turbo': 'Good quality, fast, 1 to 10 seconds',
	'viduq2-pro-fast': 'Lowest price per clip in 720p and 1080p, steady quality, very fast',
	viduq3: 'Clips of 3 to 16 seconds with sound and cuts, most consistent between camera angles',
	'viduq3-turbo': 'Clips of up to 16 seconds with sound and cuts, fast and good value for money',
	'viduq3-mix':
		'Finest image texture with sound and cuts, 3 to 16 seconds; the most expensive, no subjects',
	'viduq3-pro': 'Best quality with sound and storyboard cuts, 1 to 16 seconds',
	'viduq3-pro-fast': 'High quality with sound, faster, 1 to 16 seconds in 720p or 1080p',
	'viduq3-drama': 'For short dramas with sound, 2 to 15 seconds in 720p or 1080p',
	'viduq4-preview':
		'The newest: up to 4K with sound, 3 to 16 seconds; as references up to 15 images and 3 sounds',
	viduq1: 'Clear 1080p with smooth transitions and a steady camera, always 5 seconds, fixed price',
	'viduq1-classic':
		'Clear 1080p with richer transitions and camera moves, always 5 seconds, fixed price',
	'vidu2.0': 'Older and fast, for drafts: 4 seconds (8 from frames), 360p and above',
};

/** Names that do not follow from Vidu's own. */
const NAMES: Readonly<Record<string, string>> = { 'viduq4-preview': 'Vidu Q4 (Preview)' };

/**
 * The display name and one-line description of a model: "Vidu Q2 Pro" for `viduq2-pro`. A model without
 * a description is shown by its own name.
 */
export function describeModel(model: string): ModelDescription {
	// A provider's or a user's name may be "constructor".
	const description = Object.hasOwn(DESCRIPTIONS, model) ? DESCRIPTIONS[model] : undefined;
	if (description === undefined) return { name: model, description: `The model ${model}` };
	const words = model.replace(/^vidu/, '').split('-').map(capitalised);
	return { name: NAMES[model] ?? `Vidu ${words.join(' ')}`, description };
}

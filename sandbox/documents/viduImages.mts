/** "Image generation" (reference to image; viduq2 also from text alone). */
import { check } from './check.mts';
import { oneOf, table, text, texts, whole } from './fields.mts';
import { strings, type Body } from './values.mts';
import { RETURNED } from './viduCommon.mts';
import { invalid, lacking } from './viduErrors.mts';

const FIVE = ['16:9', '9:16', '1:1', '3:4', '4:3'];

interface ImageModel {
	readonly aspects: readonly string[];
	readonly resolutions: readonly string[];
	readonly minImages: number;
}
const MODELS: Readonly<Record<string, ImageModel>> = {
	viduq2: {
		aspects: [...FIVE, '21:9', '2:3', '3:2', 'auto'],
		resolutions: ['1080p', '2K', '4K'],
		minImages: 0,
	},
	viduq1: { aspects: FIVE, resolutions: ['1080p'], minImages: 1 },
};

export const IMAGE = table(['model', 'prompt'], {
	model: oneOf(...Object.keys(MODELS)),
	images: texts(0, 7),
	prompt: text(2000),
	seed: whole(),
	aspect_ratio: text(),
	resolution: text(),
	...RETURNED,
});

/** An image request with its defaults. */
export interface ImageRequest {
	readonly body: Body;
	readonly aspect: string;
	readonly resolution: string;
	readonly images: number;
}

/** @param model of a gateway whose body has none @throws {Refusal} */
export function readImage(parameters: unknown, rules = IMAGE, model?: string): ImageRequest {
	const body = check(rules, parameters);
	const limits = MODELS[model ?? String(body.model)];
	if (limits === undefined) throw invalid('model', 'model is not supported');
	const images = strings(body, 'images').length;
	if (images < limits.minImages) throw lacking('images');
	const aspect = String(body.aspect_ratio || '16:9');
	if (!limits.aspects.includes(aspect)) throw invalid('aspect_ratio', `${aspect} is not supported`);
	const resolution = String(body.resolution || '1080p');
	if (!limits.resolutions.includes(resolution)) {
		throw invalid('resolution', `resolution only support ${limits.resolutions.join(', ')}`);
	}
	return { body, aspect, resolution, images };
}

/** "Image generation" (reference to image; viduq2 also from text alone). */
import { checkTable, oneOf, text, texts, whole, type Body, type Table } from './fields.mts';
import { RETURNED } from './viduCommon.mts';
import { invalid, lacking } from './viduErrors.mts';
import { strings } from './values.mts';

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

export const IMAGE: Table = {
	required: ['model', 'prompt'],
	fields: {
		model: oneOf(...Object.keys(MODELS)),
		images: texts(0, 7),
		prompt: text(2000),
		seed: whole(),
		aspect_ratio: text(),
		resolution: text(),
		...RETURNED,
	},
};

/** An image request with its defaults. */
export interface ImageRequest {
	readonly body: Body;
	readonly aspect: string;
	readonly resolution: string;
	readonly images: number;
}

/** @param model of a gateway whose body has none @throws {Refusal} */
export function readImage(parameters: unknown, table = IMAGE, model?: string): ImageRequest {
	const body = checkTable(table, parameters);
	const rules = MODELS[model ?? String(body.model)];
	if (rules === undefined) throw invalid('model', 'model is not supported');
	const images = strings(body, 'images').length;
	if (images < rules.minImages) throw lacking('images');
	const aspect = String(body.aspect_ratio || '16:9');
	if (!rules.aspects.includes(aspect)) throw invalid('aspect_ratio', `${aspect} is not supported`);
	const resolution = String(body.resolution || '1080p');
	if (!rules.resolutions.includes(resolution)) {
		throw invalid('resolution', `resolution only support ${rules.resolutions.join(', ')}`);
	}
	return { body, aspect, resolution, images };
}

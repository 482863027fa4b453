/** OctopusX, "Vidu official format" (docs.octopusx.ai/en/videos/vidu): the fields of its four pages. */
import {
	checkTable,
	flag,
	imagesOf,
	jsonText,
	oneOf,
	subjectsById,
	text,
	texts,
	whole,
	type Checks,
	type Table,
} from './fields.mts';
import { readOutput } from './vidu.mts';
import { invalid } from './viduErrors.mts';
import { FORMS } from './viduModels.mts';
import type { Endpoint } from './viduPrices.mts';

const SHARED: Checks = {
	model: text(),
	prompt: text(),
	audio: flag,
	bgm: flag,
	duration: whole(),
	seed: whole(),
	resolution: text(),
	off_peak: flag,
	watermark: flag,
	wm_position: oneOf(1, 2, 3, 4),
	wm_url: text(),
	payload: text(1_048_576),
	meta_data: jsonText,
};
const PICTURES: Checks = { ...SHARED, voice_id: text(), is_rec: flag };

const TABLES: Readonly<Record<Endpoint, Table>> = {
	text2video: {
		required: ['model', 'prompt'],
		fields: { ...SHARED, style: oneOf('general', 'anime'), aspect_ratio: text() },
	},
	img2video: { required: ['model', 'images'], fields: { ...PICTURES, images: texts(1, 1) } },
	'start-end2video': {
		required: ['model', 'images'],
		fields: { ...PICTURES, images: texts(2, 2) },
	},
	reference2video: {
		required: ['model', 'subjects', 'prompt'],
		fields: { ...PICTURES, subjects: subjectsById(7) },
	},
};

/** The pages list these for text; for all that begins with pictures, the models of image to video. */
const TEXT_MODELS = ['viduq3-pro', 'viduq2', 'viduq1'];
const PICTURE_MODELS = [
	'viduq3-pro',
	'viduq2-pro',
	'viduq2-turbo',
	'viduq2-pro-fast',
	'viduq1',
	'viduq1-classic',
	'vidu2.0',
];

/** @throws {Refusal} for what the page does not allow; a field that it does not list is refused */
export function readOctopusx(endpoint: Endpoint, parameters: unknown) {
	const body = checkTable(TABLES[endpoint], parameters);
	const model = String(body.model);
	const isText = endpoint === 'text2video';
	const limits = (isText ? FORMS.text : FORMS.firstFrame).models[model];
	if (limits === undefined || !(isText ? TEXT_MODELS : PICTURE_MODELS).includes(model)) {
		throw invalid('model', 'model is not supported');
	}
	return {
		model,
		prompt: String(body.prompt ?? ''),
		// Every page lists `audio`, for all of its models.
		...readOutput({ audio: false, ...limits }, body),
		images: imagesOf(body),
	};
}

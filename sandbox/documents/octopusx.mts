/** OctopusX, "Vidu official format" (docs.octopusx.ai/en/videos/vidu): the fields of its four pages. */
import { check } from './check.mts';
import {
	flag,
	jsonText,
	oneOf,
	subjectsById,
	table,
	text,
	texts,
	whole,
	type Fields,
	type Table,
} from './fields.mts';
import { imagesOf } from './values.mts';
import { readOutput } from './vidu.mts';
import { invalid } from './viduErrors.mts';
import { FORMS } from './viduModels.mts';
import type { Endpoint } from './viduPrices.mts';

const SHARED: Fields = {
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
const IMAGES: Fields = { ...SHARED, voice_id: text(), is_rec: flag };

const TABLES: Readonly<Record<Endpoint, Table>> = {
	text2video: table(['model', 'prompt'], {
		...SHARED,
		style: oneOf('general', 'anime'),
		aspect_ratio: text(),
	}),
	img2video: table(['model', 'images'], { ...IMAGES, images: texts(1, 1) }),
	'start-end2video': table(['model', 'images'], { ...IMAGES, images: texts(2, 2) }),
	reference2video: table(['model', 'subjects', 'prompt'], {
		...IMAGES,
		subjects: subjectsById(7),
	}),
};

/** The pages list these for text; for all that begins with images, the models of image to video. */
const TEXT_MODELS = ['viduq3-pro', 'viduq2', 'viduq1'];
const IMAGE_MODELS = [
	'viduq3-pro',
	'viduq2-pro',
	'viduq2-turbo',
	'viduq2-pro-fast',
	'viduq1',
	'viduq1-classic',
	'vidu2.0',
];

/** Reference to video: "viduq2 (1-10 seconds): default 720p, optional 540p, 720p, 1080p". */
const Q2_REFERENCE = { resolutions: ['540p', '720p', '1080p'] };

/** @throws {Refusal} for what the page does not allow; a field that it does not list is refused */
export function readOctopusx(endpoint: Endpoint, parameters: unknown) {
	const body = check(TABLES[endpoint], parameters);
	const model = String(body.model);
	const isText = endpoint === 'text2video';
	const limits = (isText ? FORMS.text : FORMS.firstFrame).models[model];
	const models = isText ? TEXT_MODELS : IMAGE_MODELS;
	if (limits === undefined || !models.includes(model)) {
		throw invalid('model', 'model is not supported', models[0]);
	}
	const isQ2Reference = endpoint === 'reference2video' && model.startsWith('viduq2');
	return {
		model,
		prompt: String(body.prompt ?? ''),
		// Every page lists `audio`, for all of its models.
		...readOutput({ audio: false, ...limits, ...(isQ2Reference && Q2_REFERENCE) }, body),
		images: imagesOf(body),
	};
}

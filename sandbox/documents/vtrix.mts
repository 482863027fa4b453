/** Vtrix: its model ids, and the pages behind them (doc.vtrix.ai; seed 002 for reference to video). */
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
	without,
	type Fields,
	type Table,
} from './fields.mts';
import { imagesOf, isObject } from './values.mts';
import { readOutput } from './vidu.mts';
import { EXTEND, extensionOf } from './viduChains.mts';
import { Refusal, invalid, lacking } from './viduErrors.mts';
import { IMAGE, readImage } from './viduImages.mts';
import { FORMS, type Form, type ModelRules } from './viduModels.mts';

const SHARED: Fields = {
	prompt: text(2000),
	audio: flag,
	duration: whole(),
	seed: whole(),
	resolution: text(),
	payload: text(1_048_576),
	off_peak: flag,
	watermark: flag,
	wm_position: oneOf(1, 2, 3, 4),
	wm_url: text(),
	meta_data: jsonText,
	callback_url: text(),
};
const MORE: Fields = {
	...SHARED,
	movement_amplitude: oneOf('auto', 'small', 'medium', 'large'),
	bgm: flag,
	is_rec: flag,
	voice_id: text(),
};

const TABLES: Readonly<Record<Form, Table>> = {
	text: table(['prompt'], { ...MORE, style: text(), aspect_ratio: text() }),
	firstFrame: table(['images'], { ...MORE, images: texts(1, 1) }),
	startEnd: table(['images'], { ...MORE, images: texts(2, 2) }),
	subjects: table(['subjects', 'prompt'], {
		...SHARED,
		subjects: subjectsById(21),
		aspect_ratio: text(),
	}),
	media: table(['images', 'prompt'], {
		...MORE,
		images: texts(1, 7),
		videos: texts(1, 2),
		aspect_ratio: text(),
	}),
};

interface Row {
	readonly form: Form;
	readonly limits: ModelRules;
}
const rows = (form: Form, ids: Readonly<Record<string, string>>) =>
	Object.entries(ids).map(([id, model]): [string, Row] => {
		const limits = FORMS[form].models[model];
		if (limits === undefined) throw new Error(`${model} is no model of ${form}`);
		return [id, { form, limits }];
	});
/** The pages of `…_i2v_reference` list `audio`. */
const voiced = (list: ReadonlyArray<readonly [string, Row]>) =>
	list.map(([id, row]): [string, Row] => [id, { ...row, limits: { audio: false, ...row.limits } }]);

const FRAME_MODELS = {
	viduq2_pro: 'viduq2-pro',
	viduq2_pro_fast: 'viduq2-pro-fast',
	viduq2_turbo: 'viduq2-turbo',
	viduq3_pro: 'viduq3-pro',
	viduq3_turbo: 'viduq3-turbo',
};
const suffixed = (models: Readonly<Record<string, string>>, mode: string) =>
	Object.fromEntries(Object.entries(models).map(([id, model]) => [`${id}_${mode}`, model]));

/** Seed 002: "Options: 1 … 8", "720p, 1080p", "16:9, 9:16, 1:1". */
const PRO_FAST_REFERENCE: ModelRules = {
	durations: [1, 2, 3, 4, 5, 6, 7, 8],
	duration: 5,
	resolutions: ['720p', '1080p'],
	resolution: '720p',
	aspects: ['16:9', '9:16', '1:1'],
	audio: false,
	offPeak: 'never',
};

/** The ids that the vendor's pages and client name, for the modes that the sandbox has. */
export const VTRIX_MODELS: ReadonlyMap<string, Row> = new Map<string, Row>([
	['viduq2_pro_fast_reference2video', { form: 'subjects', limits: PRO_FAST_REFERENCE }],
	...rows('subjects', { viduq1_reference2video: 'viduq1' }),
	...rows('firstFrame', {
		...suffixed(FRAME_MODELS, 'img2video'),
		viduq1_img2video: 'viduq1',
		vidu20_img2video: 'vidu2.0',
		'vidu-cn-img2video-viduq1-classic': 'viduq1-classic',
	}),
	...rows('startEnd', suffixed(FRAME_MODELS, 'start_end2video')),
	...rows('text', {
		viduq1_text2video: 'viduq1',
		viduq2_text2video: 'viduq2',
		viduq2_pro_fast_text2video: 'viduq2',
		viduq3_pro_text2video: 'viduq3-pro',
		viduq3_turbo_text2video: 'viduq3-turbo',
	}),
	...rows('media', {
		viduq2_pro_reference: 'viduq2-pro',
		'vidu-cn-reference2video-vidu2.0': 'vidu2.0',
	}),
	...voiced(rows('media', { viduq1_i2v_reference: 'viduq1', viduq2_i2v_reference: 'viduq2' })),
	...rows('media', { viduq3_i2v_reference: 'viduq3' }),
]);

/**
 * The ids that the vendor's client names beside these, without a page that was read: held to Vidu's
 * own tables, save that the id is the model. Whether an extension takes both kinds of source is
 * unknown, so it may.
 */
const OPERATIONS: ReadonlyMap<string, Table> = new Map([
	['viduq2_pro_extend', without(EXTEND, 'model')],
	['viduq2_turbo_extend', without(EXTEND, 'model')],
	['viduq2_reference2image', without(IMAGE, 'model')],
]);

/** What one of these ids makes; undefined for every other id. @throws {Refusal} */
export function readVtrixOperation(model: string, parameters: unknown) {
	const rules = OPERATIONS.get(model);
	if (rules === undefined) return undefined;
	if (model.endsWith('image')) {
		const { body, aspect, resolution } = readImage(parameters, rules, 'viduq2');
		const prompt = String(body.prompt);
		const medium = 'image' as const;
		return { model, prompt, aspect, resolution, duration: 1, medium, images: imagesOf(body) };
	}
	const body = check(rules, parameters);
	if (!body.video_url && !body.video_creation_id) throw lacking('video_url');
	return {
		model,
		prompt: String(body.prompt ?? ''),
		resolution: String(body.resolution ?? '720p'),
		duration: extensionOf(body),
		images: imagesOf(body),
	};
}

/** The first id that makes what an unknown one makes; a known one itself. */
export function vtrixLike(model: string): string {
	const madeBy = (id: string) => id.split('_').at(-1);
	if (VTRIX_MODELS.has(model) || OPERATIONS.has(model)) return model;
	return [...VTRIX_MODELS.keys()].find((id) => madeBy(id) === madeBy(model)) ?? model;
}

/** @throws {Refusal} with the seed's own codes where it has one */
export function readVtrix(model: string, parameters: unknown) {
	const row = VTRIX_MODELS.get(model);
	if (row === undefined) throw new Refusal('NotFound', `model ${model} not found`);
	const has = (field: string) => isObject(parameters) && Boolean(parameters[field]);
	if (row.form === 'subjects' && !has('subjects')) {
		const [code, message] = has('audio')
			? ['008017001', 'When audio=true, subjects parameter is required']
			: ['008017002', 'Images or subjects parameter must provide one'];
		throw new Refusal(code, message);
	}
	const body = check(TABLES[row.form], parameters);
	if (body.off_peak === true) throw invalid('off_peak', 'temporarily unavailable');
	const images = imagesOf(body);
	if (row.form === 'subjects' && images.length > 7) {
		throw new Refusal('008017003', 'Images parameter must contain 1-7 images');
	}
	const { form } = row;
	return {
		form,
		model,
		prompt: String(body.prompt ?? ''),
		...readOutput(row.limits, body),
		images,
	};
}

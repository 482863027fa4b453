/**
 * JieKou / HighwayAPI (docs.jiekou.ai, crawl of 2026-02; seed 003): a page and a table for each slug.
 * The slug decides the model; fields that a page does not list are refused.
 */
import { check } from './check.mts';
import {
	flag,
	jsonText,
	matching,
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
import { imagesOf } from './values.mts';
import { MULTIFRAME, segmentsOf } from './viduChains.mts';
import { invalid } from './viduErrors.mts';

const SEED: Fields = { seed: whole(0) };
const OLD: Fields = {
	...SEED,
	prompt: text(1500),
	movement_amplitude: oneOf('auto', 'small', 'medium', 'large'),
	bgm: flag,
};
/** "auto, small, medium, high": most pages of q2 have no `large`. */
const Q2: Fields = {
	...SEED,
	prompt: text(2000),
	duration: whole(1, 10),
	resolution: oneOf('540p', '720p', '1080p'),
	movement_amplitude: oneOf('auto', 'small', 'medium', 'high'),
	audio: flag,
	bgm: flag,
	watermark: flag,
};
const Q2_FRAME: Fields = { ...Q2, images: texts(1, 1), voice_id: text(), off_peak: flag };
const Q2_FRAMES: Fields = {
	...SEED,
	prompt: text(2000),
	images: texts(2, 2),
	duration: whole(1, 8),
	resolution: oneOf('540p', '720p', '1080p'),
	movement_amplitude: oneOf('auto', 'small', 'medium', 'large'),
	bgm: flag,
	is_rec: flag,
	off_peak: flag,
	payload: text(1_048_576),
	meta_data: jsonText,
	watermark: flag,
	wm_position: oneOf(1, 2, 3, 4),
	wm_url: text(),
};
const Q3: Fields = {
	...SEED,
	duration: whole(1, 16),
	resolution: oneOf('540p', '720p', '1080p'),
	aspect_ratio: oneOf('16:9', '9:16', '4:3', '3:4', '1:1'),
	audio: flag,
	off_peak: flag,
	watermark: flag,
	wm_url: text(),
};
const FAST: Fields = { resolution: oneOf('720p', '1080p') };
const THREE: Fields = { aspect_ratio: oneOf('16:9', '9:16', '1:1') };
const RATIO = matching('^[1-9]\\d*:[1-9]\\d*$');
const Q1: Fields = { ...OLD, duration: oneOf(5), resolution: oneOf('1080p') };
const V2: Fields = {
	...OLD,
	duration: oneOf(4, 8),
	resolution: oneOf('360p', '720p', '1080p'),
};

/** Named by the documents without a page that was read: Vidu's own table; no page lists a callback. */
const MULTIFRAME_Q2 = without(MULTIFRAME, 'model', 'callback_url');

export const JIEKOU_SLUGS: Readonly<Record<string, Table>> = {
	'vidu-2.0-reference2video': table(['images', 'prompt'], {
		...V2,
		...THREE,
		images: texts(1, 3),
		duration: oneOf(4),
		resolution: oneOf('360p', '720p'),
	}),
	'vidu-2.0-img2video': table(['images'], { ...V2, images: texts(1, 1) }),
	'vidu-2.0-startend2video': table(['images'], { ...V2, images: texts(2, 2) }),
	'vidu-q1-text2video': table(['prompt'], { ...Q1, ...THREE, style: oneOf('general', 'anime') }),
	'vidu-q1-img2video': table(['images'], { ...Q1, images: texts(1, 1) }),
	'vidu-q1-reference2video': table(['images', 'prompt'], { ...Q1, ...THREE, images: texts(1, 7) }),
	'vidu-q1-startend2video': table(['images'], { ...Q1, images: texts(2, 2) }),
	'vidu-q2-text2video': table(['prompt', 'duration'], {
		...Q2,
		style: text(),
		aspect_ratio: RATIO,
	}),
	'vidu-q2-reference2video': table(['prompt', 'duration', 'subjects'], {
		...Q2,
		subjects: subjectsById(7),
		aspect_ratio: RATIO,
	}),
	'vidu-q2-template2video': table(['template', 'images'], {
		...SEED,
		template: text(),
		prompt: text(),
		images: texts(1, 7),
		bgm: flag,
		area: text(),
		beast: text(),
		aspect_ratio: oneOf('16:9', '9:16'),
		payload: text(1_048_576),
		meta_data: jsonText,
		watermark: flag,
		wm_position: oneOf(1, 2, 3, 4),
		wm_url: text(),
	}),
	'vidu-q2-pro-multiframe': MULTIFRAME_Q2,
	'vidu-q2-turbo-multiframe': MULTIFRAME_Q2,
	'vidu-q2-pro-img2video': table(['images', 'prompt', 'duration'], Q2_FRAME),
	'vidu-q2-turbo-img2video': table(['images', 'prompt', 'duration'], Q2_FRAME),
	'vidu-q2-pro-fast-img2video': table(['images', 'prompt', 'duration'], { ...Q2_FRAME, ...FAST }),
	'vidu-q2-pro-startend2video': table(['images', 'duration'], Q2_FRAMES),
	'vidu-q2-turbo-startend2video': table(['images', 'duration'], Q2_FRAMES),
	'vidu-q2-pro-fast-startend2video': table(['images', 'duration'], { ...Q2_FRAMES, ...FAST }),
	'vidu-q3-pro-t2v': table(['prompt'], {
		...Q3,
		prompt: text(2000),
		wm_position: oneOf(1, 2, 3, 4),
	}),
	'vidu-q3-pro-i2v': table(['images'], {
		...Q3,
		prompt: text(1500),
		images: texts(1, 1),
		style: oneOf('general', 'anime'),
		wm_position: oneOf('top-left', 'top-right', 'bottom-left', 'bottom-right'),
	}),
};

/** @throws {Refusal} for what the page of the slug does not allow */
export function readJiekou(slug: string, rules: Table, parameters: unknown) {
	const body = check(rules, parameters);
	const old = slug.startsWith('vidu-2.0');
	const parts = segmentsOf(body);
	const usually = parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : old ? 4 : 5;
	const duration = typeof body.duration === 'number' ? body.duration : usually;
	const usual = old && duration === 4 ? '360p' : slug.includes('-q1-') ? '1080p' : '720p';
	const resolution = String(body.resolution ?? usual);
	if (old && duration === 8 && resolution !== '720p') throw invalid('resolution', 'only 720p');
	return {
		model: slug,
		prompt: String(body.prompt ?? ''),
		duration,
		resolution,
		audio: body.audio === true,
		aspect: 'aspect_ratio' in rules.properties ? String(body.aspect_ratio ?? '16:9') : undefined,
		images: imagesOf(body),
	};
}

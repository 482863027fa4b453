/**
 * Reads the body of a create request as the documents of the four video endpoints describe it, and
 * refuses what they do not allow. Stricter than documented nowhere, laxer only where two documents
 * disagree about a ratio.
 */
import { isObject, jsonText, url, type Body } from './fields.mts';
import { flag, integer, strings, text } from './values.mts';
import { invalid, lacking, miscounted, unwanted } from './viduErrors.mts';
import { FORMS, SHARED_FIELDS, type Form, type FormRules, type ModelRules } from './viduModels.mts';
import type { Endpoint } from './viduPrices.mts';

const MAX_PAYLOAD = 1_048_576;
/** "An automatic duration": what the sandbox's model decides on, in seconds. */
const AUTOMATIC_SECONDS = 5;

type Kind = 'string' | 'int' | 'bool' | 'strings' | 'objects';

const all = (kind: Kind, ...fields: string[]) =>
	Object.fromEntries(fields.map((field) => [field, kind]));

const KINDS: Readonly<Record<string, Kind>> = {
	...all('string', 'model', 'prompt', 'style', 'resolution', 'aspect_ratio', 'voice_id'),
	...all('string', 'movement_amplitude', 'audio_type', 'wm_url', 'meta_data'),
	...all('string', 'payload', 'callback_url'),
	...all('int', 'duration', 'seed', 'wm_position'),
	...all('bool', 'off_peak', 'watermark', 'bgm', 'audio', 'is_rec', 'auto_subjects'),
	...all('strings', 'images', 'videos'),
	...all('objects', 'subjects'),
};
const SUBJECT_KINDS: Readonly<Record<string, Kind>> = {
	...all('string', 'name', 'voice_id', 'server_id'),
	...all('strings', 'images', 'videos'),
};
const CHOICES: Readonly<Record<string, ReadonlyArray<string | number>>> = {
	style: ['general', 'anime'],
	movement_amplitude: ['auto', 'small', 'medium', 'large'],
	audio_type: ['all', 'speech_only', 'sound_effect_only'],
	wm_position: [1, 2, 3, 4],
};

export interface Subject {
	readonly name: string;
	readonly images?: readonly string[];
	readonly videos?: readonly string[];
	readonly voice_id?: string;
	readonly server_id?: string;
}

/** A create request that the documents allow, its defaults filled in. */
export interface VideoRequest {
	readonly form: Form;
	readonly endpoint: Endpoint;
	readonly body: Body;
	readonly model: string;
	readonly prompt: string;
	/** Seconds of the result, also where the request left it to the model. */
	readonly duration: number;
	readonly resolution: string;
	/** Absent where the picture decides. */
	readonly aspect?: string;
	readonly audio: boolean;
	readonly offPeak: boolean;
	/** Empty in the other forms. */
	readonly subjects: readonly Subject[];
	readonly images: ReadonlyArray<readonly [field: string, value: string]>;
	readonly videos: ReadonlyArray<readonly [field: string, value: string]>;
}

/** The documents of one provider of Vidu's own format. */
export interface Documents {
	readonly forms: Readonly<Record<Form, FormRules>>;
	/** Characters. */
	readonly maxPrompt: number;
}

/** Vidu's own. The prompt of the media form is 2,000 in one document and 5,000 in a newer one. */
const VIDU: Documents = { forms: FORMS, maxPrompt: 5000 };

/** @throws {Refusal} with the code and the field that the documents name */
export function readVideoRequest(
	endpoint: Endpoint,
	body: unknown,
	{ forms, maxPrompt }: Documents = VIDU,
): VideoRequest {
	if (!isObject(body)) throw invalid('body', 'a JSON object is expected');
	const form = formOf(endpoint, body);
	const rules = forms[form];
	for (const [field, value] of Object.entries(body)) {
		const known = rules.fields.includes(field) || SHARED_FIELDS.some((name) => name === field);
		const kind = KINDS[field];
		if (!known || kind === undefined) throw unwanted(field);
		checkKind(field, kind, value);
		checkChoice(field, value);
	}
	const model = text(body, 'model');
	if (model === '') throw lacking('model');
	const limits = rules.models[model];
	if (limits === undefined) throw invalid('model', 'model is not supported');
	const prompt = text(body, 'prompt');
	if (rules.promptRequired && prompt.trim() === '') throw lacking('prompt');
	if ([...prompt].length > maxPrompt) throw invalid('prompt', `at most ${maxPrompt} characters`);
	if (text(body, 'payload').length > MAX_PAYLOAD) throw invalid('payload', 'too long');
	jsonText('meta_data', text(body, 'meta_data'));
	for (const field of ['callback_url', 'wm_url']) url(field, text(body, field));
	const subjects = checkReferences(form, rules, limits, body);
	return {
		form,
		endpoint,
		body,
		model,
		prompt,
		...readOutput(limits, body),
		subjects,
		images: references(body, subjects, 'images'),
		videos: references(body, subjects, 'videos'),
	};
}

function formOf(endpoint: Endpoint, body: Body): Form {
	if (endpoint === 'text2video') return 'text';
	if (endpoint === 'img2video') return 'firstFrame';
	if (endpoint === 'start-end2video') return 'startEnd';
	if (!('subjects' in body)) return 'media';
	if ('images' in body || 'videos' in body) {
		throw invalid('subjects', 'subjects cannot be combined with images or videos');
	}
	return 'subjects';
}

/**
 * Duration (seconds), resolution, aspect ratio, sound and off-peak, which depend on each other. The
 * kinds of the fields are checked already.
 */
export function readOutput(limits: ModelRules, body: Body) {
	const asked = integer(body, 'duration') ?? limits.duration;
	if (!limits.durations.includes(asked)) {
		const [from, to] = [limits.durations[0], limits.durations.at(-1)];
		throw invalid('duration', `duration only support between ${from} to ${to}`);
	}
	const resolutions = limits.resolutionsAt?.[asked] ?? limits.resolutions;
	const usual = resolutions.includes(limits.resolution) ? limits.resolution : resolutions[0];
	const resolution = text(body, 'resolution') || (usual ?? limits.resolution);
	if (!resolutions.includes(resolution)) {
		throw invalid('resolution', `resolution only support ${resolutions.join(', ')}`);
	}
	const aspect = limits.aspects && (text(body, 'aspect_ratio') || '16:9');
	if (aspect !== undefined && !allowsAspect(limits, aspect)) {
		throw invalid('aspect_ratio', `${aspect} is not supported`);
	}
	if (body.audio !== undefined && limits.audio === undefined) throw unwanted('audio');
	const audio = flag(body, 'audio') ?? limits.audio ?? false;
	const offPeak = flag(body, 'off_peak') ?? false;
	if (offPeak && limits.offPeak !== (audio ? 'withAudio' : 'withoutAudio')) {
		throw invalid('off_peak', 'the model does not support off-peak with these parameters');
	}
	return { duration: asked || AUTOMATIC_SECONDS, resolution, aspect, audio, offPeak };
}

function allowsAspect({ aspects }: ModelRules, aspect: string): boolean {
	if (aspects !== 'any') return aspects?.includes(aspect) ?? false;
	return aspect === 'auto' || /^[1-9]\d{0,3}:[1-9]\d{0,3}$/.test(aspect);
}

function checkReferences(
	form: Form,
	rules: FormRules,
	limits: ModelRules,
	body: Body,
): readonly Subject[] {
	if (form === 'subjects') return checkSubjects(limits, body.subjects);
	const videos = strings(body, 'videos');
	if (body.videos !== undefined && limits.videos === undefined) throw unwanted('videos');
	if (body.videos !== undefined && (videos.length < 1 || videos.length > 2)) {
		throw miscounted('videos', '1 to 2');
	}
	if (rules.images === undefined) return [];
	const [min, most] = rules.images;
	// "With a video: 1 to 4 images" (viduq2-pro).
	const max = videos.length > 0 ? 4 : most;
	const { length } = strings(body, 'images');
	if (length === 0) throw lacking('images');
	if (length < min || length > max) throw miscounted('images', `${min} to ${max}`);
	return [];
}

function checkSubjects(limits: ModelRules, value: unknown): readonly Subject[] {
	if (!isSubjectList(value)) return [];
	if (value.length === 0) throw lacking('subjects');
	for (const [index, subject] of value.entries()) {
		const at = `subjects[${index}]`;
		if (subject.name === '') throw lacking(`${at}.name`);
		const images = subject.images ?? [];
		const videos = subject.videos ?? [];
		if (images.length + videos.length === 0 && !subject.server_id) throw lacking(`${at}.images`);
		if (images.length > 3) throw miscounted(`${at}.images`, 'at most 3');
		if (videos.length > 0 && limits.videos === undefined) {
			throw invalid(`${at}.videos`, 'the model does not support video subjects');
		}
		if (videos.length > 1 || images.length + videos.length > 3) {
			throw miscounted(`${at}.videos`, 'at most 1, and 3 together with the images');
		}
	}
	const temporaryVideos = value.filter(({ videos = [] }) => videos.length > 0).length;
	if (temporaryVideos > 1) throw miscounted('subjects', 'at most 1 temporary video subject');
	const max = limits.maxSubjects ?? 0;
	const library = limits.videos ? Math.min(2 - temporaryVideos, countLibrary(value)) : 0;
	if (value.length > max + temporaryVideos + library) {
		throw miscounted('subjects', `at most ${max} image or text subjects`);
	}
	return value;
}

/** Library subjects may be videos, two of which a viduq2-pro task takes beside its images. */
const countLibrary = (subjects: readonly Subject[]) =>
	subjects.filter(({ server_id: id, images, videos }) => id && !images && !videos).length;

function isSubjectList(value: unknown): value is readonly Subject[] {
	if (!Array.isArray(value)) return false;
	for (const [index, subject] of value.entries()) {
		const at = `subjects[${index}]`;
		if (!isObject(subject)) throw invalid(at, 'an object is expected');
		for (const [field, content] of Object.entries(subject)) {
			const kind = SUBJECT_KINDS[field];
			if (kind === undefined) throw unwanted(`${at}.${field}`);
			checkKind(`${at}.${field}`, kind, content);
		}
		if (subject.name === undefined) throw lacking(`${at}.name`);
	}
	return true;
}

/** Every image or video of a request with the name of its field. */
function references(body: Body, subjects: readonly Subject[], field: 'images' | 'videos') {
	const flat = strings(body, field).map((value, index) => [`${field}[${index}]`, value] as const);
	const nested = subjects.flatMap((subject, at) =>
		(subject[field] ?? []).map(
			(value, index) => [`subjects[${at}].${field}[${index}]`, value] as const,
		),
	);
	return [...flat, ...nested];
}

function checkKind(field: string, kind: Kind, value: unknown): void {
	const fits: Readonly<Record<Kind, boolean>> = {
		string: typeof value === 'string',
		int: Number.isInteger(value),
		bool: typeof value === 'boolean',
		strings: Array.isArray(value) && value.every((entry) => typeof entry === 'string'),
		objects: Array.isArray(value),
	};
	if (!fits[kind]) throw invalid(field, `type ${kind} is expected`);
}

function checkChoice(field: string, value: unknown): void {
	const choices = CHOICES[field];
	if (choices !== undefined && !choices.some((choice) => choice === value)) {
		throw invalid(field, `only ${choices.join(', ')}`);
	}
}

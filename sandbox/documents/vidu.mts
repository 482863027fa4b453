/**
 * Reads the body of a create request as the documents of the four video endpoints describe it, and
 * refuses what they do not allow. Stricter than documented nowhere, laxer only where two documents
 * disagree about a ratio.
 */
import { check } from './check.mts';
import type { Table } from './fields.mts';
import {
	flag,
	imagesOf,
	integer,
	isObject,
	mediaOf,
	objects,
	strings,
	text,
	type Body,
} from './values.mts';
import { invalid, miscounted, unwanted } from './viduErrors.mts';
import { FORMS, tableOf, type Form, type FormRules, type ModelRules } from './viduModels.mts';
import type { Endpoint } from './viduPrices.mts';

/** "An automatic duration": what the sandbox's model decides on, in seconds. */
const AUTOMATIC_SECONDS = 5;

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
	/** Absent where the image decides. */
	readonly aspect?: string;
	readonly audio: boolean;
	readonly offPeak: boolean;
	/** Empty in the other forms. */
	readonly subjects: readonly Body[];
	readonly images: ReadonlyArray<readonly [field: string, value: string]>;
	readonly videos: ReadonlyArray<readonly [field: string, value: string]>;
}

/** The documents of one provider of Vidu's own format. */
export type Documents = Readonly<
	Record<Form, FormRules & { readonly table: Table; readonly maxPrompt: number }>
>;

/** @param maxPrompt characters */
export function documents(forms: Readonly<Record<Form, FormRules>>, maxPrompt: number): Documents {
	const written = (form: Form) => {
		const own = Object.values(forms[form].models).map((model) => model.maxPrompt ?? 0);
		return {
			...forms[form],
			maxPrompt,
			table: tableOf(forms[form], Math.max(maxPrompt, ...own)),
		};
	};
	return {
		text: written('text'),
		firstFrame: written('firstFrame'),
		startEnd: written('startEnd'),
		subjects: written('subjects'),
		media: written('media'),
	};
}

/** Vidu's own. The prompt of the media form is 2,000 in one document and 5,000 in a newer one. */
const VIDU = documents(FORMS, 5000);

/** @throws {Refusal} with the code and the field that the documents name */
export function readVideoRequest(
	endpoint: Endpoint,
	parameters: unknown,
	pages: Documents = VIDU,
): VideoRequest {
	const form = formOf(endpoint, parameters);
	const { table, models } = pages[form];
	const body = check(table, parameters);
	const model = text(body, 'model');
	const limits = models[model];
	if (limits === undefined)
		throw invalid('model', 'model is not supported', Object.keys(models)[0]);
	checkLengths(limits, body, pages[form].maxPrompt);
	checkReferences(limits, body);
	checkSubjects(limits, body);
	return {
		form,
		endpoint,
		body,
		model,
		prompt: text(body, 'prompt'),
		...readOutput(limits, body),
		subjects: objects(body, 'subjects'),
		images: imagesOf(body),
		videos: mediaOf(body, 'videos'),
	};
}

function formOf(endpoint: Endpoint, body: unknown): Form {
	if (endpoint === 'text2video') return 'text';
	if (endpoint === 'img2video') return 'firstFrame';
	if (endpoint === 'start-end2video') return 'startEnd';
	if (!isObject(body) || !('subjects' in body)) return 'media';
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

/** Sounds, and how many images and characters, where a model has limits of its own. */
function checkLengths(limits: ModelRules, body: Body, most: number): void {
	const { maxPrompt = most, maxImages = 7 } = limits;
	if ([...text(body, 'prompt')].length > maxPrompt)
		throw invalid('prompt', `at most ${maxPrompt} characters`);
	if (strings(body, 'images').length > maxImages) throw miscounted('images', `1 to ${maxImages}`);
	if (body.sounds !== undefined && limits.maxSounds === undefined) throw unwanted('sounds');
}

function checkReferences(limits: ModelRules, body: Body): void {
	if (body.videos === undefined) return;
	if (limits.videos === undefined) throw unwanted('videos');
	// "With a video: 1 to 4 images" (viduq2-pro).
	if (strings(body, 'images').length > 4) throw miscounted('images', '1 to 4');
}

function checkSubjects(limits: ModelRules, body: Body): void {
	const subjects = objects(body, 'subjects').map((subject) => ({
		images: strings(subject, 'images').length,
		videos: strings(subject, 'videos').length,
		library: text(subject, 'server_id') !== '',
	}));
	for (const [index, { images, videos }] of subjects.entries()) {
		const at = `subjects[${index}]`;
		if (videos > 0 && limits.videos === undefined) {
			throw invalid(`${at}.videos`, 'the model does not support video subjects');
		}
		if (images + videos > 3) throw miscounted(`${at}.videos`, 'at most 3 together with the images');
	}
	const temporaryVideos = subjects.filter(({ videos }) => videos > 0).length;
	if (temporaryVideos > 1) throw miscounted('subjects', 'at most 1 temporary video subject');
	// Library subjects may be videos, two of which a viduq2-pro task takes beside its images.
	const stored = subjects.filter(({ images, videos, library }) => library && images + videos === 0);
	const library = limits.videos ? Math.min(2 - temporaryVideos, stored.length) : 0;
	const max = limits.maxSubjects ?? 0;
	if (subjects.length > max + temporaryVideos + library) {
		throw miscounted('subjects', `at most ${max} image or text subjects`);
	}
}

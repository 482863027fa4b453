/**
 * Holds a draft against the catalogue, before anything is sent. Pure.
 *
 * Rule that must not regress: nothing is clamped or cut. A value that the model does not take is a
 * problem that names the field, the value, the model, the provider and what is allowed. A field that
 * a model accepts without effect is left out, with a hint.
 */
import { resolutionsAt, defaultResolutionAt } from '../catalogue';
import type { FieldSupport, GenerationTask, ModelRow } from '../catalogue/types';
import { imageProblem, imageReferenceProblem, urlProblem } from '../media/imageRules';
import { readMentions } from './mentions';
import type { Draft, MediaInput } from './types';

export interface Checked {
	/** The draft with the model's defaults filled in and ineffective fields left out. */
	readonly draft: Draft;
	/** Sentences; empty when the draft may be sent. */
	readonly problems: readonly string[];
	/** Sentences for the user that stop nothing. */
	readonly hints: readonly string[];
}

/** How each task is spoken of. */
const TASK_NAMES: Readonly<Record<GenerationTask, string>> = {
	referenceSubjects: 'reference to video with subjects',
	referenceMedia: 'reference to video with media',
	imageToVideo: 'image to video',
	startEndToVideo: 'start and end to video',
	textToVideo: 'text to video',
};

/** A task as it is spoken of in messages. */
export function taskName(task: GenerationTask): string {
	return TASK_NAMES[task];
}

/** What every model makes unless asked otherwise. */
const USUAL_RATIO = '16:9';
const MAX_PAYLOAD = 1_048_576;

/** Fields whose support differs by model: how the user knows them, and the value that asks for nothing. */
const SUPPORTED_FIELDS: ReadonlyArray<{
	readonly field: 'audioType' | 'autoSubjects' | 'bgm' | 'isRec' | 'movementAmplitude' | 'style' | 'voiceId';
	readonly label: string;
	readonly support: (row: ModelRow) => FieldSupport;
	readonly idle?: unknown;
	readonly needsAudio?: true;
}> = [
	{ field: 'audioType', label: 'Audio Type', support: (row) => row.audioType, needsAudio: true },
	{ field: 'autoSubjects', label: 'Auto Subjects', support: (row) => row.autoSubjects, idle: false },
	{ field: 'bgm', label: 'Background Music', support: (row) => row.bgm, idle: false },
	{ field: 'isRec', label: 'Recommended Prompt', support: (row) => row.isRec, idle: false },
	{
		field: 'movementAmplitude',
		label: 'Movement Amplitude',
		support: (row) => row.movementAmplitude,
		idle: 'auto',
	},
	{ field: 'style', label: 'Style', support: (row) => row.style },
	{ field: 'voiceId', label: 'Voice ID', support: (row) => row.voice, needsAudio: true },
];

const CHOICES: ReadonlyArray<{
	readonly field: 'audioType' | 'movementAmplitude' | 'style' | 'wmPosition';
	readonly label: string;
	readonly values: ReadonlyArray<string | number>;
}> = [
	{ field: 'audioType', label: 'Audio Type', values: ['all', 'speech_only', 'sound_effect_only'] },
	{ field: 'movementAmplitude', label: 'Movement Amplitude', values: ['auto', 'small', 'medium', 'large'] },
	{ field: 'style', label: 'Style', values: ['general', 'anime'] },
	{ field: 'wmPosition', label: 'Watermark Position', values: [1, 2, 3, 4] },
];

/** Checks one item's draft against its row. `providerName` as shown to the user. */
export function checkDraft(row: ModelRow, given: Draft, providerName: string): Checked {
	const problems: string[] = [];
	const hints: string[] = [];
	const who = `${row.model} (${providerName}, ${TASK_NAMES[row.task]})`;
	const draft: { -readonly [K in keyof Draft]: Draft[K] } = { ...given };

	draft.duration ??= row.defaultDuration;
	const { duration } = draft;
	if (!row.durations.includes(duration)) {
		problems.push(`"Duration" is ${duration}, but ${who} takes ${durationsText(row.durations)}`);
	}

	draft.resolution ??= defaultResolutionAt(row, duration);
	const resolutions = resolutionsAt(row, duration);
	if (!resolutions.includes(draft.resolution)) {
		const at = row.resolutionsAt?.[duration] ? ` at ${duration} s` : '';
		problems.push(`"Resolution" is ${draft.resolution}, but ${who} takes ${resolutions.join(', ')}${at}`);
	}

	checkAspectRatio();
	checkAudio();
	for (const supported of SUPPORTED_FIELDS) checkSupport(supported);
	for (const { field, label, values } of CHOICES) {
		const value = draft[field];
		if (value !== undefined && !values.includes(value)) {
			problems.push(`"${label}" is ${value}, but must be one of ${values.join(', ')}`);
		}
	}
	checkPrompt();
	if (draft.subjects !== undefined) checkSubjects(draft.subjects);
	checkImages();
	checkVideos();
	checkRest();
	return { draft, problems, hints };

	function checkAspectRatio(): void {
		const value = draft.aspectRatio;
		if (row.aspectRatios === null) {
			delete draft.aspectRatio;
			if (value === undefined) return;
			// The node shows Vidu's own fields, whose default a user cannot take away.
			if (value === USUAL_RATIO) hints.push(`"Aspect Ratio" is left out: ${who} has no such field`);
			else problems.push(`"Aspect Ratio" is ${value}, but ${who} has no such field`);
			return;
		}
		draft.aspectRatio ??= row.defaultAspectRatio ?? undefined;
		const ratio = draft.aspectRatio;
		if (ratio === undefined || row.aspectRatios.includes(ratio)) return;
		if (row.anyAspectRatio && /^[1-9]\d{0,3}:[1-9]\d{0,3}$/.test(ratio)) return;
		if (row.disputedAspectRatios?.includes(ratio)) {
			hints.push(`Some documents allow the aspect ratio ${ratio} for ${row.model}, the current one does not`);
			return;
		}
		const others = row.anyAspectRatio ? ', or any other ratio such as 21:9' : '';
		problems.push(`"Aspect Ratio" is ${ratio}, but ${who} takes ${row.aspectRatios.join(', ')}${others}`);
	}

	function checkAudio(): void {
		if (row.audio === null) {
			if (draft.audio === true) problems.push(`"Audio" is on, but ${who} makes no audio`);
			delete draft.audio;
		} else {
			draft.audio ??= row.audio.default;
		}
		if (draft.offPeak !== true) return;
		const audio = draft.audio ?? false;
		const rules = {
			never: 'cannot run off-peak',
			withAudio: audio ? null : 'runs off-peak with audio only',
			withoutAudio: audio ? 'runs off-peak without audio only' : null,
		} as const;
		const rule = rules[row.offPeak];
		if (rule !== null) {
			problems.push(`"Off-Peak" is on and "Audio" is ${audio ? 'on' : 'off'}, but ${who} ${rule}`);
		}
	}

	function checkSupport({ field, label, support, idle, needsAudio }: (typeof SUPPORTED_FIELDS)[number]): void {
		const value = draft[field];
		if (value === undefined) return;
		const supported = support(row);
		if (supported === 'yes') {
			if (needsAudio && draft.audio !== true) {
				hints.push(`"${label}" is left out: it takes effect only when "Audio" is on`);
				delete draft[field];
			} else if (field === 'bgm' && value === true && row.bgmNotAt?.includes(duration)) {
				hints.push(`"${label}" has no effect with ${row.model} at ${duration} s`);
			}
			return;
		}
		if (value !== idle && supported === 'absent') {
			problems.push(`"${label}" is ${String(value)}, but ${who} has no such field`);
		} else if (value !== idle) {
			hints.push(`"${label}" is left out: it has no effect with ${row.model}`);
		}
		delete draft[field];
	}

	function checkPrompt(): void {
		const { prompt = '' } = draft;
		const length = [...prompt].length;
		const { required, max, hintAbove } = row.prompt;
		if (required && length === 0) problems.push(`"Prompt" is empty, but ${who} needs one`);
		if (length > max) {
			problems.push(`"Prompt" has ${length} characters, but ${who} takes at most ${max}`);
		} else if (hintAbove !== undefined && length > hintAbove) {
			hints.push(`"Prompt" has ${length} characters; one document of the provider allows ${hintAbove} only`);
		}
	}

	function checkSubjects(subjects: NonNullable<Draft['subjects']>): void {
		const limits = row.subjects;
		if (limits === undefined) {
			problems.push(`"Subjects" are given, but ${who} takes none`);
			return;
		}
		if (subjects.length < limits.min || subjects.length > limits.max) {
			problems.push(
				`"Subjects" holds ${subjects.length}, but ${who} takes ${rangeText(limits.min, limits.max)}`,
			);
		}
		const names = subjects.map(({ name }) => name);
		for (const [index, subject] of subjects.entries()) {
			const which = `subject ${index + 1}${subject.name ? ` "${subject.name}"` : ''}`;
			if (!subject.name) problems.push(`"Name" of ${which} is empty; the prompt speaks of it as @name`);
			if (/[\s@[\]]/.test(subject.name)) {
				problems.push(`"Name" of ${which} must not contain spaces, @ or brackets`);
			}
			if (names.indexOf(subject.name) !== index && subject.name) {
				problems.push(`"Name" of ${which} is used twice; each subject needs its own`);
			}
			const media = subject.images.length + subject.videos.length;
			if (media === 0 && subject.serverId === undefined) {
				problems.push(`The ${which} has nothing to go by: give it an image, a video or a library ID`);
			}
			if (subject.images.length > limits.imagesPerSubject) {
				problems.push(
					`The ${which} has ${subject.images.length} images, but ${who} takes at most ${limits.imagesPerSubject}`,
				);
			}
			if (subject.images.length > 0 && subject.videos.length > 0) {
				problems.push(`The ${which} has images and a video, but may have one or the other`);
			}
			if (subject.voiceId !== undefined && row.subjectVoice !== 'yes') {
				hints.push(`The voice of ${which} has no effect with ${row.model}`);
			}
			for (const video of subject.videos) {
				const problem = urlOrDataProblem(video);
				if (problem) problems.push(`"Video URL" of ${which} ${problem}`);
			}
		}
		const videoSubjects = subjects.filter(({ videos }) => videos.length > 0).length;
		if (videoSubjects > limits.maxVideoSubjects) {
			problems.push(
				limits.maxVideoSubjects === 0
					? `"Video URL" of a subject is set, but ${who} takes no video subjects`
					: `${videoSubjects} subjects are videos, but ${who} takes at most ${limits.maxVideoSubjects}`,
			);
		}
		const stillSubjects = subjects.length - videoSubjects;
		if (limits.maxImageSubjects !== undefined && stillSubjects > limits.maxImageSubjects) {
			problems.push(
				`${stillSubjects} subjects are no videos, but ${who} takes at most ${limits.maxImageSubjects} such`,
			);
		}
		const images = subjects.reduce((sum, subject) => sum + subject.images.length, 0);
		if (limits.maxImages !== undefined && images > limits.maxImages) {
			problems.push(`The subjects have ${images} images together, but ${who} takes at most ${limits.maxImages}`);
		}
		const { unknown, unused } = readMentions(draft.prompt ?? '', names.filter(Boolean));
		for (const word of new Set(unknown)) {
			const known = names.map((name) => `@${name}`).join(', ') || 'none';
			problems.push(`"Prompt" speaks of @${word}, but no subject has this name. Subjects: ${known}`);
		}
		for (const name of unused) {
			hints.push(`The prompt does not speak of @${name}, so this subject may not appear`);
		}
	}

	function checkImages(): void {
		const images = draft.images ?? [];
		const limits = row.images;
		if (limits === undefined) {
			if (images.length > 0) problems.push(`Images are given, but ${who} takes none`);
		} else {
			const max =
				(draft.videos?.length ?? 0) > 0 && limits.maxWithVideos !== undefined
					? limits.maxWithVideos
					: limits.max;
			if (images.length < limits.min || images.length > max) {
				const beside = max === limits.max ? '' : ' beside videos';
				problems.push(
					`${images.length} images are given, but ${who} takes ${rangeText(limits.min, max)}${beside}`,
				);
			}
		}
		for (const image of [...images, ...(draft.subjects ?? []).flatMap((subject) => subject.images)]) {
			const problem = mediaProblem(image);
			if (problem) problems.push(`${capitalised(image.label)} ${problem}`);
		}
	}

	function checkVideos(): void {
		const videos = draft.videos ?? [];
		const max = row.videos?.max ?? 0;
		if (videos.length > max) {
			problems.push(
				max === 0
					? `"Video URLs" are given, but ${who} takes no videos`
					: `"Video URLs" holds ${videos.length}, but ${who} takes at most ${max}`,
			);
		}
		for (const [index, video] of videos.entries()) {
			const problem = urlOrDataProblem(video);
			if (problem) problems.push(`Video ${index + 1} in "Video URLs" ${problem}`);
		}
	}

	function checkRest(): void {
		const { seed, payload, metaData } = draft;
		if (seed !== undefined && !Number.isSafeInteger(seed)) {
			problems.push(`"Seed" is ${seed}, but must be a whole number (0 for a random one)`);
		}
		if (payload !== undefined && payload.length > MAX_PAYLOAD) {
			problems.push(`"Payload" has ${payload.length} characters, but at most ${MAX_PAYLOAD} are allowed`);
		}
		if (metaData !== undefined && !isJsonObject(metaData)) {
			problems.push('"Metadata" must be a JSON object, such as {"Label": "AI"}');
		}
		for (const [label, url] of [
			['Watermark Image URL', draft.wmUrl],
			['Callback URL', draft.callbackUrl],
		] as const) {
			const problem = url === undefined ? null : urlProblem(url);
			if (problem) problems.push(`"${label}" ${problem}`);
		}
		if (draft.watermark !== true && (draft.wmPosition !== undefined || draft.wmUrl !== undefined)) {
			hints.push('The watermark settings have no effect while "Watermark" is off');
		}
	}
}

function mediaProblem(input: MediaInput): string | null {
	return input.kind === 'reference'
		? imageReferenceProblem(input.value)
		: imageProblem(input.image.header, input.image.size);
}

function urlOrDataProblem(reference: string): string | null {
	return /^data:video\/[\w.+-]+;base64,/i.test(reference) ? null : urlProblem(reference);
}

function isJsonObject(value: string): boolean {
	try {
		const parsed: unknown = JSON.parse(value);
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	} catch {
		return false;
	}
}

/** Durations for people: "1–10 s, or 0 for automatic", "4 or 8 s". */
export function durationsText(durations: readonly number[]): string {
	const seconds = durations.filter((value) => value !== 0);
	const [first, last] = [seconds[0], seconds.at(-1)];
	const gapless = seconds.every((value, i) => i === 0 || value === (seconds[i - 1] ?? 0) + 1);
	const text = gapless && seconds.length > 2 ? `${first}–${last}` : seconds.join(' or ');
	return durations.includes(0) ? `${text} s, or 0 for automatic` : `${text} s`;
}

function rangeText(min: number, max: number): string {
	return min === max ? `exactly ${min}` : `${min} to ${max}`;
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

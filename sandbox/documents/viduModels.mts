/**
 * Which model takes what, read off the documents of the four video endpoints (platform.vidu.cn,
 * 2026-08, and their international copies): data only. Written without looking at the node's
 * catalogue, so that each checks the other.
 */
import {
	flag,
	list,
	oneOf,
	table,
	text,
	texts,
	whole,
	type Fields,
	type Table,
} from './fields.mts';
import { NUMBERED_MARK, RETURNED } from './viduCommon.mts';
import type { Endpoint } from './viduPrices.mts';

/** The bodies that the four endpoints take; reference to video has two. */
export type Form = 'text' | 'firstFrame' | 'startEnd' | 'subjects' | 'media';

export interface ModelRules {
	/** Whole seconds; 0 means that the model decides. */
	readonly durations: readonly number[];
	readonly duration: number;
	readonly resolutions: readonly string[];
	/** Where the resolutions depend on the duration. */
	readonly resolutionsAt?: Readonly<Record<number, readonly string[]>>;
	readonly resolution: string;
	/** `any`: every ratio w:h, and `auto`. Absent where the endpoint has no such field. */
	readonly aspects?: readonly string[] | 'any';
	/** The default of `audio`; absent where the model has no such field. */
	readonly audio?: boolean;
	/** Off-peak goes with sound only, without sound only, or not at all. */
	readonly offPeak: 'withAudio' | 'withoutAudio' | 'never';
	/** "Only viduq2-pro": reference videos, or subjects that are a video. */
	readonly videos?: true;
	/** Subjects that are no video. */
	readonly maxSubjects?: number;
	/** Where they are not those of the form and of all providers. */
	readonly maxImages?: number;
	readonly maxPrompt?: number;
	readonly maxImageRatio?: number;
	/** Reference sounds. */
	readonly maxSounds?: number;
}

export interface FormRules {
	readonly endpoint: Endpoint;
	/** Beside the model. */
	readonly required: readonly string[];
	/** Beside those that all forms share. */
	readonly fields: Fields;
	readonly models: Readonly<Record<string, ModelRules>>;
}

/** Fields of every form (tables "Request body"), beside model and prompt. */
const SHARED: Fields = {
	duration: whole(),
	resolution: text(),
	seed: whole(),
	movement_amplitude: oneOf('auto', 'small', 'medium', 'large'),
	off_peak: flag,
	...NUMBERED_MARK,
	...RETURNED,
};
const SOUND: Fields = { bgm: flag, audio: flag };
const AUDIO_TYPE = oneOf('all', 'speech_only', 'sound_effect_only');
const SUBJECT = table(['name'], {
	name: text(),
	images: texts(0, 3),
	videos: texts(0, 1),
	voice_id: text(),
	server_id: text(),
});

/** The table of a form's request body, with prompts of at most `maxPrompt` characters. */
export const tableOf = ({ required, fields, models }: FormRules, maxPrompt: number): Table =>
	table(['model', ...required], {
		model: oneOf(...Object.keys(models)),
		prompt: text(maxPrompt),
		...SHARED,
		...fields,
	});

const seconds = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

const THREE = ['16:9', '9:16', '1:1'];
const FIVE = [...THREE, '3:4', '4:3'];
/** For reference media the documents disagree; together they allow these. */
const SIX = [...FIVE, 'auto'];

const FULL = { resolutions: ['540p', '720p', '1080p'], resolution: '720p' };
const FAST = { resolutions: ['720p', '1080p'], resolution: '720p' };

/** The preview of October 2026, as five integrators describe it; the page itself is not stored. */
const Q4: ModelRules = {
	durations: seconds(3, 16),
	duration: 5,
	resolutions: ['540p', '720p', '1080p', '2K', '4K'],
	resolution: '720p',
	audio: true,
	offPeak: 'never',
	maxPrompt: 20_000,
	maxImageRatio: 5,
};
/** Told by an answer: "duration only support between 2 to 15". */
const DRAMA: ModelRules = {
	durations: seconds(2, 15),
	duration: 5,
	resolutions: ['720p', '1080p'],
	resolution: '720p',
	aspects: ['9:16', '16:9'],
	audio: true,
	offPeak: 'never',
	maxSubjects: 7,
};

const Q3 = { duration: 5, audio: true, offPeak: 'withAudio' } as const;
const Q2 = { duration: 5, offPeak: 'withoutAudio' } as const;
const Q1 = {
	durations: [5],
	duration: 5,
	resolutions: ['1080p'],
	resolution: '1080p',
	offPeak: 'withoutAudio',
} as const;
const VIDU2_FRAMES: ModelRules = {
	durations: [4, 8],
	duration: 4,
	resolutions: ['360p', '720p', '1080p'],
	resolutionsAt: { 8: ['720p'] },
	resolution: '360p',
	offPeak: 'withoutAudio',
};
const VIDU2_REFERENCE: ModelRules = {
	durations: [4],
	duration: 4,
	resolutions: ['360p', '720p'],
	resolution: '360p',
	offPeak: 'withoutAudio',
};

export const FORMS: Readonly<Record<Form, FormRules>> = {
	text: {
		endpoint: 'text2video',
		required: ['prompt'],
		fields: { style: oneOf('general', 'anime'), aspect_ratio: text(), ...SOUND },
		models: {
			'viduq3-turbo': { ...Q3, ...FULL, durations: seconds(1, 16), aspects: FIVE },
			'viduq3-pro': { ...Q3, ...FULL, durations: seconds(1, 16), aspects: FIVE },
			viduq2: { ...Q2, ...FULL, durations: seconds(1, 10), aspects: FIVE },
			viduq1: { ...Q1, aspects: THREE },
		},
	},
	firstFrame: {
		endpoint: 'img2video',
		required: ['images'],
		fields: {
			images: texts(1, 1),
			voice_id: text(),
			is_rec: flag,
			...SOUND,
			audio_type: AUDIO_TYPE,
		},
		models: {
			'viduq4-preview': Q4,
			'viduq3-pro': { ...Q3, ...FULL, durations: seconds(1, 16) },
			'viduq3-turbo': { ...Q3, ...FULL, durations: seconds(1, 16) },
			'viduq3-pro-fast': { ...Q3, ...FAST, durations: seconds(1, 16) },
			'viduq2-pro-fast': { ...Q2, ...FAST, durations: seconds(1, 10), audio: false },
			'viduq2-pro': { ...Q2, ...FULL, durations: seconds(1, 10), audio: false },
			'viduq2-turbo': { ...Q2, ...FULL, durations: seconds(1, 10), audio: false },
			viduq1: { ...Q1, audio: false },
			'viduq1-classic': { ...Q1, audio: false },
			'vidu2.0': { ...VIDU2_FRAMES, audio: false },
		},
	},
	startEnd: {
		endpoint: 'start-end2video',
		required: ['images'],
		fields: { images: texts(2, 2), is_rec: flag, ...SOUND },
		models: {
			'viduq3-turbo': { ...Q3, ...FULL, durations: seconds(1, 16) },
			'viduq3-pro': { ...Q3, ...FULL, durations: seconds(1, 16) },
			'viduq2-pro-fast': { ...Q2, ...FAST, durations: seconds(1, 8) },
			'viduq2-pro': { ...Q2, ...FULL, durations: seconds(1, 8) },
			'viduq2-turbo': { ...Q2, ...FULL, durations: seconds(1, 8) },
			viduq1: Q1,
			'viduq1-classic': Q1,
			'vidu2.0': VIDU2_FRAMES,
		},
	},
	subjects: {
		endpoint: 'reference2video',
		required: ['subjects', 'prompt'],
		fields: {
			subjects: list(1, undefined, SUBJECT),
			auto_subjects: flag,
			aspect_ratio: text(),
			audio: flag,
			audio_type: AUDIO_TYPE,
		},
		models: {
			'viduq3-turbo': {
				...Q3,
				...FULL,
				durations: seconds(3, 16),
				aspects: 'any',
				maxSubjects: 7,
			},
			viduq3: { ...Q3, ...FULL, durations: seconds(3, 16), aspects: 'any', maxSubjects: 7 },
			'viduq3-drama': DRAMA,
			'viduq2-pro': {
				...Q2,
				...FULL,
				durations: seconds(0, 10),
				aspects: 'any',
				maxSubjects: 4,
				audio: false,
				videos: true,
			},
			viduq2: {
				...Q2,
				...FULL,
				durations: seconds(1, 10),
				aspects: 'any',
				maxSubjects: 7,
				audio: false,
			},
			viduq1: { ...Q1, aspects: THREE, maxSubjects: 7, audio: false },
			'vidu2.0': { ...VIDU2_REFERENCE, aspects: THREE, maxSubjects: 7, audio: false },
		},
	},
	media: {
		endpoint: 'reference2video',
		required: ['images', 'prompt'],
		fields: {
			images: texts(1, 15),
			videos: texts(1, 2),
			sounds: texts(0, 3),
			aspect_ratio: text(),
			...SOUND,
		},
		models: {
			'viduq4-preview': { ...Q4, aspects: FIVE, maxImages: 15, maxSounds: 3 },
			'viduq3-drama': DRAMA,
			'viduq3-mix': {
				...Q3,
				...FAST,
				durations: seconds(3, 16),
				aspects: SIX,
				offPeak: 'never',
			},
			'viduq3-turbo': { ...Q3, ...FULL, durations: seconds(3, 16), aspects: SIX },
			viduq3: { ...Q3, ...FULL, durations: seconds(3, 16), aspects: SIX },
			'viduq2-pro': { ...Q2, ...FULL, durations: seconds(0, 10), aspects: SIX, videos: true },
			viduq2: { ...Q2, ...FULL, durations: seconds(1, 10), aspects: SIX },
			viduq1: { ...Q1, aspects: THREE },
			'vidu2.0': { ...VIDU2_REFERENCE, aspects: THREE },
		},
	},
};

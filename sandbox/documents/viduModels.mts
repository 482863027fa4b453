/**
 * Which model takes what, read off the documents of the four video endpoints (platform.vidu.cn,
 * 2026-08, and their international copies): data only. Written without looking at the node's
 * catalogue, so that each checks the other.
 */
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
}

export interface FormRules {
	readonly endpoint: Endpoint;
	/** Fields beside those that all forms share. */
	readonly fields: readonly string[];
	readonly promptRequired: boolean;
	readonly images?: readonly [min: number, max: number];
	readonly models: Readonly<Record<string, ModelRules>>;
}

/** Fields of every form (tables "Request body"). */
export const SHARED_FIELDS = [
	'model',
	'prompt',
	'duration',
	'resolution',
	'seed',
	'movement_amplitude',
	'payload',
	'off_peak',
	'watermark',
	'wm_position',
	'wm_url',
	'meta_data',
	'callback_url',
] as const;

const seconds = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

const THREE = ['16:9', '9:16', '1:1'];
const FIVE = [...THREE, '3:4', '4:3'];
/** For reference media the documents disagree; together they allow these. */
const SIX = [...FIVE, 'auto'];

const FULL = { resolutions: ['540p', '720p', '1080p'], resolution: '720p' };
const FAST = { resolutions: ['720p', '1080p'], resolution: '720p' };

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
		fields: ['style', 'aspect_ratio', 'bgm', 'audio'],
		promptRequired: true,
		models: {
			'viduq3-turbo': { ...Q3, ...FULL, durations: seconds(1, 16), aspects: FIVE },
			'viduq3-pro': { ...Q3, ...FULL, durations: seconds(1, 16), aspects: FIVE },
			viduq2: { ...Q2, ...FULL, durations: seconds(1, 10), aspects: FIVE },
			viduq1: { ...Q1, aspects: THREE },
		},
	},
	firstFrame: {
		endpoint: 'img2video',
		fields: ['images', 'voice_id', 'is_rec', 'bgm', 'audio', 'audio_type'],
		promptRequired: false,
		images: [1, 1],
		models: {
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
		fields: ['images', 'is_rec', 'bgm', 'audio'],
		promptRequired: false,
		images: [2, 2],
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
		fields: ['subjects', 'auto_subjects', 'aspect_ratio', 'audio', 'audio_type'],
		promptRequired: true,
		models: {
			'viduq3-turbo': {
				...Q3,
				...FULL,
				durations: seconds(3, 16),
				aspects: 'any',
				maxSubjects: 7,
			},
			viduq3: { ...Q3, ...FULL, durations: seconds(3, 16), aspects: 'any', maxSubjects: 7 },
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
		fields: ['images', 'videos', 'bgm', 'aspect_ratio', 'audio'],
		promptRequired: true,
		images: [1, 7],
		models: {
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

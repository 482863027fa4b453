/**
 * What the models of a family have in common at every task. A row is the body of its task, its
 * family, and what is its own. Source: the documents named in the rows.
 */
import type { ModelRow } from '../types';

type Fragment = Partial<ModelRow>;

const RESOLUTIONS = ['540p', '720p', '1080p'] as const;

/** With sound unless told otherwise, and off-peak only with sound. */
export const Q3 = {
	defaultDuration: 5,
	resolutions: RESOLUTIONS,
	defaultResolution: '720p',
	audio: { default: true },
	movementAmplitude: 'noEffect',
	offPeak: 'withAudio',
} as const satisfies Fragment;

export const Q2 = {
	defaultDuration: 5,
	resolutions: RESOLUTIONS,
	defaultResolution: '720p',
	movementAmplitude: 'noEffect',
	offPeak: 'withoutAudio',
} as const satisfies Fragment;

export const Q1 = {
	durations: [5],
	defaultDuration: 5,
	resolutions: ['1080p'],
	defaultResolution: '1080p',
	movementAmplitude: 'yes',
	offPeak: 'withoutAudio',
} as const satisfies Fragment;

/** Vidu 2.0 where it animates one or two given frames. */
export const V2_FRAMES = {
	durations: [4, 8],
	defaultDuration: 4,
	resolutions: ['360p', '720p', '1080p'],
	resolutionsAt: { 8: ['720p'] },
	defaultResolution: '360p',
	movementAmplitude: 'yes',
	offPeak: 'withoutAudio',
} as const satisfies Fragment;

/** Vidu 2.0 with references. */
export const V2_REFERENCE = {
	durations: [4],
	defaultDuration: 4,
	resolutions: ['360p', '720p'],
	defaultResolution: '360p',
	movementAmplitude: 'yes',
	offPeak: 'withoutAudio',
} as const satisfies Fragment;

/** The aspect ratios that every model with this field takes, and those of the newer ones. */
export const BASIC_RATIOS = ['16:9', '9:16', '1:1'] as const;
export const ALL_RATIOS = [...BASIC_RATIOS, '4:3', '3:4'] as const;

/** Whole seconds from `first` to `last`, both included. */
export function seconds(first: number, last: number): readonly number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

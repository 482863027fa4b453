/** Rules that many rows share, by the names of the fields. */
import type { RecordingLimits } from './limits';
import type { ChoiceRule, RecordingsRule, Rules, SecondsRule, SwitchRule, TextRule } from './rules';

/** From small to large. */
export const RESOLUTIONS = ['360p', '540p', '720p', '1080p', '2K', '4K', '8K'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Resolutions; the first is the default unless given. */
export function resolutions(
	values: readonly [Resolution, ...Resolution[]],
	given: Resolution = values[0],
): ChoiceRule {
	return { kind: 'choice', values, default: given };
}

/** The aspect ratios that every model with this field accepts, and those of newer ones. */
export const BASIC_RATIOS = ['16:9', '9:16', '1:1'] as const;
export const ALL_RATIOS = [...BASIC_RATIOS, '4:3', '3:4'] as const;
export const RATIOS_AND_AUTO = [...ALL_RATIOS, 'auto'] as const;

/** Aspect ratios, 16:9 by default. */
export function ratios(values: readonly string[], more: Partial<ChoiceRule> = {}): ChoiceRule {
	return { kind: 'choice', values, default: '16:9', ...more };
}

/** Whole seconds from `first` to `last` inclusive, 5 by default. */
export function seconds(first: number, last: number): SecondsRule {
	const values = Array.from({ length: last - first + 1 }, (_, index) => first + index);
	return { kind: 'seconds', values, default: values.includes(5) ? 5 : first };
}

/** Sound by default, or not. */
export const AUDIO_ON: SwitchRule = { kind: 'switch', default: true };
export const AUDIO_OFF: SwitchRule = { kind: 'switch', default: false };

/** A prompt of up to so many characters. */
export function prompt(max: number, required: 'required' | 'optional'): TextRule {
	return { kind: 'text', max, ...(required === 'required' && { required: true }) };
}

/**
 * Reference videos of up to so many seconds, one by default. They may be larger than 20 MB at an address,
 * where nobody looks before the provider does.
 * Source: platform.vidu.cn/docs, reference to video and subject library, 2026-08-12.
 */
export function videosOf(
	maxSeconds: number,
	max = 1,
	more: Pick<RecordingLimits, 'maxSecondsOfSeveral'> = {},
): RecordingsRule {
	const limits = { minSide: 128, maxRatio: 4, maxBytes: 20_000_000, ...more };
	return {
		kind: 'recordings',
		type: 'video',
		max,
		limits: { ...limits, seconds: [0, maxSeconds] },
	};
}

const on = { kind: 'switch', option: true, default: false } as const;

/** The options that kinds have in common. */
const OPTIONS = {
	audioType: {
		kind: 'choice',
		option: true,
		needsAudio: true,
		values: ['all', 'speech_only', 'sound_effect_only'],
		default: 'all',
	},
	autoSubjects: on,
	bgm: on,
	callbackUrl: { kind: 'url', option: true, posted: true },
	isRec: on,
	metaData: { kind: 'text', option: true, verbatim: true, json: true },
	movementAmplitude: {
		kind: 'choice',
		option: true,
		values: ['auto', 'small', 'medium', 'large'],
		default: 'auto',
	},
	offPeak: on,
	payload: { kind: 'text', option: true, verbatim: true, max: 1_048_576 },
	sourceSeconds: { kind: 'number', option: true, min: 0.1, default: 10 },
	seed: { kind: 'number', option: true, whole: true, default: 0 },
	style: { kind: 'choice', option: true, values: ['anime', 'general'], default: 'general' },
	voiceId: { kind: 'text', option: true, needsAudio: true },
	watermark: on,
	wmPosition: { kind: 'choice', option: true, values: [1, 2, 3, 4], default: 3 },
	wmUrl: { kind: 'url', option: true },
} as const satisfies Rules;

export type OptionName = keyof typeof OPTIONS;

/** The length of a source of up to so many seconds, on which the price depends. */
export function sourceOf(max: number) {
	return { sourceSeconds: { ...OPTIONS.sourceSeconds, max } };
}

/** The rules of these options. */
export function options<N extends OptionName>(...names: N[]) {
	return Object.fromEntries(names.map((name) => [name, OPTIONS[name]])) as Pick<typeof OPTIONS, N>;
}

/** The rules of options that are accepted and ignored. */
export function ignored<N extends OptionName>(...names: N[]) {
	const rules = names.map((name) => [name, { ...OPTIONS[name], noEffect: true }]);
	return Object.fromEntries(rules) as Pick<typeof OPTIONS, N>;
}

/** Off-peak, which is possible only with audio, or only without. */
export function offPeak(audio: 'withAudio' | 'withoutAudio') {
	return { offPeak: { ...OPTIONS.offPeak, withAudio: audio === 'withAudio' } };
}

/** Fields that are returned with the result or mark it, independent of the model. */
export const RETURNED = options('callbackUrl', 'payload');
export const MARKED = {
	...RETURNED,
	...options('metaData', 'watermark', 'wmPosition', 'wmUrl'),
};

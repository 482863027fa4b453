/** Rules that many rows share, by the names of the fields. */
import type { ChoiceRule, Rules, SecondsRule, SwitchRule, TextRule } from './rules';

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
	seed: { kind: 'number', option: true, whole: true, default: 0 },
	style: { kind: 'choice', option: true, values: ['anime', 'general'], default: 'general' },
	voiceId: { kind: 'text', option: true, needsAudio: true },
	watermark: on,
	wmPosition: { kind: 'choice', option: true, values: [1, 2, 3, 4], default: 3 },
	wmUrl: { kind: 'url', option: true },
} as const satisfies Rules;

export type OptionName = keyof typeof OPTIONS;

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

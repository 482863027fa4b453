/** Speech, cloned voices and sound effects. */
import { options } from '../fields';
import type { NumberRule, Rules } from '../rules';
import type { RowOf } from '../types';
import { withoutModels } from './withoutModels';

/** Credits for each begun 500 characters that are spoken. Source: platform.vidu.cn/docs/pricing. */
const SPOKEN = { by: 'characters', base: 0, credits: 10, every: 500 } as const;

/** Source: platform.vidu.cn/docs, text to speech. */
export const textToSpeech = withoutModels('textToSpeech', {
	fields: {
		text: { kind: 'text', required: true, max: 9999, spoken: true },
		voiceId: { kind: 'text', required: true },
		speed: { kind: 'number', option: true, min: 0.5, max: 2, default: 1 },
		volume: { kind: 'number', option: true, min: 0, max: 10, whole: true, default: 0 },
		pitch: { kind: 'number', option: true, min: -12, max: 12, whole: true, default: 0 },
		emotion: {
			kind: 'choice',
			option: true,
			values: ['angry', 'calm', 'disgusted', 'fearful', 'happy', 'sad', 'surprised'],
			default: 'calm',
		},
		pronunciations: { kind: 'texts', option: true },
		...options('payload'),
	},
	price: SPOKEN,
});

/** Source: platform.vidu.cn/docs, voice clone. */
export const cloneVoice = withoutModels('cloneVoice', {
	fields: {
		audioUrl: { kind: 'url', required: true },
		voiceId: {
			kind: 'text',
			required: true,
			form: {
				pattern: /^[A-Za-z][\w-]{6,254}[A-Za-z0-9]$/,
				words: '8 to 256 letters, digits, - or _, with a letter first and neither - nor _ last',
			},
		},
		text: { kind: 'text', required: true, max: 1000, spoken: true },
		promptAudioUrl: { kind: 'url', option: true },
		promptText: { kind: 'text', option: true },
		...options('payload'),
	},
	price: { ...SPOKEN, base: 300 },
});

const DURATION: NumberRule = { kind: 'number', min: 2, max: 10, default: 10 };
const EFFECT = { kind: 'text', required: true, max: 1500 } as const;
const effect = {
	model: 'audio1.0',
	price: { by: 'length', below: 5, credits: 10, otherwise: 20 },
} as const;
const ofEffects = options('callbackUrl', 'seed');

/** Source: platform.vidu.cn/docs, text to audio. */
export const textToAudio = (): ReadonlyArray<RowOf<'textToAudio'>> => [
	{
		...effect,
		kind: 'textToAudio',
		fields: { prompt: EFFECT, duration: DURATION, ...ofEffects },
	},
];

/** Source: platform.vidu.cn/docs, timing to audio. */
export const timingToAudio = (): ReadonlyArray<RowOf<'timingToAudio'>> => {
	const event = {
		from: { kind: 'number', required: true, min: 0, max: 10, default: 0 },
		to: { kind: 'number', required: true, min: 0, max: 10, default: 10 },
		prompt: EFFECT,
	} satisfies Rules;
	const timingPrompts = {
		kind: 'list',
		min: 1,
		max: Infinity,
		of: event,
		within: 'duration',
	} as const;
	return [
		{
			...effect,
			kind: 'timingToAudio',
			fields: { timingPrompts, duration: DURATION, ...ofEffects },
		},
	];
};

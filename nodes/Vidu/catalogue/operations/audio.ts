/** Speech, cloned voices and sound effects. */
import type { NumberRule, OperationRow } from './types';

/** Credits for each begun 500 characters that are spoken. Source: platform.vidu.cn/docs/pricing. */
const SPOKEN = { by: 'characters', base: 0, credits: 10, every: 500 } as const;

const textToSpeech: OperationRow = {
	task: 'textToSpeech',
	model: null,
	fields: {
		text: { kind: 'text', required: true, max: 9999, spoken: true },
		voiceId: { kind: 'text', required: true },
		speed: { kind: 'number', min: 0.5, max: 2, preset: 1 },
		volume: { kind: 'number', min: 0, max: 10, whole: true, preset: 0 },
		pitch: { kind: 'number', min: -12, max: 12, whole: true, preset: 0 },
		emotion: {
			kind: 'choice',
			values: ['angry', 'calm', 'disgusted', 'fearful', 'happy', 'sad', 'surprised'],
			preset: 'calm',
		},
		pronunciations: { kind: 'texts' },
	},
	options: ['payload'],
	price: SPOKEN,
	sources: ['platform.vidu.cn/docs, text to speech'],
};

const cloneVoice: OperationRow = {
	task: 'cloneVoice',
	model: null,
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
		promptAudioUrl: { kind: 'url' },
		promptText: { kind: 'text' },
	},
	options: ['payload'],
	price: { ...SPOKEN, base: 300 },
	sources: ['platform.vidu.cn/docs, voice clone'],
};

const DURATION: NumberRule = { kind: 'number', min: 2, max: 10, preset: 10 };
const EFFECT_PROMPT = { kind: 'text', required: true, max: 1500 } as const;
const effect = {
	model: 'audio1.0',
	options: ['callbackUrl', 'seed'],
	price: { by: 'length', below: 5, credits: 10, otherwise: 20 },
} as const;

const textToAudio: OperationRow = {
	...effect,
	task: 'textToAudio',
	fields: { prompt: EFFECT_PROMPT, duration: DURATION },
	sources: ['platform.vidu.cn/docs, text to audio'],
};

const timingToAudio: OperationRow = {
	...effect,
	task: 'timingToAudio',
	fields: {
		timingPrompts: {
			kind: 'list',
			min: 1,
			max: Infinity,
			of: {
				from: { kind: 'number', required: true, min: 0, max: 10, preset: 0 },
				to: { kind: 'number', required: true, min: 0, max: 10, preset: 10 },
				prompt: EFFECT_PROMPT,
			},
			span: { from: 'from', to: 'to', end: 'duration' },
		},
		duration: DURATION,
	},
	sources: ['platform.vidu.cn/docs, timing to audio'],
};

export const audioRows: readonly OperationRow[] = [
	textToSpeech,
	cloneVoice,
	textToAudio,
	timingToAudio,
];

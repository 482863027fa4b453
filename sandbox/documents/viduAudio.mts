/** "Text to audio", "Timing to audio", "Text to speech" and "Voice clone". */
import {
	checkTable,
	number,
	oneOf,
	rows,
	text,
	texts,
	whole,
	type Body,
	type Check,
	type Table,
} from './fields.mts';
import { CALLBACK, PAYLOAD, voiceAudio } from './viduCommon.mts';
import { invalid } from './viduErrors.mts';
import { integer, objects } from './values.mts';

const SECONDS = 10;
const EFFECT_PROMPT = text(1500);
const EFFECT = {
	model: oneOf('audio1.0'),
	duration: number(2, SECONDS),
	seed: whole(),
	...CALLBACK,
};

const TEXT_TO_AUDIO: Table = {
	required: ['model', 'prompt'],
	fields: { ...EFFECT, prompt: EFFECT_PROMPT },
};

const EVENT: Table = {
	required: ['from', 'to', 'prompt'],
	fields: { from: number(0, SECONDS), to: number(0, SECONDS), prompt: EFFECT_PROMPT },
};

const TIMING_TO_AUDIO: Table = {
	required: ['model', 'timing_prompts'],
	fields: { ...EFFECT, timing_prompts: rows(1, Infinity, EVENT) },
};

/** "<#x#>, x from 0.01 to 99.99 seconds, at most two decimals". */
const PAUSE = /<#([^#]*)#>/g;
const PAUSE_SECONDS = /^\d{1,2}(\.\d{1,2})?$/;

/** Text to be spoken, of `min` to `max` characters, with pauses between words. */
export const spoken =
	({ min = 0, max = Infinity, hanCounts = 1 }): Check =>
	(field, value) => {
		text()(field, value);
		const all = String(value);
		const han = all.match(/\p{Script=Han}/gu)?.length ?? 0;
		const length = [...all].length + han * (hanCounts - 1);
		if (length < min || length > max) throw invalid(field, `${min} to ${max} characters`);
		const pauses = [...all.matchAll(PAUSE)].map(([, seconds = '']) => seconds);
		if (pauses.some((seconds) => !PAUSE_SECONDS.test(seconds) || Number(seconds) < 0.01)) {
			throw invalid(field, 'a pause lasts 0.01 to 99.99 seconds');
		}
		if (pauses.length > 0 && all.split(/<#[^#]*#>/).some((part) => part.trim() === '')) {
			throw invalid(field, 'a pause stands between two spoken texts');
		}
	};

/** "Less than 10,000 characters." */
const TEXT_TO_SPEECH: Table = {
	required: ['text', 'voice_setting_voice_id'],
	fields: {
		text: spoken({ max: 9999 }),
		// The list of voices is a document of its own; any name is taken.
		voice_setting_voice_id: text(),
		voice_setting_speed: number(0.5, 2),
		voice_setting_volume: whole(0, 10),
		voice_setting_pitch: whole(-12, 12),
		voice_setting_emotion: oneOf(
			...['happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised', 'calm'],
		),
		pronunciation_dict_tone: texts(0, Infinity),
		...PAYLOAD,
	},
};

/** "8 to 256 characters, a letter first, then letters, digits, - and _, neither of these last." */
const voiceName: Check = (field, value) => {
	if (!/^[A-Za-z][\w-]{6,254}[A-Za-z0-9]$/.test(String(value))) {
		throw invalid(field, '8 to 256 letters, digits, - or _, a letter first, no - or _ last');
	}
};

const VOICE_CLONE: Table = {
	required: ['audio_url', 'voice_id', 'text'],
	fields: {
		audio_url: voiceAudio,
		voice_id: voiceName,
		prompt_audio_url: voiceAudio,
		prompt_text: text(),
		text: spoken({ max: 1000 }),
		...PAYLOAD,
	},
};

/** Seconds of a sound effect. */
export const effectSeconds = (body: Body) => integer(body, 'duration') ?? SECONDS;

/** @throws {Refusal} as do all readers of this file */
export const readTextToAudio = (parameters: unknown): Body => checkTable(TEXT_TO_AUDIO, parameters);
export const readTextToSpeech = (parameters: unknown): Body =>
	checkTable(TEXT_TO_SPEECH, parameters);
export const readVoiceClone = (parameters: unknown): Body => checkTable(VOICE_CLONE, parameters);

/** "from and to must lie within 0 and the duration." */
export function readTimingToAudio(parameters: unknown): Body {
	const body = checkTable(TIMING_TO_AUDIO, parameters);
	for (const [index, event] of objects(body, 'timing_prompts').entries()) {
		const { from, to } = { from: integer(event, 'from') ?? 0, to: integer(event, 'to') ?? 0 };
		if (to > effectSeconds(body)) throw invalid(`timing_prompts[${index}].to`, 'after the end');
		if (from >= to) throw invalid(`timing_prompts[${index}].from`, 'not before its end');
	}
	return body;
}

/** Characters that are spoken in a second at normal speed. */
const PACE = 12;

/** How long a text takes to speak, in seconds: a second at least. */
export function speechSeconds(words: string, speed = 1): number {
	const pauses = [...words.matchAll(PAUSE)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
	const spokenSeconds = [...words.replace(PAUSE, '')].length / PACE / speed;
	return Math.max(1, Math.round((spokenSeconds + pauses) * 10) / 10);
}

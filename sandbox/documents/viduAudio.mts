/** "Text to audio", "Timing to audio", "Text to speech" and "Voice clone". */
import { check } from './check.mts';
import { list, matching, number, oneOf, spoken, table, text, texts, whole } from './fields.mts';
import { CALLBACK, PAYLOAD, voiceAudio } from './viduCommon.mts';
import { PAUSE } from './keywords.mts';
import { integer, objects, type Body } from './values.mts';
import { invalid } from './viduErrors.mts';

const SECONDS = 10;
const EFFECT_PROMPT = text(1500);
const EFFECT = {
	model: oneOf('audio1.0'),
	duration: number(2, SECONDS),
	seed: whole(),
	...CALLBACK,
};

const TEXT_TO_AUDIO = table(['model', 'prompt'], { ...EFFECT, prompt: EFFECT_PROMPT });

const EVENT = table(['from', 'to', 'prompt'], {
	from: number(0, SECONDS),
	to: number(0, SECONDS),
	prompt: EFFECT_PROMPT,
});

const TIMING_TO_AUDIO = table(['model', 'timing_prompts'], {
	...EFFECT,
	timing_prompts: list(1, undefined, EVENT),
});

/** "Less than 10,000 characters." */
const TEXT_TO_SPEECH = table(['text', 'voice_setting_voice_id'], {
	text: spoken({ max: 9999 }),
	// The list of voices is a document of its own; any name is taken.
	voice_setting_voice_id: text(),
	voice_setting_speed: number(0.5, 2),
	voice_setting_volume: whole(0, 10),
	voice_setting_pitch: whole(-12, 12),
	voice_setting_emotion: oneOf(
		...['happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised', 'calm'],
	),
	pronunciation_dict_tone: texts(0),
	...PAYLOAD,
});

/** "8 to 256 characters, a letter first, then letters, digits, - and _, neither of these last." */
const VOICE_NAME = matching('^[A-Za-z][\\w-]{6,254}[A-Za-z0-9]$');

const VOICE_CLONE = table(['audio_url', 'voice_id', 'text'], {
	audio_url: voiceAudio,
	voice_id: VOICE_NAME,
	prompt_audio_url: voiceAudio,
	prompt_text: text(),
	text: spoken({ max: 1000 }),
	...PAYLOAD,
});

/** Seconds of a sound effect. */
export const effectSeconds = (body: Body) => integer(body, 'duration') ?? SECONDS;

/** @throws {Refusal} as do all readers of this file */
export const readTextToAudio = (parameters: unknown): Body => check(TEXT_TO_AUDIO, parameters);
export const readTextToSpeech = (parameters: unknown): Body => check(TEXT_TO_SPEECH, parameters);
export const readVoiceClone = (parameters: unknown): Body => check(VOICE_CLONE, parameters);

/** "from and to must lie within 0 and the duration." */
export function readTimingToAudio(parameters: unknown): Body {
	const body = check(TIMING_TO_AUDIO, parameters);
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

/** "Lip sync", "Motion sync" and "Digital human": people who speak and move. */
import { check } from './check.mts';
import { number, oneOf, spoken, table, text, whole } from './fields.mts';
import type { Body } from './values.mts';
import { RESOLUTIONS, RETURNED, anyAudio, plainVideo } from './viduCommon.mts';
import { invalid, lacking } from './viduErrors.mts';

/** "4 to 2,000 characters: 2 to 1,000 Chinese or 4 to 2,000 English ones". */
const LIP_TEXT = { min: 4, max: 2000, hanCounts: 2 };

/** `payload` is only in the answer's table, as what the request passed in: so it is taken. */
const LIP_SYNC = table(['video_url'], {
	video_url: plainVideo,
	audio_url: anyAudio,
	text: spoken(LIP_TEXT),
	speed: number(0.5, 2),
	voice_id: text(),
	ref_photo_url: text(),
	volume: whole(0, 10),
	...RETURNED,
});

const MOTION_SYNC = table(['image_url', 'video_url'], {
	image_url: text(),
	video_url: plainVideo,
	...RETURNED,
});

const DIGITAL_HUMAN = table(['model', 'image'], {
	model: oneOf('viduq2-turbo', 'viduq2-pro'),
	image: text(),
	prompt: text(2000),
	audio_url: anyAudio,
	// The page gives no limit for this text.
	text: spoken({}),
	voice_id: text(),
	resolution: oneOf(...RESOLUTIONS),
	...RETURNED,
});

/** Sides in pixels, and the longer side over the shorter one. */
export const MOTION_IMAGE = { minSide: 200, maxSide: 4096, maxRatio: 3 };
export const FACE_IMAGE = { minSide: 192, maxSide: 4096, maxRatio: Infinity };

/** @throws {Refusal} as do all readers of this file */
export const readLipSync = (parameters: unknown): Body => withSpeech(check(LIP_SYNC, parameters));
export const readMotionSync = (parameters: unknown): Body => check(MOTION_SYNC, parameters);
export const readDigitalHuman = (parameters: unknown): Body =>
	withSpeech(check(DIGITAL_HUMAN, parameters));

/** Lip sync takes 1 to 600 seconds, of video and of audio; motion sync 2 to 30 of video. */
export const LIP_SECONDS = [1, 600] as const;
export const MOTION_SECONDS = [2, 30] as const;

export function checkSeconds(
	field: string,
	seconds: number,
	[min, max]: readonly [number, number],
): void {
	if (seconds < min || seconds > max) throw invalid(field, `${min} to ${max} seconds`);
}

/** With both, the audio is used. */
function withSpeech(body: Body): Body {
	if (!body.audio_url && !body.text) throw lacking('audio_url');
	return body;
}

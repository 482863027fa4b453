/** What the models of a family have in common at every kind of clip. Source: the documents named in the rows. */
import {
	AUDIO_ON,
	ignored,
	offPeak,
	options,
	prompt,
	ratios,
	resolutions,
	seconds,
} from '../fields';
import type { RecordingLimits } from '../limits';
import type { Rules, SecondsRule } from '../rules';

const HD = resolutions(['540p', '720p', '1080p'], '720p');

/** A single duration, or a few, the first by default. */
const only = (...values: [number, ...number[]]): SecondsRule => ({
	kind: 'seconds',
	values,
	default: values[0],
});

/**
 * Vidu Q4 (preview), of which no official text is stored. Source: several integrators that agree
 * (docs.comfy.org, wavespeed.ai, muapi.ai, a client of api.vidu.cn), October 2026. The press says 1 to
 * 16 seconds; the prompt may have 5000 characters by some, 20,000 by others.
 */
export const Q4 = {
	duration: { ...seconds(3, 16), disputed: [1, 2] },
	resolution: resolutions(['540p', '720p', '1080p', '2K', '4K'], '720p'),
	audio: AUDIO_ON,
	// In no source.
	...ignored('audioType', 'bgm', 'movementAmplitude', 'offPeak', 'voiceId'),
} satisfies Rules;

export const Q4_IMAGES = { maxRatio: 5 };

/** MP3. */
export const Q4_SOUNDS: RecordingLimits = {
	seconds: [3, 12],
	minSide: 0,
	maxRatio: Infinity,
	maxBytes: 50_000_000,
};

export function promptQ4(required: 'required' | 'optional') {
	return { ...prompt(20_000, required), hintAbove: 5000 };
}

/** With sound unless told otherwise, and off-peak only with sound. */
export const Q3 = {
	resolution: HD,
	audio: AUDIO_ON,
	...ignored('movementAmplitude'),
	...offPeak('withAudio'),
} satisfies Rules;

export const Q2 = {
	resolution: HD,
	...ignored('movementAmplitude'),
	...offPeak('withoutAudio'),
} satisfies Rules;

const older = { ...options('movementAmplitude'), ...offPeak('withoutAudio') };

export const Q1 = {
	duration: only(5),
	resolution: resolutions(['1080p']),
	...older,
} satisfies Rules;

/** Vidu 2.0 where it animates one or two given frames. */
export const V2_FRAMES = {
	duration: only(4, 8),
	resolution: { ...resolutions(['360p', '720p', '1080p']), at: { 8: ['720p'] } },
	...older,
} satisfies Rules;

/** Vidu 2.0 with references. */
export const V2_REFERENCE = {
	duration: only(4),
	resolution: resolutions(['360p', '720p']),
	...older,
} satisfies Rules;

/**
 * Q3 Drama, whose limits are second-hand. Source: an integrator's notes on the Q3 reference pages and
 * its calls, August 2026; Alibaba Model Studio.
 */
export const DRAMA = {
	duration: seconds(2, 15),
	resolution: resolutions(['720p', '1080p']),
	aspectRatio: ratios(['9:16', '16:9'], { default: '9:16' }),
	audio: AUDIO_ON,
	...ignored('bgm', 'movementAmplitude'),
	...options('offPeak'),
	// Seen on by default.
	watermark: { kind: 'switch', default: false },
} satisfies Rules;

/** What the fast models make. */
export const FAST_HD = { resolution: resolutions(['720p', '1080p']) } satisfies Rules;

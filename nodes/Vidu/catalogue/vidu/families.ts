/** What the models of a family have in common at every kind of clip. Source: the documents named in the rows. */
import { AUDIO_ON, ignored, offPeak, options, resolutions } from '../fields';
import type { Rules, SecondsRule } from '../rules';

const HD = resolutions(['540p', '720p', '1080p'], '720p');

/** A single duration, or a few, the first by default. */
const only = (...values: [number, ...number[]]): SecondsRule => ({
	kind: 'seconds',
	values,
	default: values[0],
});

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

/** What the fast models make. */
export const FAST_HD = { resolution: resolutions(['720p', '1080p']) } satisfies Rules;

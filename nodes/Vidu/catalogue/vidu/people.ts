/** People who speak and move: lip sync, motion sync, digital human. */
import { RETURNED, prompt, resolutions, sourceOf } from '../fields';
import type { RowOf } from '../types';
import { withoutModels } from './withoutModels';

/** What is spoken, as a file or as a text. */
const SPEECH = ['audioUrl', 'text'] as const;

/**
 * Source: platform.vidu.cn/docs, lip sync.
 * With both audio and text Vidu takes the audio; both are refused here, so that none is ignored.
 */
export const lipSync = withoutModels('lipSync', {
	fields: {
		videoUrl: { kind: 'url', required: true },
		audioUrl: { kind: 'url' },
		text: { kind: 'text', min: 4, max: 2000, wide: true, spoken: true },
		voiceId: { kind: 'text', option: true },
		speed: { kind: 'number', option: true, min: 0.5, max: 2, default: 1 },
		volume: { kind: 'number', option: true, min: 0, max: 10, whole: true, default: 0 },
		faceImage: {
			kind: 'image',
			option: true,
			limits: { minSide: 192, maxSide: 4096, maxRatio: Infinity, maxBytes: 10_000_000 },
		},
		...sourceOf(600),
		...RETURNED,
	},
	oneOf: [SPEECH],
	price: { by: 'source', credits: 20, every: 5, longest: 600 },
});

/**
 * Source: platform.vidu.cn/docs, motion sync.
 * Images up to 15 MB in the Chinese document, 5 MB in the international one.
 */
export const motionSync = withoutModels('motionSync', {
	fields: {
		image: {
			kind: 'image',
			required: true,
			limits: { minSide: 200, maxSide: 4096, maxRatio: 3, maxBytes: 15_000_000 },
		},
		videoUrl: { kind: 'url', required: true },
		...sourceOf(30),
		...RETURNED,
	},
	price: { by: 'source', credits: 10, every: 1, longest: 30 },
});

/**
 * Source: platform.vidu.cn/docs, digital human.
 * A price list speaks of 120 (turbo) and 200 (pro) credits besides lip sync and speech, whose length only Vidu knows.
 */
export const digitalHuman = (): ReadonlyArray<RowOf<'digitalHuman'>> =>
	['viduq2-pro', 'viduq2-turbo'].map((model) => ({
		kind: 'digitalHuman',
		model,
		fields: {
			image: { kind: 'image', required: true },
			audioUrl: { kind: 'url' },
			text: { kind: 'text', spoken: true },
			voiceId: { kind: 'text' },
			prompt: prompt(2000, 'optional'),
			resolution: resolutions(['540p', '720p', '1080p'], '720p'),
			...RETURNED,
		},
		oneOf: [SPEECH],
		price: null,
	}));

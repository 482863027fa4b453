/** People who speak and move: lip sync, motion sync, digital human. */
import { Q2_RESOLUTION, RETURNED } from './video';
import type { OperationRow } from './types';

/** What is spoken, as a file or as a text. */
const SPEECH = ['audioUrl', 'text'] as const;

const lipSync: OperationRow = {
	task: 'lipSync',
	model: null,
	fields: {
		videoUrl: { kind: 'url', required: true },
		audioUrl: { kind: 'url' },
		text: { kind: 'text', min: 4, max: 2000, wide: true, spoken: true },
		voiceId: { kind: 'text' },
		speed: { kind: 'number', min: 0.5, max: 2, preset: 1 },
		volume: { kind: 'number', min: 0, max: 10, whole: true, preset: 0 },
		faceImage: {
			kind: 'image',
			limits: { minSide: 192, maxSide: 4096, maxRatio: Infinity, maxBytes: 10_000_000 },
		},
	},
	oneOf: [SPEECH],
	options: RETURNED,
	price: { by: 'source', credits: 20, every: 5, longest: 600 },
	sources: ['platform.vidu.cn/docs, lip sync'],
	note: 'With both audio and text Vidu takes the audio; both are refused here, so that none is ignored.',
};

const motionSync: OperationRow = {
	task: 'motionSync',
	model: null,
	fields: {
		image: {
			kind: 'image',
			required: true,
			limits: { minSide: 200, maxSide: 4096, maxRatio: 3, maxBytes: 15_000_000 },
		},
		videoUrl: { kind: 'url', required: true },
	},
	options: RETURNED,
	price: { by: 'source', credits: 10, every: 1, longest: 30 },
	sources: ['platform.vidu.cn/docs, motion sync'],
	note: 'Pictures up to 15 MB in the Chinese document, 5 MB in the international one.',
};

const digitalHuman = ['viduq2-pro', 'viduq2-turbo'].map(
	(model): OperationRow => ({
		task: 'digitalHuman',
		model,
		fields: {
			image: { kind: 'image', required: true },
			audioUrl: { kind: 'url' },
			text: { kind: 'text', spoken: true },
			voiceId: { kind: 'text' },
			prompt: { kind: 'text', max: 2000 },
			resolution: Q2_RESOLUTION,
		},
		oneOf: [SPEECH],
		options: RETURNED,
		price: null,
		sources: ['platform.vidu.cn/docs, digital human'],
		note: 'A price list speaks of 120 (turbo) and 200 (pro) credits besides lip sync and speech, whose length only Vidu knows.',
	}),
);

export const peopleRows: readonly OperationRow[] = [lipSync, motionSync, ...digitalHuman];

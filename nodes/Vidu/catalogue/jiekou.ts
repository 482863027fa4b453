/**
 * JieKou (HighwayAPI). Each model of each task has a path of its own, and with it its own fields:
 * 2.0 and Q1 few, Q2 more, Q3 nearly all. No price in credits is documented, and no callback.
 */
import { derive } from './derive';
import type { ModelRow } from './types';

const DOCS = 'docs.jiekou.ai/en/docs/models';
const FAMILY = 'github.com/derekhsu529/Jiekou-Knowledge-Base (crawl of docs.jiekou.ai, 2026-02-26)';
const NO_PAGE = "Limits that no page gives are Vidu's.";

const common = {
	audioType: 'absent',
	autoSubjects: 'absent',
	price: null,
	note: NO_PAGE,
} as const satisfies Partial<ModelRow>;

/** Vidu 2.0 and Q1: no sound, no off-peak, no watermark, nothing passed through. */
const older = {
	...common,
	audio: null,
	voice: 'absent',
	isRec: 'absent',
	offPeak: 'never',
	lacks: ['watermark', 'wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl', 'serverId'],
} as const satisfies Partial<ModelRow>;

const olderReference = {
	...older,
	prompt: { required: true, max: 1500 },
	note: undefined,
} as const satisfies Partial<ModelRow>;

const olderFrames = {
	...older,
	prompt: { required: false, max: 1500 },
	sources: [FAMILY],
} as const satisfies Partial<ModelRow>;

/** Q2, which lists the movement amplitude although Vidu's Q2 ignores it. */
const q2 = {
	...common,
	movementAmplitude: 'yes',
	isRec: 'absent',
	audio: { default: false },
	bgm: 'yes',
	bgmNotAt: undefined,
	lacks: ['wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl', 'serverId'],
	sources: [FAMILY],
} as const satisfies Partial<ModelRow>;

const q2Image = {
	...q2,
	voice: 'yes',
	prompt: { required: false, max: 5000, hintAbove: 2000 },
	note: 'Prompt: the page gives no length, that of start-end says 2000 characters.',
} as const satisfies Partial<ModelRow>;

const q2StartEnd = {
	...q2,
	audio: null,
	isRec: 'yes',
	lacks: ['callbackUrl'],
	prompt: { required: false, max: 2000 },
	sources: [`${DOCS}/reference-vidu-q2-turbo-startend2video`, FAMILY],
} as const satisfies Partial<ModelRow>;

const q3 = {
	...common,
	lacks: ['callbackUrl'],
	sources: ['github.com/jiekouai/ComfyUI-JieKou-API model_config.json (paths)'],
} as const satisfies Partial<ModelRow>;

export const jiekouRows: readonly ModelRow[] = [
	...derive('referenceSubjects', ['viduq2'], {
		...q2,
		offPeak: 'never',
		prompt: { required: true, max: 2000 },
		note: "The page gives no limit to the subjects and their images: Vidu's.",
	}),
	...derive('referenceMedia', ['viduq1'], {
		...olderReference,
		images: { min: 1, max: 7 },
		sources: [`${DOCS}/reference-vidu-q1-reference2video`],
	}),
	...derive('referenceMedia', ['vidu2.0'], {
		...olderReference,
		images: { min: 1, max: 3 },
		sources: [`${DOCS}/reference-vidu-2.0-reference2video (seed 003)`],
	}),
	...derive('imageToVideo', ['viduq3-pro'], {
		...q3,
		prompt: { required: false, max: 1500 },
		sources: [
			...q3.sources,
			'novita.ai/docs/api-reference/model-apis-vidu-q3-pro-i2v (same family, same contract)',
		],
	}),
	...derive('imageToVideo', ['viduq2-pro-fast', 'viduq2-pro', 'viduq2-turbo'], q2Image),
	...derive('imageToVideo', ['viduq1', 'vidu2.0'], olderFrames),
	...derive('startEndToVideo', ['viduq2-pro', 'viduq2-turbo', 'viduq2-pro-fast'], q2StartEnd),
	...derive('startEndToVideo', ['viduq1', 'vidu2.0'], olderFrames),
	...derive('textToVideo', ['viduq3-pro'], {
		...q3,
		prompt: { required: true, max: 2000 },
		bgm: 'absent',
		style: 'absent',
		movementAmplitude: 'absent',
		lacks: ['payload', 'metaData', 'callbackUrl'],
		sources: [
			...q3.sources,
			'docs.myrouter.ai/docs/models/reference-vidu-q3-pro-t2v (same family, same contract)',
		],
	}),
	...derive('textToVideo', ['viduq2'], { ...q2, offPeak: 'never' }),
	...derive('textToVideo', ['viduq1'], {
		...older,
		prompt: { required: true, max: 1500 },
		sources: [FAMILY],
	}),
];

/**
 * JieKou (HighwayAPI). Each model of each kind has a path of its own, and with it its own fields:
 * 2.0 and Q1 few, Q2 more, Q3 nearly all. No price in credits is documented, and no callback. Limits
 * that no page gives are Vidu's.
 */
import { derive } from './derive';
import { AUDIO_OFF, options, prompt, ratios } from './fields';
import type { Rules } from './rules';
import type { Offer } from './types';
import { subjectsOfImages } from './vidu/referenceSubjects';

/** Vidu 2.0 and Q1: no sound, no off-peak, no watermark, nothing passed through. */
const withoutOlder = [
	...(['audio', 'audioType', 'autoSubjects', 'voiceId', 'isRec', 'offPeak'] as const),
	...(['watermark', 'wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl'] as const),
] as const;
const older = (fields: Rules) => ({ without: withoutOlder, price: null, fields });

/** Sources: docs.jiekou.ai/en/docs/models/reference-vidu-q1-reference2video, reference-vidu-2.0-reference2video (seed 003). */
const olderReference = (images: number) =>
	older({ prompt: prompt(1500, 'required'), images: { kind: 'images', min: 1, max: images } });

/** Source: github.com/derekhsu529/Jiekou-Knowledge-Base (crawl of docs.jiekou.ai, 2026-02-26), for all that follows. */
const olderFrames = older({ prompt: prompt(1500, 'optional') });
const olderText = older({ prompt: prompt(1500, 'required') });

/** Q2, which lists the movement amplitude although Vidu's Q2 ignores it. */
const q2Fields = { audio: AUDIO_OFF, ...options('movementAmplitude', 'bgm') } satisfies Rules;
const withoutQ2 = [
	...(['audioType', 'autoSubjects', 'isRec'] as const),
	...(['wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl'] as const),
] as const;

/** The page gives no limit to the subjects and their images: Vidu's. */
const q2Reference = {
	price: null,
	without: [...withoutQ2, 'offPeak'] as const,
	fields: {
		...q2Fields,
		prompt: prompt(2000, 'required'),
		subjects: subjectsOfImages(),
	} satisfies Rules,
};

/** The page gives no length of the prompt, that of start-end says 2000 characters. */
const q2Image = {
	price: null,
	without: withoutQ2,
	fields: {
		...q2Fields,
		...options('voiceId'),
		prompt: { ...prompt(5000, 'optional'), hintAbove: 2000 },
	},
};

/** Source: also docs.jiekou.ai/en/docs/models/reference-vidu-q2-turbo-startend2video. */
const q2StartEnd = {
	price: null,
	without: ['audioType', 'autoSubjects', 'audio', 'callbackUrl'] as const,
	fields: { ...options('movementAmplitude', 'bgm', 'isRec'), prompt: prompt(2000, 'optional') },
};

const q2Text = { price: null, without: [...withoutQ2, 'offPeak'] as const, fields: q2Fields };

/**
 * Paths: github.com/jiekouai/ComfyUI-JieKou-API model_config.json. Fields of the same family with
 * the same contract: novita.ai/docs/api-reference/model-apis-vidu-q3-pro-i2v and
 * docs.myrouter.ai/docs/models/reference-vidu-q3-pro-t2v.
 */
const q3Image = {
	price: null,
	without: ['audioType', 'autoSubjects', 'callbackUrl'] as const,
	fields: { prompt: prompt(1500, 'optional') },
};
const q3Text = {
	price: null,
	without: [
		...(['audioType', 'autoSubjects', 'bgm', 'style', 'movementAmplitude'] as const),
		...(['payload', 'metaData', 'callbackUrl'] as const),
	] as const,
	fields: { prompt: prompt(2000, 'required') },
};

export const JIEKOU = {
	referenceSubjects: () => derive('referenceSubjects', ['viduq2'], q2Reference),
	referenceMedia: () => [
		...derive('referenceMedia', ['viduq1'], olderReference(7)),
		...derive('referenceMedia', ['vidu2.0'], olderReference(3)),
	],
	imageToVideo: () => [
		...derive('imageToVideo', ['viduq3-pro'], q3Image),
		...derive('imageToVideo', ['viduq2-pro-fast', 'viduq2-pro', 'viduq2-turbo'], q2Image),
		...derive('imageToVideo', ['viduq1', 'vidu2.0'], olderFrames),
	],
	startEndToVideo: () => [
		...derive('startEndToVideo', ['viduq2-pro', 'viduq2-turbo', 'viduq2-pro-fast'], q2StartEnd),
		...derive('startEndToVideo', ['viduq1', 'vidu2.0'], olderFrames),
	],
	textToVideo: () => [
		...derive('textToVideo', ['viduq3-pro'], q3Text),
		...derive('textToVideo', ['viduq2'], q2Text),
		...derive('textToVideo', ['viduq1'], olderText),
	],
	// Source: docs.jiekou.ai (model list, template2video); it has 16:9 and 9:16 only.
	multiFrame: () => derive('multiFrame', null, { without: ['callbackUrl'], price: null }),
	template: () =>
		derive('template', null, {
			without: ['callbackUrl'],
			price: null,
			fields: { aspectRatio: ratios(['16:9', '9:16']) },
		}),
} satisfies Partial<Offer>;

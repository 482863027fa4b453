/**
 * kkiai (SynStar AI). It passes Vidu's own body on and charges in Vidu's credits (its sample answer
 * says 45 for the default clip of viduq2, as Vidu does). Its reference page has no off_peak; the
 * other pages are stored in part only, and off-peak is taken not to exist there either.
 */
import { derive } from './derive';
import { ALL_RATIOS, BASIC_RATIOS, prompt, ratios, RATIOS_AND_AUTO, seconds } from './fields';
import type { Rules } from './rules';
import type { Offer } from './types';
import { FAST_HD } from './vidu/families';
import { Q3_MIX_REFERENCE } from './vidu/prices';
import { subjects } from './vidu/referenceSubjects';

/**
 * Source: docs.kkiai.com/Other-Model-APIs/vidu-api/create-reference-to-video-task.html (seed 001).
 */
const reference = {
	without: ['offPeak', 'audioType'] as const,
	fields: {
		prompt: prompt(2000, 'required'),
		aspectRatio: ratios(ALL_RATIOS),
		subjects: subjects({ maxImages: 7 }),
	} satisfies Rules,
};

/** "q2 and q3 models support any ratio or auto." */
const anyRatio = { aspectRatio: ratios(RATIOS_AND_AUTO, { anyRatio: true }) };
const newer = { ...reference, fields: { ...reference.fields, ...anyRatio } };
const q2Pro = {
	...newer,
	fields: {
		...newer.fields,
		duration: seconds(1, 10),
		subjects: subjects({ maxImages: 7, maxVideos: 1 }),
	},
};
const q3Voices = subjects({ maxImages: 7 }, { voiceId: { kind: 'text', noEffect: true } });
const q3 = { ...newer, fields: { ...newer.fields, subjects: q3Voices } };
/** The page names no resolutions of viduq3-mix: those of Vidu's media form, and its price. */
const q3Mix = {
	...q3,
	model: 'viduq3-mix',
	fields: { ...q3.fields, ...FAST_HD },
	price: Q3_MIX_REFERENCE,
};

/**
 * The pages are stored in part only; what they do not show is as at Vidu. Sources: docs.kkiai.com/Other-Model-APIs/vidu-api,
 * create-image-to-video-task.html, create-start-end-frame-video-task.html, create-text-to-video-task.html.
 */
const others = {
	without: ['offPeak'] as const,
	fields: { prompt: prompt(2000, 'required') } satisfies Rules,
};
/** Vidu has no plain viduq2 from frames: the limits of viduq2-pro, and no price. */
const plainQ2 = { ...others, model: 'viduq2', price: null };
/** 3:4 and 4:3 with q2 only. */
const q3Text = { ...others, fields: { ...others.fields, aspectRatio: ratios(BASIC_RATIOS) } };

export const KKIAI = {
	referenceSubjects: () => [
		...derive('referenceSubjects', ['viduq2'], newer),
		...derive('referenceSubjects', ['viduq2-pro'], q2Pro),
		...derive('referenceSubjects', ['viduq3'], q3Mix),
		...derive('referenceSubjects', ['viduq3'], q3),
		...derive('referenceSubjects', ['viduq1', 'vidu2.0'], reference),
	],
	imageToVideo: () => [
		...derive('imageToVideo', ['viduq3-pro', 'viduq3-turbo'], others),
		...derive('imageToVideo', ['viduq2-pro'], plainQ2),
		...derive('imageToVideo', ['viduq1'], others),
	],
	startEndToVideo: () => [
		...derive('startEndToVideo', ['viduq3-turbo', 'viduq3-pro'], others),
		...derive('startEndToVideo', ['viduq2-pro'], plainQ2),
		...derive('startEndToVideo', ['viduq1'], others),
	],
	textToVideo: () => [
		...derive('textToVideo', ['viduq3-turbo', 'viduq3-pro'], q3Text),
		...derive('textToVideo', ['viduq2', 'viduq1'], others),
	],
	// Source: docs.kkiai.com, create-image-generation-task (Vidu's own body and credits).
	referenceToImage: () => derive('referenceToImage', null, {}),
} satisfies Partial<Offer>;

/** Reference to video with subjects. */
import {
	ALL_RATIOS,
	AUDIO_OFF,
	BASIC_RATIOS,
	RATIOS_AND_AUTO,
	MARKED,
	ignored,
	options,
	prompt,
	ratios,
	seconds,
	videosOf,
} from '../fields';
import type { SubjectLimits } from '../limits';
import type { ListRule, Rules } from '../rules';
import type { RowOf } from '../types';
import { DRAMA, Q1, Q2, Q3, V2_REFERENCE } from './families';
import * as prices from './prices';

/** One subject. */
export const subject = {
	name: {
		kind: 'text',
		required: true,
		mentioned: true,
		form: { pattern: /^[^@[\]\r\n]+$/, words: 'a name without @, brackets or line breaks' },
	},
	images: { kind: 'images', min: 0, max: 3 },
	videos: videosOf(5),
	voiceId: { kind: 'text' },
	serverId: { kind: 'text', picked: true },
} satisfies Rules;

/** Subjects with other limits, or with other rules for each. */
export function subjects(limits: Partial<SubjectLimits> = {}, changes: Rules = {}): ListRule {
	const of = { ...subject, ...changes };
	return { kind: 'list', min: 1, max: 7, of, subjects: { maxVideos: 0, ...limits } };
}

/** Subjects of a provider whose documents know neither a library nor subjects without images. */
export function subjectsOfImages(
	limits: Partial<SubjectLimits> = {},
	changes: Rules = {},
): ListRule {
	return subjects({ needsImages: true, ...limits }, { serverId: undefined, ...changes });
}

/** A voice is only heard with audio; gateways document it without that. */
const VOICE = { voiceId: { kind: 'text', needsAudio: true } } satisfies Rules;

// Source: platform.vidu.cn/docs/reference-to-video (subjects), 2026-08-12;
// platform.vidu.cn/docs/pricing, 2026-08-12.
const body = {
	subjects: subjects({}, VOICE),
	prompt: prompt(5000, 'required'),
	aspectRatio: ratios(BASIC_RATIOS),
	audio: AUDIO_OFF,
	...options('audioType', 'autoSubjects', 'seed'),
	...MARKED,
} satisfies Rules;

const q3Subjects = {
	subjects: subjects({}, { voiceId: { kind: 'text', noEffect: true } }),
	// The global image-to-video page limits it to q2, q1 and 2.0.
	...ignored('audioType'),
} satisfies Rules;

const q3 = {
	...body,
	...Q3,
	...q3Subjects,
	duration: seconds(3, 16),
	// Source: the Feishu page of the Q3 reference API, 2026-07-30, and three relays.
	aspectRatio: ratios(RATIOS_AND_AUTO),
} satisfies Rules;

const q2 = {
	...body,
	...Q2,
	duration: seconds(1, 10),
	// An older copy also lists auto, and allows 7 images of all subjects together.
	aspectRatio: ratios(ALL_RATIOS, { anyRatio: true, disputed: ['auto'] }),
} satisfies Rules;

const q2Pro = {
	...q2,
	duration: seconds(0, 10),
	// Up to 4 subjects of images or text and 2 of video; of the videos only one may be new, the
	// other from the library.
	subjects: { ...subjects({ maxVideos: 1, maxStills: 4, maxVideosInAll: 2 }, VOICE), max: 6 },
} satisfies Rules;

const kind = 'referenceSubjects';

export const referenceSubjects = (): ReadonlyArray<RowOf<'referenceSubjects'>> => [
	{ kind, model: 'viduq2', fields: q2, price: prices.withAudio(prices.Q2_REFERENCE) },
	{ kind, model: 'viduq2-pro', fields: q2Pro, price: prices.withAudio(prices.Q2_PRO_REFERENCE) },
	{ kind, model: 'viduq3', fields: q3, price: prices.Q3_REFERENCE },
	{ kind, model: 'viduq3-turbo', fields: q3, price: prices.Q3_TURBO_REFERENCE },
	{
		kind,
		model: 'viduq3-drama',
		fields: { ...body, ...q3Subjects, ...DRAMA },
		price: prices.Q3_DRAMA,
		unconfirmed: true,
	},
	{ kind, model: 'viduq1', fields: { ...body, ...Q1 }, price: prices.Q1 },
	{ kind, model: 'vidu2.0', fields: { ...body, ...V2_REFERENCE }, price: prices.V2_REFERENCE },
];

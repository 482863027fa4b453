/** kkiai, "Create Reference to Video Task (Subject Call)" (docs.kkiai.com): where it is not Vidu's own. */
import { without } from './fields.mts';
import { isObject } from './values.mts';
import { documents, readVideoRequest, type Documents, type VideoRequest } from './vidu.mts';
import { lacking, miscounted } from './viduErrors.mts';
import { FORMS, type FormRules, type ModelRules } from './viduModels.mts';
import type { Endpoint } from './viduPrices.mts';

const MAX_IMAGES = 7;
const FIVE = ['16:9', '9:16', '1:1', '3:4', '4:3'];

const { subjects, media } = FORMS;
/** Vidu's own rules of a model, with what this page says otherwise. */
const model = (name: string, rules: Partial<ModelRules> = {}) =>
	Object.entries({ ...media.models, ...subjects.models })
		.filter(([known]) => known === name)
		.map(([, own]) => [name, { ...own, ...rules }] as const);

/** The pages of frames list "viduq2, viduq1, viduq3-turbo, viduq3-pro"; Vidu has no plain viduq2 there. */
const frames = (form: FormRules): FormRules => ({
	...form,
	models: { ...form.models, viduq2: form.models['viduq2-pro'] as ModelRules },
});

const VIDU_FORMS = documents(
	{
		...FORMS,
		firstFrame: frames(FORMS.firstFrame),
		startEnd: frames(FORMS.startEnd),
		subjects: {
			...subjects,
			models: Object.fromEntries([
				...model('viduq3-mix', { aspects: 'any', maxSubjects: 7 }),
				...model('viduq3'),
				...model('viduq2-pro', { durations: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], maxSubjects: 7 }),
				...model('viduq2'),
				...model('viduq1', { aspects: FIVE }),
				...model('vidu2.0', { aspects: FIVE }),
			]),
		},
	},
	2000,
);
/** What the page does not list. */
const KKIAI: Documents = {
	...VIDU_FORMS,
	subjects: {
		...VIDU_FORMS.subjects,
		table: without(VIDU_FORMS.subjects.table, 'off_peak', 'audio_type'),
	},
};

/** Only reference to video has a page that was read in full; the other three are held to Vidu's own. */
export function readKkiai(endpoint: Endpoint, body: unknown): VideoRequest {
	if (endpoint !== 'reference2video' || !isObject(body)) {
		return readVideoRequest(endpoint, body, KKIAI);
	}
	if (!Array.isArray(body.subjects)) throw lacking('subjects');
	const video = readVideoRequest(endpoint, { ...body, subjects: body.subjects.map(byName) }, KKIAI);
	if (video.images.length > MAX_IMAGES) throw miscounted('subjects.images', '1 to 7 in all');
	return video;
}

/** The table says `name`, its example `id`. */
function byName(subject: unknown): unknown {
	if (!isObject(subject) || 'name' in subject) return subject;
	const { id, ...rest } = subject;
	return id === undefined ? rest : { ...rest, name: id };
}

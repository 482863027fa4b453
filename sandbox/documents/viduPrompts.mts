/** "Prompt recommendation". */
import { checkTable, oneOf, texts, whole, type Body, type Check, type Table } from './fields.mts';
import { invalid } from './viduErrors.mts';
import { integer, strings } from './values.mts';

const TYPES = ['template', 'img2video', 'start_end2video', 'e_commerce'];

const types: Check = (field, value) => {
	texts(1, TYPES.length)(field, value);
	for (const type of strings({ [field]: value }, field)) oneOf(...TYPES)(field, type);
	if (new Set(strings({ [field]: value }, field)).size !== Object(value).length) {
		throw invalid(field, 'a type is given twice');
	}
};

const RECOMMENDATION: Table = {
	required: ['images', 'type'],
	fields: {
		images: texts(1, 1),
		type: types,
		resolution: oneOf('360p', '720p'),
		count: whole(1, 10),
	},
};

/** @throws {Refusal} */
export const readRecommendation = (parameters: unknown): Body =>
	checkTable(RECOMMENDATION, parameters);

/** "5 by default", for each type. */
export const promptCount = (body: Body) => integer(body, 'count') ?? 5;

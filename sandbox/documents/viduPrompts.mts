/** "Prompt recommendation". */
import { check } from './check.mts';
import { list, oneOf, table, texts, whole } from './fields.mts';
import { integer, type Body } from './values.mts';

const TYPE = oneOf('template', 'img2video', 'start_end2video', 'e_commerce');

const RECOMMENDATION = table(['images', 'type'], {
	images: texts(1, 1),
	type: { ...list(1, 4, TYPE), uniqueItems: true },
	resolution: oneOf('360p', '720p'),
	count: whole(1, 10),
});

/** @throws {Refusal} */
export const readRecommendation = (parameters: unknown): Body => check(RECOMMENDATION, parameters);

/** "5 by default", for each type. */
export const promptCount = (body: Body) => integer(body, 'count') ?? 5;

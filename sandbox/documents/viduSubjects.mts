/** "Create subject", "Query subjects" and "Edit subject". */
import { checkTable, oneOf, text, texts, type Body, type Table } from './fields.mts';
import { invalid, lacking, unwanted } from './viduErrors.mts';

const MEDIA = { images: texts(1, 3), videos: texts(1, 1), voice_id: text() };

const CREATE: Table = { required: ['name'], fields: { name: text(), ...MEDIA } };
/** The table lists the `id` of the path too. */
const EDIT: Table = {
	required: [],
	fields: { id: text(), name: text(64), ...MEDIA, style: text(100), description: text(2000) },
};

export interface SubjectQuery {
	readonly system: boolean;
	/** Empty: all. */
	readonly ids: readonly string[];
	readonly count: number;
	/** Where the page begins. */
	readonly start: number;
}

/** "At least one image"; a subject of viduq2-pro may be a video instead. @throws {Refusal} */
export function readSubject(parameters: unknown): Body {
	const body = checkTable(CREATE, parameters);
	if (body.images === undefined && body.videos === undefined) throw lacking('images');
	return body;
}

/** @throws {Refusal} */
export function readSubjectEdit(id: string, parameters: unknown): Body {
	const body = checkTable(EDIT, parameters);
	if (body.id !== undefined && body.id !== id) throw invalid('id', 'it is not that of the path');
	return body;
}

/** The document gives no encoding for the list: repeated names and commas both do. @throws {Refusal} */
export function readSubjectQuery(
	query: Readonly<Record<string, string | string[] | undefined>>,
): SubjectQuery {
	const { ownership = 'private', subject_ids, count = '20', next_page_token, ...others } = query;
	for (const field of Object.keys(others)) throw unwanted(field);
	oneOf('system', 'private')('ownership', ownership);
	if (!/^\d{1,3}$/.test(String(count)) || Number(count) < 1 || Number(count) > 100) {
		throw invalid('count', '1 to 100');
	}
	const token = String(next_page_token ?? '');
	if (!/^\d*$/.test(token)) throw invalid('next_page_token', 'no such page');
	const ids = [subject_ids ?? []].flat().flatMap((part) => part.split(','));
	return {
		system: ownership === 'system',
		ids: ids.filter((id) => id !== ''),
		count: Number(count),
		start: Number(token),
	};
}

/** "Create subject", "Query subjects" and "Edit subject". */
import { check } from './check.mts';
import { matching, oneOf, table, text, texts } from './fields.mts';
import { many, type Body } from './values.mts';
import { invalid, lacking } from './viduErrors.mts';

const MEDIA = { images: texts(1, 3), videos: texts(1, 1), voice_id: text() };

const CREATE = table(['name'], { name: text(), ...MEDIA });
/** The table lists the `id` of the path too. */
const EDIT = table([], {
	id: text(),
	name: text(64),
	...MEDIA,
	style: text(100),
	description: text(2000),
});

const QUERY = table([], {
	ownership: oneOf('system', 'private'),
	// The document gives no encoding for the list: repeated names and commas both do.
	subject_ids: {},
	count: matching('^([1-9]\\d?|100)$'),
	next_page_token: matching('^\\d*$'),
});

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
	const body = check(CREATE, parameters);
	if (body.images === undefined && body.videos === undefined) throw lacking('images');
	return body;
}

/** @throws {Refusal} */
export function readSubjectEdit(id: string, parameters: unknown): Body {
	const body = check(EDIT, parameters);
	if (body.id !== undefined && body.id !== id) throw invalid('id', 'it is not that of the path');
	return body;
}

/** @throws {Refusal} */
export function readSubjectQuery(parameters: unknown): SubjectQuery {
	const query = check(QUERY, parameters);
	return {
		system: query.ownership === 'system',
		ids: many(query.subject_ids),
		count: Number(query.count ?? 20),
		start: Number(query.next_page_token ?? 0),
	};
}

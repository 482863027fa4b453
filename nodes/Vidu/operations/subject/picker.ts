/** Subjects of the library, to choose from. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Words } from '../../fields/words';
import { asText } from '../../providers/read';
import type { SubjectFilters } from '../../providers/types';
import { openSession } from '../../tasks/context/session';
import { matches, noList, picker } from '../picker';
import { listSubjects } from './library';

const EXAMPLE = { what: 'a subject', example: '2985634123' };

/** The subject of a clip; by default none. */
export const subjectPicker: Words = {
	description: 'Subject from the library of the provider, instead of images',
	property: picker({ ...EXAMPLE, method: 'searchSubjects' }),
};

/** The subject that an operation is about; by default that of the incoming item. */
export const subjectIdPicker = (method: 'searchSubjects' | 'searchOwnSubjects') =>
	picker({ ...EXAMPLE, method, preset: '={{ $json.subject?.id }}' });

/** More than anyone scrolls through. */
const MOST = 500;

type Ownership = SubjectFilters['ownership'];

async function search(
	context: ILoadOptionsFunctions,
	filter: string,
	ownerships: readonly Ownership[],
): Promise<INodeListSearchResult> {
	const session = await openSession(context);
	const results: INodeListSearchResult['results'] = [];
	for (const ownership of ownerships) {
		const subjects = await listSubjects(session, { ownership }, MOST);
		if (!Array.isArray(subjects)) throw noList(context, subjects);
		const whose = ownership === 'system' ? ` (${session.provider.name})` : '';
		for (const subject of subjects) {
			const [id, name] = [asText(subject.id), asText(subject.name) ?? ''];
			if (id !== null && matches(name, filter))
				results.push({ name: `${name}${whose}`, value: id });
		}
	}
	return { results };
}

/** The lists of subjects whose names contain the filter, by the names that the pickers call. */
export const subjectLists = {
	/**
	 * The account's own first.
	 * @throws NodeOperationError or NodeApiError if the provider has no library, or does not return it
	 */
	async searchSubjects(this: ILoadOptionsFunctions, filter = '') {
		return await search(this, filter, ['private', 'system']);
	},
	/** Those that the account may change; throws like the other. */
	async searchOwnSubjects(this: ILoadOptionsFunctions, filter = '') {
		return await search(this, filter, ['private']);
	},
};

/** A subject of the library, chosen from a list that can be searched, or given by its ID. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Words } from '../../fields/words';
import { asText } from '../../providers/read';
import { listSubjects } from '../subject/library';
import { openSession } from '../../tasks/context/session';
import { toNodeError } from '../../transport/failure';

export const subjectPicker: Words = {
	description: "A subject in the provider's library, in place of pictures",
	property: {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a subject',
				typeOptions: { searchListMethod: 'searchSubjects', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 2985634123',
			},
		],
	},
};

/** More than anyone looks through. */
const MOST = 500;

/**
 * The subjects whose names hold the filter, the account's own first.
 * @throws NodeOperationError or NodeApiError when the provider has no library, or does not show it
 */
export async function searchSubjects(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const session = await openSession(this);
	const results: INodeListSearchResult['results'] = [];
	for (const ownership of ['private', 'system'] as const) {
		const subjects = await listSubjects(session, { ownership }, MOST);
		if (!Array.isArray(subjects)) throw toNodeError(this.getNode(), 0, subjects);
		const whose = ownership === 'system' ? ` (${session.provider.name})` : '';
		for (const subject of subjects) {
			const [id, name] = [asText(subject.id), asText(subject.name) ?? ''];
			if (id === null || !name.toLowerCase().includes(filter.toLowerCase())) continue;
			results.push({ name: `${name}${whose}`, value: id });
		}
	}
	return { results };
}

/** Subject: get many. The subjects of the library, the account's own or Vidu's. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { listSubjects } from './library';
import { choiceOf, parameter } from '../../tasks/context/parameters';
import { forEachItem, openSession } from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import { listFields, readLimit } from '../listFields';
import type { Listing, RequestOperation } from '../types';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const limit = readLimit(context, itemIndex);
		if (!(limit >= 1)) return failure(`"Limit" is ${limit}, but must be at least 1`, '');
		const given = parameter(context, 'ownership', itemIndex);
		const ownership = choiceOf(given, 'Ownership', ['private', 'system']) ?? 'private';
		const subjects = await listSubjects(session, { ownership }, limit);
		if (!Array.isArray(subjects)) return subjects;
		return subjects.map((subject) => ({
			json: {
				provider: session.provider.id,
				operation: 'getMany',
				subject: subject as IDataObject,
			},
			pairedItem: { item: itemIndex },
		}));
	});
}

export const getManySubjects: Listing & RequestOperation = {
	resource: 'subject',
	name: 'getMany',
	label: 'Get Many',
	action: 'Get many subjects',
	description: 'List the subjects of the library',
	properties: () => [
		{
			displayName: 'Ownership',
			name: 'ownership',
			type: 'options',
			default: 'private',
			options: [
				{ name: 'Own', value: 'private' },
				{ name: "Provider's", value: 'system' },
			],
			description: 'Whose subjects to list',
		},
		...listFields(),
	],
	execute,
};

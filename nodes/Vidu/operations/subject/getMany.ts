/** Subject: get many. The subjects of the library, the account's own or Vidu's. */
import { choiceOf, parameter } from '../../tasks/context/parameters';
import { SUBJECT } from '../../tasks/deliver/fields';
import { isFailure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { listFields, readLimit } from '../listFields';
import { listSubjects } from './library';

export const getManySubjects = freeOperation({
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
			description: 'Owner of the subjects to list',
		},
		...listFields(),
	],
	output: { subject: SUBJECT },
	results: async (session, itemIndex) => {
		const limit = readLimit(session.context, itemIndex);
		if (typeof limit !== 'number') return limit;
		const given = parameter(session.context, 'ownership', itemIndex);
		const ownership = choiceOf(given, 'Ownership', ['private', 'system']) ?? 'private';
		const subjects = await listSubjects(session, { ownership }, limit);
		if (isFailure(subjects)) return subjects;
		return subjects.map((subject) => ({ subject: subject }));
	},
});

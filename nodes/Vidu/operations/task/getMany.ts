/** Task: get many. The account's tasks, newest first; Vidu lists the last 7 days unless asked otherwise. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { asRecord, asText } from '../../providers/read';
import type { TaskFilters } from '../../providers/types';
import { itemContext } from '../../tasks/context/itemContext';
import { outputItem } from '../../tasks/deliver/output';
import { readPages } from '../../tasks/context/paginate';
import { collectionOf, namesOf, parameter, textOf } from '../../tasks/context/parameters';
import { requireCapability, isFailure } from '../../tasks/context/session';
import { listFields, readLimit } from '../listFields';
import { answerItems } from '../freeOperation';
import type { Listing, RequestOperation } from '../types';

/** A filter that takes several values, separated by commas. */
const several = (displayName: string, name: string, what: string, example: string) => ({
	displayName,
	name,
	type: 'string' as const,
	default: '',
	placeholder: `e.g. ${example}`,
	description: `Only list tasks ${what}, separated by commas`,
});

const time = (displayName: string, name: string, description: string) => ({
	displayName,
	name,
	type: 'dateTime' as const,
	default: '',
	description,
});

const filters = (): INodeProperties[] => [
	time(
		'Created After',
		'createdAfter',
		'Only list tasks created after this time. Without it, the last 7 days.',
	),
	time('Created Before', 'createdBefore', 'Only list tasks created before this time'),
	several('Model Versions', 'modelVersions', 'of these model versions', 'q2, q3'),
	several('Resolutions', 'resolutions', 'in these resolutions', '720p, 1080p'),
	{
		displayName: 'States',
		name: 'states',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Created', value: 'created' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Processing', value: 'processing' },
			{ name: 'Queued', value: 'queueing' },
			{ name: 'Succeeded', value: 'success' },
		],
		description: 'Only list tasks in these states',
	},
	several('Templates', 'templates', 'of these templates', 'hugging'),
];

const properties = (): INodeProperties[] => [
	...listFields(),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: filters(),
	},
];

/** A time as ISO 8601 with its zone; anything else is returned unchanged. */
function isoOf(value: unknown, label: string): string | undefined {
	const given = textOf(value, label);
	if (given === undefined) return undefined;
	const date = new Date(given);
	return Number.isNaN(date.getTime()) ? given : date.toISOString();
}

function readFilters(context: IExecuteFunctions, itemIndex: number): TaskFilters {
	const given = collectionOf(parameter(context, 'filters', itemIndex), 'Filters');
	return {
		states: namesOf(given.states, 'States'),
		modelVersions: namesOf(given.modelVersions, 'Model Versions'),
		resolutions: namesOf(given.resolutions, 'Resolutions'),
		templates: namesOf(given.templates, 'Templates'),
		createdAfter: isoOf(given.createdAfter, 'Created After'),
		createdBefore: isoOf(given.createdBefore, 'Created Before'),
	};
}

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await answerItems(context, async (session, itemIndex) => {
		const list = requireCapability(session, 'list', 'Tasks can be listed');
		if (isFailure(list)) return list;
		const limit = readLimit(context, itemIndex);
		if (typeof limit !== 'number') return limit;
		const filters = readFilters(context, itemIndex);
		const pages = {
			...list,
			page: (size: number, token: string | null) => list.page(filters, size, token),
		};
		const tasks = await readPages(session, pages, limit, 'to list tasks');
		if (!Array.isArray(tasks)) return tasks;
		return tasks.map((task) => {
			const model = asText(asRecord(task.raw).model);
			return outputItem(session, itemContext(itemIndex, 'getMany', { model }), task);
		});
	});
}

export const getManyTasks: Listing & RequestOperation = {
	resource: 'task',
	name: 'getMany',
	label: 'Get Many',
	action: 'Get many tasks',
	description: 'List the recent tasks of the account',
	properties,
	execute,
};

/** Task: get many. The account's tasks, newest first; Vidu lists the last 7 days unless asked otherwise. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { asRecord, asText } from '../../providers/read';
import type { TaskFilters } from '../../providers/types';
import { itemContext } from '../../tasks/deliver/item';
import { outputItem } from '../../tasks/deliver/output';
import { readPages } from '../../tasks/context/paginate';
import { collectionOf, namesOf, parameter, textOf } from '../../tasks/context/parameters';
import {
	requireCapability,
	forEachItem,
	isFailure,
	openSession,
} from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import { listFields, readLimit } from '../listFields';
import type { Listing, RequestOperation } from '../types';

const properties = (): INodeProperties[] => [
	...listFields(),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description: 'Only tasks made after this time. Without it the last 7 days are listed.',
			},
			{
				displayName: 'Created Before',
				name: 'createdBefore',
				type: 'dateTime',
				default: '',
				description: 'Only tasks made before this time',
			},
			{
				displayName: 'Model Versions',
				name: 'modelVersions',
				type: 'string',
				default: '',
				placeholder: 'e.g. q2, q3',
				description: 'Only tasks of these model versions, separated by commas',
			},
			{
				displayName: 'Resolutions',
				name: 'resolutions',
				type: 'string',
				default: '',
				placeholder: 'e.g. 720p, 1080p',
				description: 'Only tasks in these resolutions, separated by commas',
			},
			{
				displayName: 'States',
				name: 'states',
				type: 'multiOptions',
				default: [],
				options: [
					{ name: 'Created', value: 'created' },
					{ name: 'Failed', value: 'failed' },
					{ name: 'Processing', value: 'processing' },
					{ name: 'Queueing', value: 'queueing' },
					{ name: 'Success', value: 'success' },
				],
				description: 'Only tasks in one of these states',
			},
			{
				displayName: 'Templates',
				name: 'templates',
				type: 'string',
				default: '',
				placeholder: 'e.g. hugging',
				description: 'Only tasks of these templates, separated by commas',
			},
		],
	},
];

/** A time as ISO 8601 with its zone; what is none stays as it is. */
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
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const list = requireCapability(session, 'list', 'list tasks');
		if (isFailure(list)) return list;
		const limit = readLimit(context, itemIndex);
		if (!(limit >= 1)) return failure(`"Limit" is ${limit}, but must be at least 1`, '');
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
	description: "List the account's recent tasks",
	properties,
	execute,
};

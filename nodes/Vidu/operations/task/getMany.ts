/** Task: get many. The account's tasks, newest first; Vidu lists the last 7 days unless asked otherwise. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Task, TaskFilters } from '../../providers/types';
import { itemOf } from '../../tasks/item';
import { booleanOf, numberOf, parameter, textOf, textsOf } from '../../tasks/parameters';
import { ask, capability, forEachItem, isFailure, openSession } from '../../tasks/session';
import { failure, type Failure } from '../../transport/failure';
import { fields, text } from '../../providers/read';
import type { RequestOperation } from '../types';

const PAGE_SIZE = 100;

const properties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
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
		],
	},
];

/** A time as ISO 8601 with its zone; what is none stays as it is. */
function isoOf(value: unknown): string | undefined {
	const given = textOf(value);
	if (given === undefined) return undefined;
	const date = new Date(given);
	return Number.isNaN(date.getTime()) ? given : date.toISOString();
}

function readFilters(context: IExecuteFunctions, itemIndex: number): TaskFilters {
	const given = context.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>;
	return {
		states: textsOf(given.states),
		createdAfter: isoOf(given.createdAfter),
		createdBefore: isoOf(given.createdBefore),
	};
}

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const list = capability(session, 'list', 'list tasks');
		if (isFailure(list)) return list;
		const all = booleanOf(parameter(context, 'returnAll', itemIndex)) ?? false;
		const limit = all ? Infinity : (numberOf(parameter(context, 'limit', itemIndex)) ?? 50);
		if (!(limit >= 1)) return failure(`"Limit" is ${limit}, but must be at least 1`, '');
		const tasks: Task[] = [];
		let token: string | null = null;
		do {
			const request = list.page(readFilters(context, itemIndex), Math.min(limit, PAGE_SIZE), token);
			const answer: Awaited<ReturnType<typeof ask>> = await ask(session, request, 'to list tasks');
			if (isFailure(answer)) return answer satisfies Failure;
			tasks.push(...list.read(answer.body));
			token = list.nextPageToken(answer.body);
		} while (token !== null && tasks.length < limit);
		return tasks.slice(0, limit).map((task) => ({
			json: itemOf(task, {
				provider: session.provider.id,
				operation: 'getMany',
				makes: null,
				model: text(fields(task.raw).model),
				estimatedCredits: null,
				includeRaw: false,
				readAt: Date.now(),
			}),
			pairedItem: { item: itemIndex },
		}));
	});
}

export const getManyTasks: RequestOperation = { name: 'getMany', properties, execute };

/** Task: get many. The account's tasks, newest first; Vidu lists the last 7 days unless asked otherwise. */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { KINDS, modelsOf } from '../../catalogue';
import { RESOLUTIONS } from '../../catalogue/fields';
import { TEMPLATE_LIST } from '../../fields/links';
import { asRecord, asText } from '../../providers/read';
import type { TaskFilters } from '../../providers/types';
import { itemContext } from '../../tasks/context/itemContext';
import { anyTaskFields } from '../../tasks/deliver/fields';
import { outputItem } from '../../tasks/deliver/output';
import { choiceFor, wantsRaw } from '../../tasks/context/outputChoice';
import { collectionOf, namesOf, parameter, textOf } from '../../tasks/context/parameters';
import { requireCapability, readPages } from '../../tasks/context/session';
import { isFailure } from '../../transport/failure';
import { listFields, readLimit } from '../listFields';
import { answerItems } from '../freeOperation';
import type { Listing, RequestOperation } from '../types';

/** A filter that takes several values. */
const several = (
	displayName: string,
	name: string,
	what: string,
	options: INodePropertyOptions[],
): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	default: [],
	options,
	description: `Only list tasks ${what}. An expression may return a list, or names separated by commas.`,
});

/** The versions in the names of the models: "q3" of `viduq3-turbo`. */
function modelVersions(): INodePropertyOptions[] {
	const models = KINDS.flatMap((kind) => modelsOf('vidu', kind));
	const versions = models.flatMap((model) => /^vidu(q\d+|\d+\.\d+)/.exec(model)?.[1] ?? []);
	return [...new Set(versions)]
		.sort()
		.map((value) => ({ name: `Vidu ${value.toUpperCase()}`, value }));
}

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
	several('Model Versions', 'modelVersions', 'of these model versions', modelVersions()),
	several(
		'Resolutions',
		'resolutions',
		'in these resolutions',
		RESOLUTIONS.map((value) => ({ name: value, value })),
	),
	several('States', 'states', 'in these states', [
		{ name: 'Created', value: 'created' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Processing', value: 'processing' },
		{ name: 'Queued', value: 'queueing' },
		{ name: 'Succeeded', value: 'success' },
	]),
	{
		displayName: 'Templates',
		name: 'templates',
		type: 'string',
		default: '',
		placeholder: 'e.g. hugging, exotic_princess',
		description: `Only list tasks of these templates, separated by commas, from ${TEMPLATE_LIST}`,
	},
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
		const tasks = await readPages(session, list, filters, limit, 'to list tasks');
		if (isFailure(tasks)) return tasks;
		const includeRaw = wantsRaw(choiceFor(context, itemIndex));
		return tasks.map((task) => {
			const model = asText(asRecord(task.raw).model);
			return outputItem(session, itemContext(itemIndex, 'getMany', { model, includeRaw }), task);
		});
	});
}

export const getManyTasks: Listing & RequestOperation = {
	resource: 'task',
	name: 'getMany',
	label: 'Get Many',
	action: 'Get many tasks',
	description: 'List the recent tasks of the account',
	output: anyTaskFields(),
	properties,
	execute,
};

/** Model: get many. What the catalogue knows of the models, for choosing among them; sends no request. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { rowsOf } from '../../catalogue';
import type { Kind, Row } from '../../catalogue/types';
import { PROVIDERS } from '../../providers';
import type { Provider } from '../../providers/types';
import { choiceOf, namesOf, parameter } from '../../tasks/context/parameters';
import { failure, type Failure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { kindOptions, modelKinds } from '../kinds';
import { MODEL_FIELDS, modelItem } from './describe';

/** Nothing is known of a custom provider: it is taken to be like Vidu. */
const known = () => PROVIDERS.filter(({ id }) => id !== 'custom');

const properties = (): INodeProperties[] => [
	{
		displayName: 'Provider',
		name: 'modelProvider',
		type: 'options',
		default: 'credential',
		options: [
			{ name: 'All', value: 'all' },
			...known().map(({ id, name }) => ({ name, value: id })),
			{ name: 'Of the Credential', value: 'credential' },
		],
		description: 'Provider whose models to list',
	},
	{
		displayName: 'Kinds',
		name: 'kinds',
		type: 'multiOptions',
		default: [],
		options: kindOptions(modelKinds()),
		description:
			'What the models are to be used for. Leave empty for everything. An expression may return a list, or names separated by commas.',
	},
];

function chosenKinds(context: IExecuteFunctions, itemIndex: number): Kind[] | Failure {
	const all = modelKinds();
	const given = namesOf(parameter(context, 'kinds', itemIndex), 'Kinds');
	const unknown = given.find((name) => !all.some((kind) => kind === name));
	return unknown === undefined
		? all.filter((kind) => given.length === 0 || given.includes(kind))
		: failure(`"Kinds" contains ${unknown}, but must be among ${all.join(', ')}`, '');
}

function chosenProviders(
	context: IExecuteFunctions,
	itemIndex: number,
	own: Provider,
): readonly Provider[] {
	const choices = ['credential', 'all', ...known().map(({ id }) => id)];
	const given = parameter(context, 'modelProvider', itemIndex);
	const chosen = choiceOf(given, 'Provider', choices) ?? 'credential';
	if (chosen === 'credential') return [own];
	return known().filter(({ id }) => chosen === 'all' || chosen === id);
}

export const getManyModels = freeOperation({
	resource: 'model',
	name: 'getMany',
	label: 'Get Many',
	action: 'Get many models',
	description:
		'List the models with their limits and prices, one item for each model and kind of use, without a request',
	properties,
	output: MODEL_FIELDS,
	results: async ({ context, connection, provider: own }, itemIndex) => {
		const kinds = chosenKinds(context, itemIndex);
		if (!Array.isArray(kinds)) return kinds;
		const items = chosenProviders(context, itemIndex, own).flatMap((provider) =>
			kinds
				.flatMap((kind): readonly Row[] => rowsOf(provider.id, kind))
				.map((row) => modelItem(row, provider, connection.region)),
		);
		return await Promise.resolve(items);
	},
});

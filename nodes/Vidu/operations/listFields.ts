/** How many results to list. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { booleanOf, numberOf, parameter } from '../tasks/context/parameters';
import { failure, type Failure } from '../transport/failure';

export const listFields = (): INodeProperties[] => [
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
];

/** The limit, Infinity for all, or why it is invalid. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number | Failure {
	const all = booleanOf(parameter(context, 'returnAll', itemIndex), 'Return All') ?? false;
	if (all) return Infinity;
	const limit = numberOf(parameter(context, 'limit', itemIndex), 'Limit') ?? 50;
	return limit >= 1 ? limit : failure(`"Limit" is ${limit}, but must be at least 1`, '');
}

/** How many results to list. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { booleanOf, numberOf, parameter } from '../tasks/context/parameters';

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

/** The limit; Infinity for all. A number below 1 is rejected by the caller. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	const all = booleanOf(parameter(context, 'returnAll', itemIndex), 'Return All') ?? false;
	return all ? Infinity : (numberOf(parameter(context, 'limit', itemIndex), 'Limit') ?? 50);
}

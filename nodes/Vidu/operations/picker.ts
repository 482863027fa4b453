/** Values that are chosen from a searchable list, by ID, or by an expression: n8n's resource locator. */
import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import type { Failure } from '../transport/failure';
import { toNodeError } from '../transport/nodeError';

interface Picker {
	/** The node's method that lists the values. */
	readonly method: string;
	/** What is chosen, such as "a task". */
	readonly what: string;
	/** The name of the second mode, and an example for it. */
	readonly mode?: { readonly displayName: string; readonly name: string };
	readonly example: string;
	/** An expression that reads the output of an earlier operation. */
	readonly preset?: string;
}

const BY_ID = { displayName: 'By ID', name: 'id' };

/** The parts of a property that is chosen from a list. n8n itself keeps expressions in the second mode. */
export function picker({ method, what, mode = BY_ID, example, preset }: Picker) {
	const value =
		preset === undefined ? { mode: 'list', value: '' } : { mode: mode.name, value: preset };
	return {
		type: 'resourceLocator',
		default: { __rl: true, ...value },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${what}`,
				typeOptions: { searchListMethod: method, searchable: true },
			},
			{ ...mode, type: 'string', placeholder: `e.g. ${example}` },
		],
	} satisfies Partial<INodeProperties>;
}

/** Whether a name in a list contains what was typed into its search. */
export function matches(name: string, filter: string): boolean {
	return name.toLowerCase().includes(filter.trim().toLowerCase());
}

/** The error instead of a list; the editor shows its message only. */
export function noList(context: ILoadOptionsFunctions, why: Failure): Error {
	const message = `${why.message}. To enter an ID, choose By ID.`;
	return toNodeError(context.getNode(), 0, { ...why, message });
}

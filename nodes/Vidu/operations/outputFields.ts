/** The fields for what of an item is output: Simplify, and for agents, who pay for every word, Output. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { titleOf } from '../catalogue/labels';
import { ALWAYS_OUTPUT, CHOICE_LABELS } from '../tasks/context/outputChoice';
import type { Fields } from '../tasks/deliver/schema';
import { notAsTool } from './options';
import type { Operation } from './types';

/** From so many fields on there is a choice: n8n's rule. */
const MANY = 10;

/** The fields that an agent needs most, and gets at first. */
const ESSENTIAL = [
	...['state', 'shots', 'videos', 'images', 'audios', 'voiceId', 'subject', 'prompts', 'response'],
	...['task', 'atMost', 'note', 'kind', 'durations', 'resolutions', 'defaultCredits'],
];

export const simplifyField = (): INodeProperties => ({
	displayName: CHOICE_LABELS.simplify,
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** The fields of operations of one resource, with those for what is output before their options. */
export function withOutputFields(
	fields: readonly INodeProperties[],
	operations: readonly Operation[],
	shownFor: (names: string[]) => Record<string, string[]>,
): INodeProperties[] {
	const choosable = operations.filter(({ output }) => Object.keys(output).length > MANY);
	const [first] = choosable;
	const isLast = ({ type, name }: INodeProperties) =>
		type === 'collection' && ['options', 'runOptions'].includes(name);
	if (first === undefined) return [...fields];
	const show = { ...shownFor(choosable.map(({ name }) => name)), ...first.outputShown };
	const output: Fields = Object.assign({}, ...choosable.map((each) => each.output));
	return [
		...fields.filter((field) => !isLast(field)),
		...updateDisplayOptions({ show }, outputFields(output)),
		...fields.filter(isLast),
	];
}

/** Only tasks have a response of which an item is the simplified version. */
function outputFields(fields: Fields): INodeProperties[] {
	const hasRaw = 'nativeState' in fields;
	const names = Object.entries(fields).flatMap(([name, field]) => {
		const isEmpty = field.type === 'array' && field.items === undefined;
		return isEmpty || ALWAYS_OUTPUT.includes(name) ? [] : [name];
	});
	return [
		...(hasRaw ? [{ ...simplifyField(), displayOptions: notAsTool }] : []),
		{
			displayName: CHOICE_LABELS.output,
			name: 'output',
			type: 'options',
			default: 'simplified',
			displayOptions: { show: { '@tool': [true] } },
			options: outputModes(hasRaw),
			description: 'Fields that the agent gets. It pays for every word.',
		},
		{
			displayName: CHOICE_LABELS.selectedFields,
			name: 'selectedFields',
			type: 'multiOptions',
			default: [...names.filter((name) => ESSENTIAL.includes(name))],
			displayOptions: { show: { '@tool': [true], output: ['selectedFields'] } },
			options: names.map((value) => ({ name: titleOf(value), value })).sort(byName),
			description: 'Fields that the agent gets in addition to the ID',
		},
	];
}

const outputModes = (hasRaw: boolean): INodePropertyOptions[] => [
	{
		name: hasRaw ? 'Simplified' : 'All Fields',
		value: 'simplified',
		description: 'The fields of this node, which are the same with all providers',
	},
	...(hasRaw
		? [
				{
					name: 'Raw',
					value: 'raw',
					description: 'In addition the response of the provider, in the field raw',
				},
			]
		: []),
	{
		name: 'Selected Fields',
		value: 'selectedFields',
		description: 'Only the fields that you choose',
	},
];

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => (a.name < b.name ? -1 : 1);

/**
 * What of an item is output, as chosen by the user. Nothing here throws, because items have been paid
 * for: a choice that cannot be read is ignored.
 */
import type { IExecuteFunctions, INodeExecutionData, NodeOutput } from 'n8n-workflow';
import { isAgentTool } from './agentTool';
import { booleanOf, collectionOf, namesOf, textOf } from './parameters';

export const CHOICE_LABELS = {
	simplify: 'Simplify',
	output: 'Output',
	selectedFields: 'Fields',
	includeRaw: 'Include Raw Response',
} as const;

/** What every item for an agent has: its ID, and what went wrong. */
export const ALWAYS_OUTPUT: readonly string[] = ['taskId', 'model', 'error', 'message'];

export interface Choice {
	/** The value of a parameter; null if there is none. May throw. */
	get(name: string): unknown;
	/** Called with the reason when a value is ignored. */
	ignored(why: string): void;
}

/** The choice for an item of a node. */
export const choiceFor = (context: IExecuteFunctions, itemIndex: number): Choice => ({
	get: (name) => context.getNodeParameter(name, itemIndex, null),
	ignored: (why) => context.logger.warn(`${context.getNode().name}: ignored a setting: ${why}`),
});

/** Whether an item has the provider's response in `raw`. */
export function wantsRaw(choice: Choice): boolean {
	const isOn = (name: 'simplify' | 'includeRaw', get: () => unknown) =>
		understood(choice, () => booleanOf(get(), CHOICE_LABELS[name]));
	const options = () => collectionOf(choice.get('options'), 'Options');
	return (
		isOn('simplify', () => choice.get('simplify')) === false ||
		outputOf(choice) === 'raw' ||
		// Workflows made before there was Simplify have this option.
		isOn('includeRaw', () => options().includeRaw) === true
	);
}

/** The output with the fields that an agent is to see. */
export function withChosenFields(context: IExecuteFunctions, output: NodeOutput): NodeOutput {
	if (!isAgentTool(context) || !Array.isArray(output)) return output;
	return output.map((items) => items.map((item) => ({ ...item, json: chosenIn(context, item) })));
}

function chosenIn(context: IExecuteFunctions, { json, pairedItem }: INodeExecutionData) {
	const { item = 0 } = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem : {};
	const choice = choiceFor(context, item);
	if (outputOf(choice) !== 'selectedFields') return json;
	const get = () => namesOf(choice.get('selectedFields'), CHOICE_LABELS.selectedFields);
	const names = understood(choice, get);
	const chosen = Object.entries(json).filter(
		([name]) => !names || names.includes(name) || ALWAYS_OUTPUT.includes(name),
	);
	return Object.fromEntries(chosen);
}

/** For agents: `simplified`, `raw` or `selectedFields`. */
const outputOf = (choice: Choice) =>
	understood(choice, () => textOf(choice.get('output'), CHOICE_LABELS.output));

/** `undefined` for what cannot be understood. */
export function understood<T>(choice: Pick<Choice, 'ignored'>, read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		choice.ignored((error as Error).message);
		return undefined;
	}
}

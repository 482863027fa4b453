/** The resources and operations of the Vidu node. A new operation is one file and one entry here. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import { generate } from '../tasks/generate';
import { estimate } from './account/estimate';
import { getCredits } from './account/getCredits';
import { cancelTask } from './task/cancel';
import { getTask } from './task/get';
import { getManyTasks } from './task/getMany';
import type { GenerationOperation, RequestOperation } from './types';
import { imageToVideo } from './video/imageToVideo';
import { startEndToVideo } from './video/startEndToVideo';
import { textToVideo } from './video/textToVideo';

interface Entry {
	/** As shown in the list of operations. */
	readonly label: string;
	/** As shown where actions are searched for. */
	readonly action: string;
	/** For people, and for an agent that chooses. */
	readonly description: string;
	readonly operation: GenerationOperation | RequestOperation;
}

interface Resource {
	readonly label: string;
	readonly value: string;
	/** In the order of their labels. */
	readonly entries: readonly Entry[];
}

export const RESOURCES: readonly Resource[] = [
	{
		label: 'Account',
		value: 'account',
		entries: [
			{
				label: 'Estimate',
				action: 'Estimate the credits of a clip',
				description: 'What a clip would cost, from the price list, without a request',
				operation: estimate,
			},
			{
				label: 'Get Credits',
				action: 'Get the credits of the account',
				description: 'How many credits are left',
				operation: getCredits,
			},
		],
	},
	{
		label: 'Task',
		value: 'task',
		entries: [
			{
				label: 'Cancel',
				action: 'Cancel a task',
				description: 'Cancel a task that has not begun, such as an off-peak one',
				operation: cancelTask,
			},
			{
				label: 'Get',
				action: 'Get a task',
				description: 'State and video of a task by its ID, without paying again',
				operation: getTask,
			},
			{
				label: 'Get Many',
				action: 'Get many tasks',
				description: "List the account's recent tasks",
				operation: getManyTasks,
			},
		],
	},
	{
		label: 'Video',
		value: 'video',
		entries: [
			{
				label: 'Image to Video',
				action: 'Make a video from an image',
				description: 'A picture, such as a product photo, starts to move',
				operation: imageToVideo,
			},
			{
				label: 'Start and End to Video',
				action: 'Make a video from a start and an end image',
				description: 'A clip that leads from one picture to another',
				operation: startEndToVideo,
			},
			{
				label: 'Text to Video',
				action: 'Make a video from text',
				description: 'A clip from a prompt alone',
				operation: textToVideo,
			},
		],
	},
];

/** The list of resources, a list of operations for each, and the fields of every operation where it is chosen. */
export function registryFields(): INodeProperties[] {
	const options = RESOURCES.map(({ label, value }) => ({ name: label, value }));
	const choice = { type: 'options' as const, options, default: 'video' };
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		noDataExpression: true,
		...choice,
	};
	return [resource, ...RESOURCES.map(operationField), ...RESOURCES.flatMap(fieldsOf)];
}

function operationField({ value, entries }: Resource): INodeProperties {
	const options = entries.map(({ label, action, description, operation }) => ({
		name: label,
		value: operation.name,
		action,
		description,
	}));
	const choice = { type: 'options' as const, options, default: options[0]?.value ?? '' };
	return {
		displayName: 'Operation',
		name: 'operation',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		...choice,
	};
}

function fieldsOf({ value, entries }: Resource): INodeProperties[] {
	return entries.flatMap(({ operation }) =>
		updateDisplayOptions({ show: { resource: [value], operation: [operation.name] } }, [
			...operation.properties,
		]),
	);
}

/** Runs the operation that the node's parameters name. */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = RESOURCES.find(({ value }) => value === resource)?.entries.find(
		(entry) => entry.operation.name === name,
	)?.operation;
	if (operation === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The resource "${resource}" has no operation "${name}"`,
		);
	}
	return 'execute' in operation
		? await operation.execute(context)
		: await generate(context, operation);
}

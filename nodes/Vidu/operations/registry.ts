/** The resources and operations of the Vidu node. A new operation is one file and one line here. */
import type { EngineResponse, IExecuteFunctions, INodeProperties, NodeOutput } from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import { isPriced } from '../catalogue';
import { titleOf } from '../catalogue/labels';
import type { Kind } from '../catalogue/types';
import { withChosenFields } from '../tasks/context/outputChoice';
import { executeGeneration } from '../tasks/execute';
import { estimate } from './account/estimate';
import { getCredits } from './account/getCredits';
import { apiRequest } from './api/request';
import { cloneVoice } from './audio/cloneVoice';
import { textToAudio } from './audio/textToAudio';
import { textToSpeech } from './audio/textToSpeech';
import { timingToAudio } from './audio/timingToAudio';
import { uploadFile } from './file/upload';
import { estimateFilm } from './film/estimate';
import { makeFilm } from './film/make';
import { referenceToImage } from './image/referenceToImage';
import { getModel } from './model/get';
import { getManyModels } from './model/getMany';
import { withOutputFields } from './outputFields';
import { recommendPrompts } from './prompt/recommend';
import { createSubject } from './subject/create';
import { getSubject } from './subject/get';
import { getManySubjects } from './subject/getMany';
import { updateSubject } from './subject/update';
import { cancelTask } from './task/cancel';
import { getTask } from './task/get';
import { getManyTasks } from './task/getMany';
import { waitForTasks } from './task/wait';
import type { ListedOperation } from './types';
import { digitalHuman } from './video/digitalHuman';
import { extend } from './video/extend';
import { imageToVideo } from './video/imageToVideo';
import { join } from './video/join';
import { lipSync } from './video/lipSync';
import { motionSync } from './video/motionSync';
import { multiFrame } from './video/multiFrame';
import { startEndToVideo } from './video/startEndToVideo';
import { template } from './video/template';
import { templateStory } from './video/templateStory';
import { textToVideo } from './video/textToVideo';
import { upscale } from './video/upscale';

const operations = (): readonly ListedOperation[] => [
	estimate,
	getCredits,
	apiRequest,
	cloneVoice,
	textToAudio,
	textToSpeech,
	timingToAudio,
	uploadFile,
	estimateFilm,
	makeFilm,
	referenceToImage,
	getModel,
	getManyModels,
	recommendPrompts,
	createSubject,
	getSubject,
	getManySubjects,
	updateSubject,
	cancelTask,
	getTask,
	getManyTasks,
	waitForTasks,
	digitalHuman,
	extend,
	imageToVideo,
	join,
	lipSync,
	motionSync,
	multiFrame,
	startEndToVideo,
	template,
	templateStory,
	textToVideo,
	upscale,
];

/** The default operation of a resource, if it is not the first one. */
const DEFAULTS: Readonly<Record<string, string>> = {
	account: 'getCredits',
	audio: 'textToSpeech',
	film: 'make',
	model: 'getMany',
	task: 'get',
	video: 'imageToVideo',
};

interface Resource {
	readonly label: string;
	readonly value: string;
	readonly operations: readonly ListedOperation[];
}

/** The operations by resource, both in alphabetical order. */
export function resources(): Resource[] {
	const values = [...new Set(operations().map(({ resource }) => resource))].sort();
	return values.map((value) => ({
		label: titleOf(value),
		value,
		operations: operations()
			.filter(({ resource }) => resource === value)
			.sort((a, b) => (a.label < b.label ? -1 : 1)),
	}));
}

/** The kinds of the operations that have a price, by the operations' names. */
export function pricedOperations(): Record<string, Kind> {
	return Object.fromEntries(
		operations().flatMap(({ name, kind }) => (kind && isPriced(kind) ? [[name, kind]] : [])),
	);
}

/** The list of resources, a list of operations for each, and the fields of every operation where it is chosen. */
export function registryFields(): INodeProperties[] {
	const all = resources();
	const options = all.map(({ label, value }) => ({ name: label, value }));
	const choice = { type: 'options' as const, options, default: 'video' };
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		noDataExpression: true,
		...choice,
	};
	return [resource, ...all.map(operationField), ...all.flatMap(fieldsOf)];
}

function operationField({ value, operations: listed }: Resource): INodeProperties {
	const options = listed.map(({ label, action, description, name }) => ({
		name: label,
		value: name,
		action,
		description,
	}));
	const first = DEFAULTS[value] ?? options[0]?.value ?? '';
	const choice = { type: 'options' as const, options, default: first };
	return {
		displayName: 'Operation',
		name: 'operation',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		...choice,
	};
}

function fieldsOf({ value, operations: listed }: Resource): INodeProperties[] {
	const shownFor = (operation: string[]) => ({ resource: [value], operation });
	const fields = listed.flatMap((operation) =>
		updateDisplayOptions({ show: shownFor([operation.name]) }, [...operation.properties()]),
	);
	return withOutputFields(fields, listed, shownFor);
}

/** Runs the operation that the node's parameters name. */
export async function runOperation(
	context: IExecuteFunctions,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = operations().find((each) => each.resource === resource && each.name === name);
	if (operation === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The resource "${resource}" has no operation "${name}"`,
		);
	}
	const output =
		'execute' in operation
			? await operation.execute(context, response)
			: await executeGeneration(context, operation, response);
	return withChosenFields(context, output);
}

/** The resources and operations of the Vidu node. A new operation is one file and one entry here. */
import type { EngineResponse, IExecuteFunctions, INodeProperties, NodeOutput } from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import { executeGeneration } from '../tasks/execute';
import { estimate } from './account/estimate';
import { getCredits } from './account/getCredits';
import { cloneVoice } from './audio/cloneVoice';
import { textToAudio } from './audio/textToAudio';
import { textToSpeech } from './audio/textToSpeech';
import { timingToAudio } from './audio/timingToAudio';
import { uploadFile } from './file/upload';
import { referenceToImage } from './image/referenceToImage';
import { recommendPrompts } from './prompt/recommend';
import { createSubject } from './subject/create';
import { getSubject } from './subject/get';
import { getManySubjects } from './subject/getMany';
import { updateSubject } from './subject/update';
import { cancelTask } from './task/cancel';
import { getTask } from './task/get';
import { getManyTasks } from './task/getMany';
import { waitForTasks } from './task/wait';
import type { GenerationOperation, RequestOperation } from './types';
import { digitalHuman } from './video/digitalHuman';
import { extend } from './video/extend';
import { imageToVideo } from './video/imageToVideo';
import { lipSync } from './video/lipSync';
import { motionSync } from './video/motionSync';
import { multiFrame } from './video/multiFrame';
import { startEndToVideo } from './video/startEndToVideo';
import { template } from './video/template';
import { templateStory } from './video/templateStory';
import { textToVideo } from './video/textToVideo';
import { upscale } from './video/upscale';

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
	/** The operation chosen at first; the first one unless told otherwise. */
	readonly preset?: string;
	/** In the order of their labels. */
	readonly entries: readonly Entry[];
}

export const resources = (): readonly Resource[] => [
	{
		label: 'Account',
		value: 'account',
		preset: 'getCredits',
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
		label: 'Audio',
		value: 'audio',
		preset: 'textToSpeech',
		entries: [
			{
				label: 'Clone Voice',
				action: 'Clone a voice',
				description:
					'A voice of your own from a recording of 10 seconds or more, for texts to be said by',
				operation: cloneVoice,
			},
			{
				label: 'Text to Audio',
				action: 'Make a sound effect from text',
				description: 'A sound effect of 2 to 10 seconds from a prompt; no speech',
				operation: textToAudio,
			},
			{
				label: 'Text to Speech',
				action: 'Make speech from text',
				description: 'A text said aloud by a voice, at once',
				operation: textToSpeech,
			},
			{
				label: 'Timing to Audio',
				action: 'Make sound effects at given times',
				description: 'Several sound effects, each at its own time, as one file',
				operation: timingToAudio,
			},
		],
	},
	{
		label: 'File',
		value: 'file',
		entries: [
			{
				label: 'Upload',
				action: 'Upload a picture',
				description: 'Store a picture at Vidu; its URI goes wherever a picture goes',
				operation: uploadFile,
			},
		],
	},
	{
		label: 'Image',
		value: 'image',
		entries: [
			{
				label: 'Reference to Image',
				action: 'Make an image from references or text',
				description: 'A picture from a prompt, after up to 7 pictures or from text alone',
				operation: referenceToImage,
			},
		],
	},
	{
		label: 'Prompt',
		value: 'prompt',
		entries: [
			{
				label: 'Recommend',
				action: 'Recommend prompts for a picture',
				description: 'Ideas for what could happen in a picture, written as prompts',
				operation: recommendPrompts,
			},
		],
	},
	{
		label: 'Subject',
		value: 'subject',
		entries: [
			{
				label: 'Create',
				action: 'Create a subject',
				description: 'Put a character or thing into the library, for any number of videos',
				operation: createSubject,
			},
			{
				label: 'Get',
				action: 'Get a subject',
				description: 'One subject of the library by its ID',
				operation: getSubject,
			},
			{
				label: 'Get Many',
				action: 'Get many subjects',
				description: 'List the subjects of the library',
				operation: getManySubjects,
			},
			{
				label: 'Update',
				action: 'Update a subject',
				description: 'Change the name, pictures, voice or description of a subject',
				operation: updateSubject,
			},
		],
	},
	{
		label: 'Task',
		value: 'task',
		preset: 'get',
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
			{
				label: 'Wait',
				action: 'Wait for tasks',
				description:
					'Wait until tasks submitted earlier are ready, by their IDs, and output what they made',
				operation: waitForTasks,
			},
		],
	},
	{
		label: 'Video',
		value: 'video',
		preset: 'imageToVideo',
		entries: [
			{
				label: 'Digital Human',
				action: 'Make a person in a picture speak',
				description:
					'A picture of a person and a speech or text become a video in which the person says it',
				operation: digitalHuman,
			},
			{
				label: 'Extend',
				action: 'Extend a video',
				description: 'Add 1 to 7 seconds to a video',
				operation: extend,
			},
			{
				label: 'Image to Video',
				action: 'Make a video from an image',
				description: 'A picture, such as a product photo, starts to move',
				operation: imageToVideo,
			},
			{
				label: 'Lip Sync',
				action: 'Sync the lips in a video to speech',
				description: 'A person in a video says another speech or text',
				operation: lipSync,
			},
			{
				label: 'Motion Sync',
				action: 'Make a person in a picture move like a video',
				description: 'A person in a picture takes over the movement of another video',
				operation: motionSync,
			},
			{
				label: 'Multi-Frame',
				action: 'Make a video through key frames',
				description: 'A clip that passes through 2 to 9 pictures, one after another',
				operation: multiFrame,
			},
			{
				label: 'Start and End to Video',
				action: 'Make a video from a start and an end image',
				description: 'A clip that leads from one picture to another',
				operation: startEndToVideo,
			},
			{
				label: 'Template',
				action: 'Make a video from a template',
				description: 'Pictures put into a ready scene effect, such as a hug',
				operation: template,
			},
			{
				label: 'Template Story',
				action: 'Make a video from a story template',
				description: 'Pictures put into a longer ready story',
				operation: templateStory,
			},
			{
				label: 'Text to Video',
				action: 'Make a video from text',
				description: 'A clip from a prompt alone',
				operation: textToVideo,
			},
			{
				label: 'Upscale',
				action: 'Upscale a video',
				description: 'The same video in a higher resolution, up to 8K',
				operation: upscale,
			},
		],
	},
];

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

function operationField({ value, entries, preset }: Resource): INodeProperties {
	const options = entries.map(({ label, action, description, operation }) => ({
		name: label,
		value: operation.name,
		action,
		description,
	}));
	const choice = { type: 'options' as const, options, default: preset ?? options[0]?.value ?? '' };
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
			...operation.properties(),
		]),
	);
}

/** Runs the operation that the node's parameters name. */
export async function runOperation(
	context: IExecuteFunctions,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = resources()
		.find(({ value }) => value === resource)
		?.entries.find((entry) => entry.operation.name === name)?.operation;
	if (operation === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The resource "${resource}" has no operation "${name}"`,
		);
	}
	return 'execute' in operation
		? await operation.execute(context, response)
		: await executeGeneration(context, operation, response);
}

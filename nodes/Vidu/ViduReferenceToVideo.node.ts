import {
	NodeConnectionTypes,
	type EngineResponse,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type NodeOutput,
} from 'n8n-workflow';
import { modelLists } from './fields/model';
import { subtitleOf } from './fields/subtitle';
import { referenceToVideo } from './operations/video/referenceToVideo';
import { searchSubjects } from './operations/video/subjectPicker';
import { executeGeneration } from './tasks/execute';
import { doorbellWebhooks, ring } from './tasks/suspend/doorbell';

/** Programmatic, not declarative: it submits, waits and downloads, for all items together. */
export class ViduReferenceToVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vidu Reference to Video',
		name: 'viduReferenceToVideo',
		icon: { light: 'file:../../icons/vidu.svg', dark: 'file:../../icons/vidu.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf('referenceType', {
			subjects: 'referenceSubjects',
			media: 'referenceMedia',
		}),
		description:
			'Make a video with Vidu from reference pictures of characters or things, which keep their looks, and a prompt that calls them by @name',
		defaults: { name: 'Vidu Reference to Video' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: doorbellWebhooks,
		waitingNodeTooltip: 'Waiting for the results',
		credentials: [{ name: 'viduApi', required: true }],
		properties: [...referenceToVideo.properties()],
	};

	methods = { loadOptions: modelLists, listSearch: { searchSubjects } };

	/** Answers one item per incoming item; `continueOnFail` is honoured where the run is assembled. */
	async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
		return await executeGeneration(this, referenceToVideo, response);
	}

	/** A callback while the node sleeps. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await ring(this);
	}
}

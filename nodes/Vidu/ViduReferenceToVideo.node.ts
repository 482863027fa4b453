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
import { docsPage } from './fields/links';
import { modelLists } from './fields/model';
import { subtitleOf } from './fields/subtitle';
import { valueLists } from './fields/valueLists';
import { withOutputFields } from './operations/outputFields';
import { subjectLists } from './operations/subject/picker';
import { referenceToVideo } from './operations/video/referenceToVideo';
import { withChosenFields } from './tasks/context/outputChoice';
import { executeGeneration } from './tasks/execute';
import { doorbellWebhooks, ring } from './tasks/suspend/doorbell';

/** Programmatic, not declarative, because it submits, waits and downloads for all items together. */
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
			'Make a video with Vidu that keeps the look of characters or products from reference images, mentioned in the prompt by @name',
		defaults: { name: 'Vidu Reference to Video' },
		documentationUrl: docsPage('operations.md#vidu-reference-to-video'),
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: doorbellWebhooks,
		waitingNodeTooltip: 'Waiting for the results',
		credentials: [{ name: 'viduApi', required: true }],
		properties: withOutputFields(referenceToVideo.properties(), [referenceToVideo], () => ({})),
	};

	methods = { loadOptions: { ...modelLists, ...valueLists }, listSearch: subjectLists };

	/** Outputs one item per incoming item; `continueOnFail` is honoured where the items are assembled. */
	async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
		return withChosenFields(this, await executeGeneration(this, referenceToVideo, response));
	}

	/** Handles a callback while the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await ring(this);
	}
}

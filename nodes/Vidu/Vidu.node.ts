import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { callbackWebhooks } from './operations/callbackWebhook';
import { modelLists } from './fields/model';
import { subtitleOf } from './fields/subtitle';
import { registryFields, runOperation } from './operations/registry';
import { resume } from './tasks/resume';

/** Programmatic, not declarative: it submits, waits and downloads, for all items together. */
export class Vidu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vidu',
		name: 'vidu',
		icon: { light: 'file:../../icons/vidu.svg', dark: 'file:../../icons/vidu.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(
			'operation',
			{
				imageToVideo: 'imageToVideo',
				startEndToVideo: 'startEndToVideo',
				textToVideo: 'textToVideo',
			},
			"p.operation + ': ' + p.resource",
		),
		description:
			'Make videos with Vidu from images or text, fetch finished tasks, and read the balance',
		defaults: { name: 'Vidu' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: callbackWebhooks,
		waitingNodeTooltip: 'Waiting for the provider to call back',
		credentials: [{ name: 'viduApi', required: true }],
		properties: registryFields(),
	};

	methods = { loadOptions: modelLists };

	/** Hands over to the operation; `continueOnFail` is honoured where its items are assembled. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}

	/** A callback while the execution is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}

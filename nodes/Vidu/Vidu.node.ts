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
import { pricedOperations, registryFields, runOperation } from './operations/registry';
import { subjectLists } from './operations/subject/picker';
import { taskLists } from './operations/task/picker';
import { doorbellWebhooks, ring } from './tasks/suspend/doorbell';

/** Programmatic, not declarative, because it submits, waits and downloads for all items together. */
export class Vidu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vidu',
		name: 'vidu',
		icon: { light: 'file:../../icons/vidu.svg', dark: 'file:../../icons/vidu.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf('operation', pricedOperations(), "p.operation + ': ' + p.resource"),
		description:
			'Make videos, images, speech and sounds with Vidu; extend, upscale or lip-sync them; fetch earlier ones',
		defaults: { name: 'Vidu' },
		documentationUrl: docsPage('operations.md#vidu'),
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: doorbellWebhooks,
		waitingNodeTooltip: 'Waiting for the results',
		credentials: [{ name: 'viduApi', required: true }],
		properties: registryFields(),
	};

	methods = {
		loadOptions: { ...modelLists, ...valueLists },
		listSearch: { ...subjectLists, ...taskLists },
	};

	/** Runs the chosen operation; `continueOnFail` is honoured where its items are assembled. */
	async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
		return await runOperation(this, response);
	}

	/** Handles a callback while the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await ring(this);
	}
}

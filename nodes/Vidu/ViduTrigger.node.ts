import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { docsPage } from './fields/links';
import { triggerProperties } from './trigger/properties';
import { assertReceivable, receiveCallback } from './trigger/webhook';

/** n8n announces the Vidu node and this one together, by the description below. */
export class ViduTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vidu Trigger',
		name: 'viduTrigger',
		icon: { light: 'file:../../icons/vidu.svg', dark: 'file:../../icons/vidu.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Make videos, images, speech and sounds with Vidu, or start a workflow when a task has ended',
		eventTriggerDescription: 'Waiting for a callback from the provider',
		triggerPanel: {
			header: 'Receive callbacks from Vidu',
			executionsHelp: {
				inactive:
					'<b>While building your workflow</b>, click the \'execute step\' button, then make a video with the test URL as its "Callback URL".<br /><br /><b>Once your workflow is ready</b>, publish it and use the production URL instead. Its executions show up in the executions list, but not in the editor.',
				active:
					'<b>While building your workflow</b>, click the \'execute step\' button, then make a video with the test URL as its "Callback URL".<br /><br /><b>Callbacks to the production URL</b> start the published workflow. Its executions show up in the <a data-key="executions">executions list</a>, but not in the editor.',
			},
			activationHint:
				'Once your workflow is ready, publish it to receive callbacks at the production URL.',
		},
		defaults: { name: 'Vidu Trigger' },
		documentationUrl: docsPage('trigger.md'),
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'viduApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: 'Accepted',
			},
		],
		properties: triggerProperties(),
	};

	/** Nothing is registered: the provider receives the URL with each task that is created. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await assertReceivable(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}

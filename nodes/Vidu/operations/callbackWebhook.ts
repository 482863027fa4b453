/** Where the provider calls a suspended node back; see callbacks/resumeUrl. */
import type { IWebhookDescription } from 'n8n-workflow';

export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];

/** The fields of Vidu Trigger. */
import type { INodeProperties } from 'n8n-workflow';
import { describeModel, modelsOf } from '../catalogue';
import { VIDEO_KINDS } from '../catalogue/types';
import { USUAL_CLOCK_SKEW } from '../callbacks/signature';
import { DEFAULT_EVENTS, EVENTS_LABEL, MAX_CLOCK_SKEW_LABEL, QUERY_ONLY } from './settings';
import { deliveryOptions, optionsField } from '../operations/options';
import { simplifyField } from '../operations/outputFields';

const models = () => [...new Set(VIDEO_KINDS.flatMap((kind) => modelsOf('vidu', kind)))];

const options = (): INodeProperties[] => [
	...deliveryOptions(),
	{
		displayName: 'Public Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/n8n/webhook/…',
		description:
			'The URL that was given to the provider, if a proxy changes it on the way to n8n. The signature covers this URL. If it has no query, the query of the request is used.',
	},
	{
		displayName: MAX_CLOCK_SKEW_LABEL,
		name: 'maxClockSkew',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: USUAL_CLOCK_SKEW,
		description:
			'Maximum difference between the signed date of a callback and the clock of this server',
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'multiOptions',
		default: [],
		options: models().map((value) => ({ name: describeModel(value).name, value })),
		description:
			'Only react to tasks of these models. Tasks without model information are let through.',
	},
];

const VERIFICATIONS = [
	{
		name: 'Check the Signature and Query the API',
		value: 'signatureAndFetch',
		description:
			'Output the task as the API returns it, because the body of a callback is not signed',
	},
	{
		name: 'Check the Signature Only',
		value: 'signature',
		description: 'Output what the callback says',
	},
	{
		name: QUERY_ONLY,
		value: 'fetch',
		description:
			'For kkiai and Custom, whose callbacks cannot be verified with your API key: output the task as the API returns it. Anyone who knows the URL can make this node query the API.',
	},
];

export const triggerProperties = (): INodeProperties[] => [
	{
		displayName:
			'Copy the production URL (under "Webhook URLs" above) into "Callback URL" (under "Run and Cost Options") of the node that makes the video. Publish this workflow, so that it starts when the provider posts a change of that task, even long after the workflow that made it has ended.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: EVENTS_LABEL,
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [...DEFAULT_EVENTS],
		options: [
			{
				name: 'Task Failed',
				value: 'failed',
				description: 'The task ended without a result or was cancelled',
			},
			{
				name: 'Task Started',
				value: 'processing',
				description: 'The provider has started to process the task',
			},
			{ name: 'Task Succeeded', value: 'succeeded', description: 'The result is ready' },
		],
		description: 'Events that start the workflow. Each event of a task starts it once.',
	},
	{
		displayName: 'Verification',
		name: 'verification',
		type: 'options',
		default: 'signatureAndFetch',
		options: VERIFICATIONS,
		description: 'How callbacks are authenticated',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: false,
		description:
			'Whether to output the video file in addition to its link, which expires, usually after 24 hours',
	},
	simplifyField(),
	optionsField(options()),
];

/** The fields of Vidu Trigger. */
import type { INodeProperties } from 'n8n-workflow';
import { describeModel, modelsOf } from '../catalogue';
import { VIDEO_KINDS } from '../catalogue/types';
import { USUAL_CLOCK_SKEW } from '../callbacks/signature';
import { DEFAULT_EVENTS } from './settings';
import { byLabel, deliveryOptions } from '../operations/options';

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
			'The URL that the provider was really given, where a proxy changes it on the way to n8n. The signature is made for it. Without a query, that of the request counts.',
	},
	{
		displayName: 'Max Clock Skew',
		name: 'maxClockSkew',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: USUAL_CLOCK_SKEW,
		description: 'Seconds by which the signed date of a callback may differ from the time here',
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'multiOptions',
		default: [],
		options: models().map((value) => ({ name: describeModel(value).name, value })),
		description: 'Only tasks of these models. Tasks whose model is not told pass.',
	},
];

export const triggerProperties = (): INodeProperties[] => [
	{
		displayName:
			'Copy the production URL above into the option "Callback URL" of the node that makes the video. The provider then posts each change of that task here, also long after the workflow that asked for it has ended.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [...DEFAULT_EVENTS],
		options: [
			{ name: 'Failed', value: 'failed', description: 'The task ended without a result' },
			{ name: 'Processing', value: 'processing', description: 'The provider has begun' },
			{ name: 'Succeeded', value: 'succeeded', description: 'The result is ready' },
		],
		description: 'What starts the workflow. Each event of a task does so once.',
	},
	{
		displayName: 'Verification',
		name: 'verification',
		type: 'options',
		default: 'signatureAndFetch',
		options: [
			{
				name: 'Ask the API Only',
				value: 'fetch',
				description:
					'For kkiai and Custom, whose callbacks your key cannot verify: anyone who knows the URL makes this node ask the API, whose answer is what comes out',
			},
			{
				name: 'Check the Signature and Ask the API',
				value: 'signatureAndFetch',
				description: 'What comes out is the answer of the API, since the body is not signed',
			},
			{
				name: 'Check the Signature Only',
				value: 'signature',
				description: 'What comes out is what the callback says',
			},
		],
		description: 'How a callback is known to be true',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: false,
		description:
			'Whether to output the video as binary data as well. The link alone expires, usually after 24 hours.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options().sort(byLabel),
	},
];

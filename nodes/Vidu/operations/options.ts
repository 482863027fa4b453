/** The fields for how a node runs, which every operation that makes something shares. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { MediaKind } from '../providers/types';
import { DEFAULT_CONCURRENCY, downloadLabel, mediaLabel } from '../tasks/context/settings';

/** An agent cannot be suspended and takes no files. */
export const notAsTool = { hide: { '@tool': [true] } };

const waitModes = (result: string): INodePropertyOptions[] => [
	{
		name: `Until the ${result} Is Ready`,
		value: 'poll',
		description: 'Wait in this node until all results are ready. Items are processed concurrently.',
	},
	{
		name: 'Without a Worker',
		value: 'suspend',
		displayOptions: notAsTool,
		description:
			'For many or long tasks: the execution sleeps in the database, wakes to look for results, and goes on when all are ready',
	},
	{
		name: 'Do Not Wait',
		value: 'none',
		description: 'Output the task at once; fetch the result later by its task ID',
	},
];

/** How to wait for what is called `result` in a label. */
export const waitField = (result: string, without: readonly string[] = []): INodeProperties => ({
	displayName: 'Wait',
	name: 'waitMode',
	type: 'options',
	default: 'poll',
	options: waitModes(result).filter(({ value }) => !without.includes(String(value))),
	description: 'How to wait for the result',
});

/** Wait and download, in front of the options, in words for what is made. */
export const waitFields = (makes: MediaKind = 'video'): INodeProperties[] => [
	waitField(mediaLabel(makes)),
	{
		displayName: downloadLabel(makes),
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { waitMode: ['none'], ...notAsTool.hide } },
		description: `Whether to output the ${makes} as binary data as well. The link alone expires, usually after 24 hours.`,
	},
];

/** The order in which options are offered; `localeCompare` would load ICU's tables when n8n starts. */
export const byLabel = (a: INodeProperties, b: INodeProperties) =>
	a.displayName < b.displayName ? -1 : 1;

/** The options of what comes out, wherever a file is delivered. */
export const deliveryOptions = (): INodeProperties[] => [
	{
		displayName: 'Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		displayOptions: notAsTool,
		placeholder: 'e.g. data',
		description: 'Name of the output binary field that takes the file',
	},
	{
		displayName: 'Download Cover',
		name: 'downloadCover',
		type: 'boolean',
		default: false,
		displayOptions: notAsTool,
		description:
			'Whether to output the cover image of the video as binary data as well, in dataCover or the name of your own binary field with Cover added',
	},
	{
		displayName: 'Include Raw Response',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: "Whether to add the provider's own answer to the output, in the field raw",
	},
];

/** The options of the run. */
const runOptions = (): INodeProperties[] => [
	...deliveryOptions(),
	{
		displayName: 'Check Balance',
		name: 'checkBalance',
		type: 'boolean',
		default: false,
		description:
			'Whether to refuse the run when the account has fewer credits than all items together cost',
	},
	{
		displayName: 'Deduplication Key',
		name: 'dedupeKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.rowId }}',
		description:
			'A key of your own, such as the ID of a row. The same key gives the result that was bought before, for 30 days, instead of buying another.',
	},
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: DEFAULT_CONCURRENCY,
		description:
			'How many tasks may run at the same time. Vidu runs 5 per account unless agreed otherwise.',
	},
	{
		displayName: 'Max Credits',
		name: 'maxCredits',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1000,
		description: 'Refuse the whole run before the first request when its estimate is above this',
	},
	{
		displayName: 'On Stop',
		name: 'onStop',
		type: 'options',
		default: 'leave',
		options: [
			{ name: 'Cancel Tasks', value: 'cancel' },
			{ name: 'Leave Tasks Running', value: 'leave' },
		],
		description:
			'What happens to running tasks when the execution is stopped. Only tasks that have not begun can be cancelled.',
	},
	{
		displayName: 'Poll Interval',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		description:
			'Seconds between two status requests. Without this the interval adapts to the expected time.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How many tasks may be submitted per minute, for providers that count requests',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1800,
		description:
			'Maximum time in seconds to wait, up to 30 days: unless set, 1800, or 24 hours without a worker; 48 hours and 10 minutes off-peak. The task keeps running at the provider and can be fetched later.',
	},
];

/** The collection of options: these and those of the run, but for those that mean nothing here. */
export function optionsField(
	own: readonly INodeProperties[],
	without: readonly string[] = [],
): INodeProperties {
	const ofRun = runOptions().filter(({ name }) => !without.includes(name));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...own, ...ofRun].sort(byLabel),
	};
}

/** The options of what comes out, and these of the run. */
export function runOptionsField(names: readonly string[]): INodeProperties {
	const known = [...deliveryOptions().map(({ name }) => name), ...names];
	const others = runOptions().filter(({ name }) => !known.includes(name));
	return optionsField(
		[],
		others.map(({ name }) => name),
	);
}

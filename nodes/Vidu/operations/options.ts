/** The fields for how a node runs, which all generating operations share. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { MediaKind } from '../providers/types';
import {
	DEFAULT_CONCURRENCY,
	DEFAULT_TIMEOUT,
	downloadLabel,
	mediaLabel,
	OUTPUT_FIELD,
	OUTPUT_FIELD_LABEL,
	POLL_INTERVAL_LABEL,
	TIMEOUT_LABEL,
} from '../tasks/context/settings';

/** An agent cannot be suspended and does not accept files. */
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
			'For many or long tasks: the execution sleeps in the database, wakes to poll, and continues when all results are ready',
	},
	{
		name: 'Do Not Wait',
		value: 'none',
		description: 'Output the task immediately; fetch the result later by its task ID',
	},
];

/** How to wait; `result` is the word for the result in a label. */
export const waitField = (result: string, without: readonly string[] = []): INodeProperties => ({
	displayName: 'Wait',
	name: 'waitMode',
	type: 'options',
	default: 'poll',
	options: waitModes(result).filter(({ value }) => !without.includes(String(value))),
	description: 'How to wait for the result',
});

/** Wait and download, before the options, in words for what is made. */
export const waitFields = (makes: MediaKind = 'video'): INodeProperties[] => [
	waitField(mediaLabel(makes)),
	{
		displayName: downloadLabel(makes),
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { waitMode: ['none'], ...notAsTool.hide } },
		description: `Whether to output the ${makes} file in addition to its link, which expires, usually after 24 hours`,
	},
];

/** Sorts options; `localeCompare` would load ICU's tables when n8n starts. */
export const byLabel = (a: INodeProperties, b: INodeProperties) =>
	a.displayName < b.displayName ? -1 : 1;

/** The options for the output of operations that deliver files. */
export const deliveryOptions = (): INodeProperties[] => [
	{
		displayName: OUTPUT_FIELD_LABEL,
		name: 'binaryPropertyName',
		type: 'string',
		default: OUTPUT_FIELD,
		displayOptions: notAsTool,
		placeholder: 'e.g. data',
		description: 'Field of the output item that the file is put into',
	},
	{
		displayName: 'Download Cover',
		name: 'downloadCover',
		type: 'boolean',
		default: false,
		displayOptions: notAsTool,
		description:
			'Whether to output the cover image of the video as well, in dataCover (or your own output field name with Cover added)',
	},
	{
		displayName: 'Include Raw Response',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: 'Whether to add the response of the provider to the output, in the field raw',
	},
];

/** The options of what a run may cost. */
const moneyOptions = (): INodeProperties[] => [
	{
		displayName: 'Check Balance',
		name: 'checkBalance',
		type: 'boolean',
		default: false,
		description:
			'Whether to refuse the run if all items together cost more credits than the account has',
	},
	{
		displayName: 'Deduplication Key',
		name: 'dedupeKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.rowId }}',
		description:
			'Your own key, such as a row ID. For 30 days the same key returns the result that was paid for before, instead of buying another.',
	},
	{
		displayName: 'Max Credits',
		name: 'maxCredits',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1000,
		description: 'Refuse the whole run before the first request if its estimate is higher',
	},
];

/** The options of how a run goes. */
const runOptions = (): INodeProperties[] => [
	...deliveryOptions(),
	...moneyOptions(),
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: DEFAULT_CONCURRENCY,
		description:
			'Most tasks to run at the same time. Vidu runs 5 per account unless agreed otherwise.',
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
			'What to do with running tasks when the execution is stopped. Only tasks that have not started can be cancelled.',
	},
	{
		displayName: POLL_INTERVAL_LABEL,
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		description:
			'Time between two status requests. Without it the interval adapts to the expected time.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'Most tasks to submit per minute, for providers that count requests',
	},
	{
		displayName: TIMEOUT_LABEL,
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_TIMEOUT,
		description: `Maximum time to wait. Default: ${DEFAULT_TIMEOUT}, without a worker 24 hours, off-peak 48 hours. After that the task keeps running at the provider and can be fetched later.`,
	},
];

/** The collection of options: the given ones and those of the run, except those that do not apply. */
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

/** The options for the output, and the named ones of the run. */
export function runOptionsField(names: readonly string[]): INodeProperties {
	const known = [...deliveryOptions().map(({ name }) => name), ...names];
	const others = runOptions().filter(({ name }) => !known.includes(name));
	return optionsField(
		[],
		others.map(({ name }) => name),
	);
}

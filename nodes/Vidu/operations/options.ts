/** How a node runs: the options that every generating operation shares, beside those of the model. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { booleanOf, numberOf, parameter, textOf } from './parameters';

export interface RunSettings {
	readonly waitMode: string;
	readonly downloadVideo: boolean;
	readonly downloadCover: boolean;
	readonly binaryPropertyName: string;
	readonly includeRaw: boolean;
	/** Seconds; null chooses by whether the task is off-peak. */
	readonly timeout: number | null;
	/** Seconds between looks; null adapts. */
	readonly pollInterval: number | null;
	readonly maxConcurrency: number;
	/** Null: no limit. */
	readonly requestsPerMinute: number | null;
	/** Null: no limit. */
	readonly maxCredits: number | null;
	readonly checkBalance: boolean;
	readonly cancelOnStop: boolean;
	/** The user's own key for this purchase; null for none. */
	readonly dedupeKey: string | null;
}

/** Vidu's own limit of tasks that run at the same time, unless the account has another. */
const DEFAULT_CONCURRENCY = 5;

/** Settings that hold for the whole run come from the first item; the others from each item. */
export function readSettings(context: IExecuteFunctions, itemIndex: number): RunSettings {
	const options = (context.getNodeParameter('options', itemIndex, {}) ?? {}) as Record<
		string,
		unknown
	>;
	return {
		waitMode: textOf(parameter(context, 'waitMode', itemIndex)) ?? 'poll',
		downloadVideo: booleanOf(parameter(context, 'downloadVideo', itemIndex)) ?? true,
		downloadCover: booleanOf(options.downloadCover) ?? false,
		binaryPropertyName: textOf(options.binaryPropertyName) ?? 'data',
		includeRaw: booleanOf(options.includeRaw) ?? false,
		timeout: numberOf(options.timeout) ?? null,
		pollInterval: numberOf(options.pollInterval) ?? null,
		maxConcurrency: numberOf(options.maxConcurrency) ?? DEFAULT_CONCURRENCY,
		requestsPerMinute: numberOf(options.requestsPerMinute) ?? null,
		maxCredits: numberOf(options.maxCredits) ?? null,
		checkBalance: booleanOf(options.checkBalance) ?? false,
		cancelOnStop: options.onStop === 'cancel',
		dedupeKey: textOf(options.dedupeKey) ?? null,
	};
}

/** What is wrong with the settings, as a sentence; null when they are fine. */
export function settingsProblem(settings: RunSettings): string | null {
	const limits: ReadonlyArray<[string, number | null, number]> = [
		['Timeout', settings.timeout, 0],
		['Poll Interval', settings.pollInterval, 0],
		['Max Concurrency', settings.maxConcurrency, 1],
		['Requests per Minute', settings.requestsPerMinute, 0],
		['Max Credits', settings.maxCredits, 0],
	];
	for (const [name, value, least] of limits) {
		if (value === null) continue;
		if (
			!Number.isFinite(value) ||
			value < least ||
			(least === 0 && value === 0 && name !== 'Max Credits')
		) {
			return `"${name}" is ${String(value)}, but must be a number ${least === 0 ? 'above 0' : `of at least ${least}`}`;
		}
	}
	return ['poll', 'none'].includes(settings.waitMode)
		? null
		: `"Wait" is "${settings.waitMode}", but must be "poll" or "none"`;
}

/** Wait and download, in front of the options. */
export const waitFields: INodeProperties[] = [
	{
		displayName: 'Wait',
		name: 'waitMode',
		type: 'options',
		default: 'poll',
		options: [
			{
				name: 'Until the Video Is Ready',
				value: 'poll',
				description:
					'Wait in this node until every video is ready; all items are made side by side',
			},
			{
				name: 'Do Not Wait',
				value: 'none',
				description: 'Output the task at once; fetch the video later by its task ID',
			},
		],
		description: 'Whether to wait for the result',
	},
	{
		displayName: 'Download Video',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { waitMode: ['none'] } },
		description:
			'Whether to output the video as binary data as well. The link alone expires, usually after 24 hours.',
	},
];

/** The options of the run. */
export const runOptions: INodeProperties[] = [
	{
		displayName: 'Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'Name of the output binary field that takes the video',
		hint: 'The cover goes into the same name with "Cover" behind it',
	},
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
			'A key of your own, such as the ID of a row. The same key gives the video that was bought before, for 30 days, instead of buying another.',
	},
	{
		displayName: 'Download Cover',
		name: 'downloadCover',
		type: 'boolean',
		default: false,
		description: 'Whether to output the cover image of the video as binary data as well',
	},
	{
		displayName: 'Include Raw Response',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: "Whether to add the provider's own answer to the output, in the field raw",
	},
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
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
			'Seconds to wait for a video: 1800 unless set, 48 hours and 10 minutes off-peak. The task goes on at the provider and can be fetched later.',
	},
];

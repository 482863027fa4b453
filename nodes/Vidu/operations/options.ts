/** The fields for how a node runs, which all generating operations share. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { MediaKind } from '../providers/types';
import {
	DEFAULT_CONCURRENCY,
	DEFAULT_TIMEOUT,
	downloadLabel,
	LABELS,
	mediaLabel,
	OUTPUT_FIELD,
	RUN_OPTIONS_LABEL,
} from '../tasks/context/settings';
import { CHOICE_LABELS } from '../tasks/context/outputChoice';
import { ADDITIONAL_LABEL } from '../tasks/submit/additional';

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
export const waitFields = (makes: MediaKind): INodeProperties[] => [
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

const option = (
	name: keyof typeof LABELS,
	rest: Omit<INodeProperties, 'name' | 'displayName'>,
): INodeProperties => ({ displayName: LABELS[name], name, ...rest });

/** The option for the field of a file. */
export const outputFieldOption = (): INodeProperties =>
	option('binaryPropertyName', {
		type: 'string',
		default: OUTPUT_FIELD,
		displayOptions: notAsTool,
		placeholder: 'e.g. data',
		description: 'Field of the output item that the file is put into',
	});

/** The options for the output of operations that deliver files. */
export const deliveryOptions = (): INodeProperties[] => [
	outputFieldOption(),
	option('downloadCover', {
		type: 'boolean',
		default: false,
		displayOptions: notAsTool,
		description:
			'Whether to output the cover image of the video as well, in dataCover (or your own output field name with Cover added)',
	}),
	// Before there was Simplify.
	onlyWhereSet({
		displayName: CHOICE_LABELS.includeRaw,
		name: 'includeRaw',
		type: 'boolean',
		default: false,
	}),
];

/** The options of what a run may cost. */
const moneyOptions = (): INodeProperties[] => [
	option('checkBalance', {
		type: 'boolean',
		default: false,
		description:
			'Whether to refuse the run if all items together cost more credits than the account has',
	}),
	option('dedupeKey', {
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.rowId }}',
		description:
			'Your own key, such as a row ID. For 30 days the same key returns the result that was paid for before, instead of buying another.',
	}),
	option('maxCredits', {
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1000,
		description: 'Refuse the whole run before the first request if its estimate is higher',
	}),
];

/** The options for what the catalogue does not know. */
export const unknownOptions = (): INodeProperties[] => [
	{
		displayName: ADDITIONAL_LABEL,
		name: 'additionalBodyFields',
		type: 'json',
		default: '{}',
		description:
			'JSON object to add to the request, for what this node has no field for yet, in the spelling of the provider. It is not checked.',
	},
	{
		displayName: 'Unknown Values',
		name: 'unknownValues',
		type: 'options',
		default: 'refuse',
		options: [
			{ name: 'Refuse', value: 'refuse' },
			{ name: 'Send with a Hint', value: 'send' },
		],
		description:
			'What to do with values that the model does not accept as far as this version of the node knows. If they are sent, the price is not known.',
	},
];

/** The options of how a run goes. */
export const runOptions = (): INodeProperties[] => [
	...moneyOptions(),
	option('maxConcurrency', {
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: DEFAULT_CONCURRENCY,
		description:
			'Max number of tasks to run at the same time. Vidu runs 5 per account unless agreed otherwise.',
	}),
	option('onStop', {
		type: 'options',
		default: 'leave',
		options: [
			{ name: 'Cancel Tasks', value: 'cancel' },
			{ name: 'Leave Tasks Running', value: 'leave' },
		],
		description:
			'What to do with running tasks when the execution is stopped. Only tasks that have not started can be cancelled.',
	}),
	option('pollInterval', {
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		description:
			'Time between two status requests. Without it the interval adapts to the expected time.',
	}),
	option('requestsPerMinute', {
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'Max number of tasks to submit per minute, for providers that count requests',
	}),
	option('timeout', {
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_TIMEOUT,
		description: `Maximum time to wait. Default: ${DEFAULT_TIMEOUT} (30 minutes), without a worker 24 hours, off-peak 48 hours. After that the task keeps running at the provider and can be fetched later.`,
	}),
];

/** A collection of these options. */
export const optionsField = (
	options: readonly INodeProperties[],
	displayName = 'Options',
	name = 'options',
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	// `localeCompare` would load ICU's tables when n8n starts.
	options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
});

/** Options of a request that are about how it is run and paid for, not about what it makes. */
const ABOUT_THE_RUN = ['callbackUrl', 'offPeak', 'payload', 'sourceSeconds'];

/**
 * The options of an operation: those of what it makes, and those of its run, each in a collection of its
 * own if there are both. `result` is the word for what it makes.
 */
export function optionsFields(
	ofRequest: readonly INodeProperties[],
	ofRun: readonly INodeProperties[],
	result: string,
): INodeProperties[] {
	const isAboutRun = ({ name }: INodeProperties) => ABOUT_THE_RUN.includes(name);
	const shaping = ofRequest.filter((each) => !isAboutRun(each));
	const running = [...ofRequest.filter(isAboutRun), ...ofRun];
	return shaping.length === 0
		? [optionsField(running)]
		: [
				optionsField([...shaping, ...running.map(onlyWhereSet)], `${result} Options`),
				optionsField(running, RUN_OPTIONS_LABEL, 'runOptions'),
			];
}

/** Earlier workflows have it here: n8n would drop what is not declared. */
function onlyWhereSet(option: INodeProperties): INodeProperties {
	const { displayOptions, name } = option;
	return {
		...option,
		description: undefined,
		displayOptions: { ...displayOptions, show: { [name]: [{ _cnd: { exists: true } }] } },
	};
}

/** How a node runs, as set by the user. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { MediaKind } from '../../providers/types';
import { booleanOf, choiceOf, collectionOf, numberOf, parameter, textOf } from './parameters';
import { isAgentTool } from './agentTool';
import { choiceFor, wantsRaw } from './outputChoice';

/** What to output for a task. */
export interface DeliverySettings {
	readonly downloadVideo: boolean;
	readonly downloadCover: boolean;
	readonly binaryPropertyName: string;
	readonly includeRaw: boolean;
}

export interface RunSettings {
	/** `poll`, `suspend` or `none`. */
	readonly waitMode: string;
	/** Seconds; null: a default by wait mode and off-peak. */
	readonly timeout: number | null;
	/** Seconds between polls; null: adapts to the expected time. */
	readonly pollInterval: number | null;
	readonly maxConcurrency: number;
	/** Null: no limit. */
	readonly requestsPerMinute: number | null;
	/** Null: no limit. */
	readonly maxCredits: number | null;
	readonly checkBalance: boolean;
	readonly cancelOnStop: boolean;
	/** The user's deduplication key; null for none. */
	readonly dedupeKey: string | null;
}

/** The number of tasks that Vidu runs at the same time, unless the account has another limit. */
export const DEFAULT_CONCURRENCY = 5;

/** Seconds, while the node polls. */
export const DEFAULT_TIMEOUT = 1800;
/** Where the file is put unless the user says otherwise; n8n's own name. */
export const OUTPUT_FIELD = 'data';

/** The labels of the options. */
export const LABELS = {
	binaryPropertyName: 'Output Data Field Name',
	checkBalance: 'Check Balance',
	dedupeKey: 'Deduplication Key',
	downloadCover: 'Download Cover',
	maxConcurrency: 'Max Concurrency',
	maxCredits: 'Max Credits',
	onStop: 'On Stop',
	pollInterval: 'Poll Interval (Seconds)',
	requestsPerMinute: 'Requests per Minute',
	timeout: 'Timeout (Seconds)',
} as const;

const WAIT_MODES = ['poll', 'suspend', 'none'] as const;

/** A kind of media in a label. */
export function mediaLabel(makes: MediaKind): string {
	return { video: 'Video', image: 'Image', audio: 'Audio' }[makes];
}

/** The label of `downloadVideo`; null if the kind depends on the task. */
export function downloadLabel(makes: MediaKind | null): string {
	return `Download ${makes === null ? 'Result' : mediaLabel(makes)}`;
}

/** A tool runs inside the agent, which cannot be suspended, and therefore polls. */
function readWaitMode(context: IExecuteFunctions, itemIndex: number): string {
	const given = choiceOf(parameter(context, 'waitMode', itemIndex), 'Wait', WAIT_MODES) ?? 'poll';
	return given === 'suspend' && isAgentTool(context) ? 'poll' : given;
}

/** The label of the collection `runOptions`. */
export const RUN_OPTIONS_LABEL = 'Run and Cost Options';

/** The options of one item, from both collections: earlier workflows have all of them in the first. */
export function readOptions(
	context: IExecuteFunctions,
	itemIndex: number,
): Readonly<Record<string, unknown>> {
	return {
		...collectionOf(parameter(context, 'options', itemIndex), 'Options'),
		...collectionOf(parameter(context, 'runOptions', itemIndex), RUN_OPTIONS_LABEL),
	};
}

/** What to output for one item. Agents do not accept files: their tools output links only. */
export function readDelivery(
	context: IExecuteFunctions,
	itemIndex: number,
	makes: MediaKind | null = null,
): DeliverySettings {
	const options = readOptions(context, itemIndex);
	const download = parameter(context, 'downloadVideo', itemIndex);
	return {
		downloadVideo: (booleanOf(download, downloadLabel(makes)) ?? true) && !isAgentTool(context),
		downloadCover: booleanOf(options.downloadCover, LABELS.downloadCover) ?? false,
		binaryPropertyName:
			textOf(options.binaryPropertyName, LABELS.binaryPropertyName) ?? OUTPUT_FIELD,
		includeRaw: wantsRaw(choiceFor(context, itemIndex)),
	};
}

/** How to run one item. */
export function readSettings(context: IExecuteFunctions, itemIndex: number): RunSettings {
	const options = readOptions(context, itemIndex);
	const number = (name: keyof typeof LABELS) => numberOf(options[name], LABELS[name]) ?? null;
	return {
		waitMode: readWaitMode(context, itemIndex),
		timeout: number('timeout'),
		pollInterval: number('pollInterval'),
		maxConcurrency: number('maxConcurrency') ?? DEFAULT_CONCURRENCY,
		requestsPerMinute: number('requestsPerMinute'),
		maxCredits: number('maxCredits'),
		checkBalance: booleanOf(options.checkBalance, LABELS.checkBalance) ?? false,
		cancelOnStop: choiceOf(options.onStop, LABELS.onStop, ['leave', 'cancel']) === 'cancel',
		dedupeKey: textOf(options.dedupeKey, LABELS.dedupeKey) ?? null,
	};
}

/** Seconds. */
const DAY = 24 * 3600;
/**
 * Seconds. As long as a deduplication key is kept, by which a later run finds the task; off-peak
 * tasks, the slowest, take two days. Dates cannot exceed 8.64e12 s.
 */
const MAX_TIMEOUT = 30 * DAY;

/** Off-peak tasks finish within 48 hours; ten minutes more for the last poll. Sleeping costs nothing. */
const USUAL_TIMEOUT = { polling: DEFAULT_TIMEOUT, sleeping: DAY, offPeak: 2 * DAY + 600 };

/** Maximum time that a task may take, in milliseconds. */
export function timeoutOf({ timeout }: RunSettings, sleeps: boolean, offPeak = false): number {
	const kind = offPeak ? 'offPeak' : sleeps ? 'sleeping' : 'polling';
	return (timeout ?? USUAL_TIMEOUT[kind]) * 1000;
}

/** What is wrong with the settings, as a sentence; null if they are fine. */
export function settingsProblem(settings: RunSettings): string | null {
	const { timeout, pollInterval, maxConcurrency, requestsPerMinute, maxCredits } = settings;
	const seconds = (most: number) => `a number of seconds above 0, at most ${most}`;
	const whole = (value: number, most: number) =>
		Number.isInteger(value) && value > 0 && value <= most;
	const wrong = (name: keyof typeof LABELS & keyof RunSettings, words: string) =>
		`"${LABELS[name]}" is ${settings[name]}, but must be ${words}`;
	if (timeout !== null && !(timeout > 0 && timeout <= MAX_TIMEOUT))
		return wrong('timeout', `${seconds(MAX_TIMEOUT)} (30 days)`);
	if (pollInterval !== null && !(pollInterval > 0 && pollInterval <= DAY))
		return wrong('pollInterval', seconds(DAY));
	if (!whole(maxConcurrency, 1000)) return wrong('maxConcurrency', 'a whole number from 1 to 1000');
	if (requestsPerMinute !== null && !whole(requestsPerMinute, 6000))
		return wrong('requestsPerMinute', 'a whole number from 1 to 6000');
	if (maxCredits !== null && !(maxCredits >= 0))
		return wrong('maxCredits', 'a number of at least 0');
	return null;
}

const RUN_WIDE = ['maxConcurrency', 'requestsPerMinute', 'maxCredits', 'checkBalance'] as const;

/**
 * The setting that holds for the whole run and differs between items, as a sentence; null when all
 * agree. One that is silently taken from the first item would exceed the limit of another.
 */
export function runWideProblem(
	items: ReadonlyArray<{ readonly itemIndex: number; readonly settings: RunSettings }>,
): string | null {
	const [first] = items;
	if (first === undefined) return null;
	for (const key of RUN_WIDE) {
		const told = ({ itemIndex, settings }: typeof first) =>
			`${spelled(settings[key])} for item ${itemIndex}`;
		const other = items.find(({ settings }) => settings[key] !== first.settings[key]);
		if (other !== undefined) {
			return `"${LABELS[key]}" is ${told(first)} and ${told(other)}, but must be the same for all items`;
		}
	}
	return null;
}

function spelled(value: number | boolean | null): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return value === null ? 'not set' : String(value);
}

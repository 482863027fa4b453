/** How a node runs, as set by the user. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { MediaKind } from '../../providers/types';
import { booleanOf, choiceOf, collectionOf, numberOf, parameter, textOf } from './parameters';
import { isAgentTool } from './agentTool';

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

export const OUTPUT_FIELD_LABEL = 'Output Data Field Name';
/** Seconds, while the node polls. */
export const DEFAULT_TIMEOUT = 1800;
/** Where the file is put unless the user says otherwise; n8n's own name. */
export const OUTPUT_FIELD = 'data';
export const TIMEOUT_LABEL = 'Timeout (Seconds)';
export const POLL_INTERVAL_LABEL = 'Poll Interval (Seconds)';

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

/** The options of one item. */
export function readOptions(context: IExecuteFunctions, itemIndex: number) {
	return collectionOf(parameter(context, 'options', itemIndex), 'Options');
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
		downloadCover: booleanOf(options.downloadCover, 'Download Cover') ?? false,
		binaryPropertyName: textOf(options.binaryPropertyName, OUTPUT_FIELD_LABEL) ?? OUTPUT_FIELD,
		includeRaw: booleanOf(options.includeRaw, 'Include Raw Response') ?? false,
	};
}

/** How to run one item. */
export function readSettings(context: IExecuteFunctions, itemIndex: number): RunSettings {
	const options = readOptions(context, itemIndex);
	const number = (name: string, label: string) => numberOf(options[name], label) ?? null;
	return {
		waitMode: readWaitMode(context, itemIndex),
		timeout: number('timeout', TIMEOUT_LABEL),
		pollInterval: number('pollInterval', POLL_INTERVAL_LABEL),
		maxConcurrency: number('maxConcurrency', 'Max Concurrency') ?? DEFAULT_CONCURRENCY,
		requestsPerMinute: number('requestsPerMinute', 'Requests per Minute'),
		maxCredits: number('maxCredits', 'Max Credits'),
		checkBalance: booleanOf(options.checkBalance, 'Check Balance') ?? false,
		cancelOnStop: choiceOf(options.onStop, 'On Stop', ['leave', 'cancel']) === 'cancel',
		dedupeKey: textOf(options.dedupeKey, 'Deduplication Key') ?? null,
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
	const wrong = (name: string, value: number, words: string) =>
		`"${name}" is ${value}, but must be ${words}`;
	if (timeout !== null && !(timeout > 0 && timeout <= MAX_TIMEOUT))
		return wrong(TIMEOUT_LABEL, timeout, `${seconds(MAX_TIMEOUT)} (30 days)`);
	if (pollInterval !== null && !(pollInterval > 0 && pollInterval <= DAY))
		return wrong(POLL_INTERVAL_LABEL, pollInterval, seconds(DAY));
	if (!whole(maxConcurrency, 1000))
		return wrong('Max Concurrency', maxConcurrency, 'a whole number from 1 to 1000');
	if (requestsPerMinute !== null && !whole(requestsPerMinute, 6000))
		return wrong('Requests per Minute', requestsPerMinute, 'a whole number from 1 to 6000');
	if (maxCredits !== null && !(maxCredits >= 0))
		return wrong('Max Credits', maxCredits, 'a number of at least 0');
	return null;
}

/**
 * The setting that holds for the whole run and differs between items, as a sentence; null when all
 * agree. One that is silently taken from the first item would exceed the limit of another.
 */
export function runWideProblem(
	items: ReadonlyArray<{ readonly itemIndex: number; readonly settings: RunSettings }>,
): string | null {
	const [first] = items;
	if (first === undefined) return null;
	const labels = {
		maxConcurrency: 'Max Concurrency',
		requestsPerMinute: 'Requests per Minute',
		maxCredits: 'Max Credits',
		checkBalance: 'Check Balance',
	} as const;
	for (const key of Object.keys(labels) as Array<keyof typeof labels>) {
		const told = ({ itemIndex, settings }: typeof first) =>
			`${spelled(settings[key])} for item ${itemIndex}`;
		const other = items.find(({ settings }) => settings[key] !== first.settings[key]);
		if (other !== undefined) {
			return `"${labels[key]}" is ${told(first)} and ${told(other)}, but must be the same for all items`;
		}
	}
	return null;
}

function spelled(value: number | boolean | null): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return value === null ? 'not set' : String(value);
}

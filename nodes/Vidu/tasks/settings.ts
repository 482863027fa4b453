/** How a node runs, as the user set it. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { booleanOf, numberOf, parameter, textOf } from './parameters';
import { isTool } from './tool';

/** What comes out for a task. */
export interface DeliverySettings {
	readonly downloadVideo: boolean;
	readonly downloadCover: boolean;
	readonly binaryPropertyName: string;
	readonly includeRaw: boolean;
}

export interface RunSettings extends DeliverySettings {
	/** `poll`, `callback` or `none`. */
	readonly waitMode: string;
	/** Lets the callback address be one that the provider cannot reach by its form. */
	readonly skipUrlCheck: boolean;
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
export const DEFAULT_CONCURRENCY = 5;

const WAIT_MODES: readonly string[] = ['poll', 'callback', 'none'];

/** An agent's tool runs inside the agent, which cannot be suspended: it polls. */
function readWaitMode(context: IExecuteFunctions, itemIndex: number): string {
	const given = textOf(parameter(context, 'waitMode', itemIndex)) ?? 'poll';
	return given === 'callback' && isTool(context) ? 'poll' : given;
}

function readOptions(context: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	return (context.getNodeParameter('options', itemIndex, {}) ?? {}) as Record<string, unknown>;
}

/** What one item asks for to come out. An agent takes no files: its tool gives links alone. */
export function readDelivery(context: IExecuteFunctions, itemIndex: number): DeliverySettings {
	const options = readOptions(context, itemIndex);
	const download = booleanOf(parameter(context, 'downloadVideo', itemIndex)) ?? true;
	return {
		downloadVideo: download && !isTool(context),
		...deliveryIn(options),
	};
}

/** What the options say of it. */
export function deliveryIn(
	options: Readonly<Record<string, unknown>>,
): Omit<DeliverySettings, 'downloadVideo'> {
	return {
		downloadCover: booleanOf(options.downloadCover) ?? false,
		binaryPropertyName: textOf(options.binaryPropertyName) ?? 'data',
		includeRaw: booleanOf(options.includeRaw) ?? false,
	};
}

/** Settings that hold for the whole run come from the first item; the others from each item. */
export function readSettings(context: IExecuteFunctions, itemIndex: number): RunSettings {
	const options = readOptions(context, itemIndex);
	return {
		...readDelivery(context, itemIndex),
		waitMode: readWaitMode(context, itemIndex),
		skipUrlCheck: booleanOf(options.skipUrlCheck) ?? false,
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
	return WAIT_MODES.includes(settings.waitMode)
		? null
		: `"Wait" is "${settings.waitMode}", but must be one of ${WAIT_MODES.join(', ')}`;
}

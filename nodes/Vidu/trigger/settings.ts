/** How Vidu Trigger judges callbacks and what it emits, as the user set it. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { USUAL_CLOCK_SKEW } from '../callbacks/signature';
import { hasFailed, type TaskState } from '../providers/types';
import { booleanOf, collectionOf, numberOf, textOf, textsOf } from '../tasks/context/parameters';
import type { DeliverySettings } from '../tasks/context/settings';

export interface TriggerSettings extends DeliverySettings {
	readonly events: readonly string[];
	/** Anything else than these two is `signatureAndFetch`, the safest. */
	readonly verification: 'signatureAndFetch' | 'fetch' | 'signature';
	/** Empty: all. */
	readonly models: readonly string[];
	/** Milliseconds. */
	readonly maxClockSkew: number;
	/** What was given to the provider, where that is not the URL that n8n knows. */
	readonly callbackUrl: string | undefined;
}

export const DEFAULT_EVENTS = ['succeeded', 'failed'];

/** Seconds: a callback that is older than a day is none that a clock has delayed. */
const MAX_CLOCK_SKEW = 24 * 3600;

/**
 * The trigger's settings. Never throws, since the provider's callback would be lost: what cannot be
 * understood is named in the log, and read as if it were not set.
 */
export function readTriggerSettings(context: IWebhookFunctions): TriggerSettings {
	const leftOut = (why: string) => {
		context.logger.warn(`${context.getNode().name}: left out, as if it were not set: ${why}`);
		return undefined;
	};
	const set = <T>(read: () => T): T | undefined => {
		try {
			return read();
		} catch (error) {
			return leftOut((error as Error).message);
		}
	};
	const get = (name: string): unknown => context.getNodeParameter(name, null);
	const options = set(() => collectionOf(get('options'), 'Options')) ?? {};
	const on = (name: string, label: string) => set(() => booleanOf(options[name], label)) ?? false;
	const given = set(() => numberOf(options.maxClockSkew, 'Max Clock Skew')) ?? USUAL_CLOCK_SKEW;
	const skew =
		given > 0 && given <= MAX_CLOCK_SKEW
			? given
			: leftOut(`"Max Clock Skew" is ${given}, but must be above 0, at most ${MAX_CLOCK_SKEW}`);
	const verification = set(() => get('verification'));
	return {
		events: set(() => textsOf(get('events') ?? DEFAULT_EVENTS, 'Events')) ?? DEFAULT_EVENTS,
		verification:
			verification === 'fetch' || verification === 'signature' ? verification : 'signatureAndFetch',
		downloadVideo: set(() => booleanOf(get('downloadVideo'), 'Download Video')) ?? false,
		downloadCover: on('downloadCover', 'Download Cover'),
		binaryPropertyName: set(() => textOf(options.binaryPropertyName, 'Binary Field')) ?? 'data',
		includeRaw: on('includeRaw', 'Include Raw Response'),
		models: set(() => textsOf(options.models, 'Models')) ?? [],
		maxClockSkew: (skew ?? USUAL_CLOCK_SKEW) * 1000,
		callbackUrl: set(() => textOf(options.callbackUrl, 'Public Callback URL')),
	};
}

/** The event that a state belongs to: a cancelled task is told as failed, a queued one is on its way. */
export function eventOf(state: TaskState): 'processing' | 'succeeded' | 'failed' {
	if (state === 'succeeded') return state;
	return hasFailed({ state }) ? 'failed' : 'processing';
}

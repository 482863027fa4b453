/** How Vidu Trigger authenticates callbacks and what it emits, as set by the user. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { USUAL_CLOCK_SKEW } from '../callbacks/signature';
import { hasFailed, type TaskState } from '../providers/types';
import { booleanOf, collectionOf, numberOf, textOf, textsOf } from '../tasks/context/parameters';
import { understood, wantsRaw } from '../tasks/context/outputChoice';
import { LABELS, OUTPUT_FIELD, type DeliverySettings } from '../tasks/context/settings';

export interface TriggerSettings extends DeliverySettings {
	readonly events: readonly string[];
	/** Any unknown value is read as `signatureAndFetch`, the safest. */
	readonly verification: 'signatureAndFetch' | 'fetch' | 'signature';
	/** Empty: all. */
	readonly models: readonly string[];
	/** Milliseconds. */
	readonly maxClockSkew: number;
	/** The URL that was given to the provider, if it is not the one that n8n knows. */
	readonly callbackUrl: string | undefined;
}

export const DEFAULT_EVENTS = ['succeeded', 'failed'];

export const EVENTS_LABEL = 'Trigger On';
export const MAX_CLOCK_SKEW_LABEL = 'Max Clock Skew (Seconds)';
/** The name of the verification `fetch`. */
export const QUERY_ONLY = 'Query the API Only';

/** Seconds: no clock is off by more than a day. */
const MAX_CLOCK_SKEW = 24 * 3600;

/**
 * Reads the trigger's settings. Never throws, because the callback would be lost: a value that cannot
 * be understood is logged and ignored.
 */
export function readTriggerSettings(context: IWebhookFunctions): TriggerSettings {
	const get = (name: string): unknown => context.getNodeParameter(name, null);
	const ignored = (why: string) =>
		context.logger.warn(`${context.getNode().name}: ignored a setting: ${why}`);
	const set = <T>(read: () => T) => understood({ ignored }, read);
	const options = set(() => collectionOf(get('options'), 'Options')) ?? {};
	const given = set(() => numberOf(options.maxClockSkew, MAX_CLOCK_SKEW_LABEL)) ?? USUAL_CLOCK_SKEW;
	const isUsable = given > 0 && given <= MAX_CLOCK_SKEW;
	if (!isUsable)
		ignored(
			`"${MAX_CLOCK_SKEW_LABEL}" is ${given}, but must be above 0 and at most ${MAX_CLOCK_SKEW}`,
		);
	const verification = set(() => get('verification'));
	return {
		events: set(() => textsOf(get('events') ?? DEFAULT_EVENTS, EVENTS_LABEL)) ?? DEFAULT_EVENTS,
		verification:
			verification === 'fetch' || verification === 'signature' ? verification : 'signatureAndFetch',
		downloadVideo: set(() => booleanOf(get('downloadVideo'), 'Download Video')) ?? false,
		downloadCover: set(() => booleanOf(options.downloadCover, LABELS.downloadCover)) ?? false,
		binaryPropertyName:
			set(() => textOf(options.binaryPropertyName, LABELS.binaryPropertyName)) ?? OUTPUT_FIELD,
		includeRaw: wantsRaw({ get, ignored }),
		models: set(() => textsOf(options.models, 'Models')) ?? [],
		maxClockSkew: (isUsable ? given : USUAL_CLOCK_SKEW) * 1000,
		callbackUrl: set(() => textOf(options.callbackUrl, 'Public Callback URL')),
	};
}

/** The event that a state belongs to: a cancelled task counts as failed, a queued one as processing. */
export function eventOf(state: TaskState): 'processing' | 'succeeded' | 'failed' {
	if (state === 'succeeded') return state;
	return hasFailed({ state }) ? 'failed' : 'processing';
}

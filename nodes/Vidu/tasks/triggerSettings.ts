/** How Vidu Trigger judges callbacks and what it emits, as the user set it. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { USUAL_CLOCK_SKEW } from '../callbacks/signature';
import { hasFailed, type TaskState } from '../providers/types';
import { booleanOf, numberOf, textOf, textsOf } from './parameters';
import { deliveryIn, type DeliverySettings } from './settings';

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

export function readTriggerSettings(context: IWebhookFunctions): TriggerSettings {
	const options = (context.getNodeParameter('options', {}) ?? {}) as Record<string, unknown>;
	const verification = context.getNodeParameter('verification', '') as string;
	const skew = numberOf(options.maxClockSkew) ?? NaN;
	return {
		events: textsOf(context.getNodeParameter('events', DEFAULT_EVENTS)),
		verification:
			verification === 'fetch' || verification === 'signature' ? verification : 'signatureAndFetch',
		downloadVideo: booleanOf(context.getNodeParameter('downloadVideo', false)) ?? false,
		...deliveryIn(options),
		models: textsOf(options.models),
		maxClockSkew: (skew > 0 ? skew : USUAL_CLOCK_SKEW) * 1000,
		callbackUrl: textOf(options.callbackUrl),
	};
}

/** The event that a state belongs to: a cancelled task is told as failed, a queued one is on its way. */
export function eventOf(state: TaskState): 'processing' | 'succeeded' | 'failed' {
	if (state === 'succeeded') return state;
	return hasFailed({ state }) ? 'failed' : 'processing';
}

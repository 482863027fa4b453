/** From the parameters of one item to what to submit and how to wait for it. Sends nothing. */
import type { Failure } from '../../transport/failure';
import { validationFailure } from './request';
import type { Call } from '../context/call';
import { hashOf } from './submissions';
import type { Generation, TaskRequest } from './request';
import { itemContext } from '../context/itemContext';
import type { ItemJob } from '../context/job';
import { isFailure, type Session } from '../context/session';
import { readDelivery, readSettings, settingsProblem, timeoutOf } from '../context/settings';

/** What to submit for an item, and how to wait for it. */
export interface Plan extends ItemJob {
	/** As in its request. */
	readonly atMostCredits: number | null;
}

/** A guess, in seconds: off-peak tasks wait for a quiet hour, so frequent polls are useless. */
const OFF_PEAK_EXPECTED = 3600;

export interface Planning {
	readonly call: Call;
	/** Whether the node may sleep, and the provider can send it callbacks, if the item wants that. */
	readonly maySleep: boolean;
	readonly mayRing: boolean;
	/** Receives the request of each item that has a plan. */
	readonly requests: Map<number, TaskRequest>;
}

/**
 * The plan for one item, or why there is none.
 * @throws NodeOperationError if a data field is missing, and the like
 */
export async function planItem(
	session: Session,
	operation: Generation,
	itemIndex: number,
	{ call, maySleep, mayRing, requests }: Planning,
): Promise<Plan | Failure> {
	const delivery = readDelivery(session.context, itemIndex, operation.makes);
	const settings = readSettings(session.context, itemIndex);
	const wrongSetting = settingsProblem(settings);
	if (wrongSetting !== null) return validationFailure([wrongSetting]);
	const request = await operation.buildRequest(session, itemIndex);
	if (isFailure(request)) return request;
	requests.set(itemIndex, request);
	const sleeps = maySleep && settings.waitMode === 'suspend';
	return {
		itemIndex,
		settings,
		atMostCredits: request.atMostCredits,
		item: itemContext(itemIndex, operation.name, {
			...delivery,
			makes: operation.makes,
			model: request.model,
			estimatedCredits: request.estimatedCredits,
			payload: request.payload,
			images: request.images,
		}),
		// Keys are separate for each provider.
		key:
			settings.dedupeKey === null
				? call.keyFor(itemIndex, hashOf(request.fingerprint))
				: `${session.provider.id}:${settings.dedupeKey}`,
		pace: {
			expected: (request.offPeak ? OFF_PEAK_EXPECTED : request.expectedSeconds) * 1000,
			interval: settings.pollInterval === null ? null : settings.pollInterval * 1000,
			rings: sleeps && mayRing && request.callbackUrl === null,
		},
		timeout: timeoutOf(settings, sleeps, request.offPeak),
		wait: settings.waitMode !== 'none',
	};
}

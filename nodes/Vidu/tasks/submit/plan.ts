/** From the parameters of one item to what to submit and how to wait for it. Sends nothing. */
import { type Failure, isFailure } from '../../transport/failure';
import type { Call } from '../context/call';
import { hashOf } from './submissions';
import {
	requestsOf,
	validationFailure,
	type Assembly,
	type Generation,
	type TaskRequest,
} from './request';
import { itemContext } from '../context/itemContext';
import type { ItemJob } from '../context/job';
import type { Session } from '../context/session';
import { learnedTimes } from '../poll/learned';
import {
	readDelivery,
	readSettings,
	settingsProblem,
	timeoutOf,
	type DeliverySettings,
	type RunSettings,
} from '../context/settings';

/** What to submit for an item, or for a part of it, and how to wait for it. */
export interface Plan extends ItemJob {
	/** Position among the requests of the item; absent for the first. */
	readonly part?: number;
	/** As in its request. */
	readonly atMostCredits: number | null;
	readonly openRate: string | null;
}

/** A guess, in seconds: off-peak tasks wait for a quiet hour, so frequent polls are useless. */
const OFF_PEAK_EXPECTED = 3600;

export interface Planning {
	readonly call: Call;
	/** Whether the node may sleep, and the provider can send it callbacks, if the item wants that. */
	readonly maySleep: boolean;
	readonly mayRing: boolean;
	/** Receives the requests of each item that has plans, by {@link slotOf}. */
	readonly requests: Map<string, TaskRequest>;
}

/** Where the request of a plan is kept. */
export function slotOf({ itemIndex, part = 0 }: Pick<Plan, 'itemIndex' | 'part'>): string {
	return `${itemIndex}.${part}`;
}

/**
 * The plans for one item, one for each of its requests, or why there are none.
 * @throws NodeOperationError if a data field is missing, and the like
 */
export async function planItem(
	session: Session,
	operation: Generation | Assembly,
	itemIndex: number,
	planning: Planning,
): Promise<readonly Plan[] | Failure> {
	const delivery = readDelivery(session.context, itemIndex, operation.makes);
	const settings = readSettings(session.context, itemIndex);
	const wrongSetting = settingsProblem(settings);
	if (wrongSetting !== null) return validationFailure([wrongSetting]);
	const requests = await requestsOf(operation, session, itemIndex);
	if (isFailure(requests)) return requests;
	const keys = new Map<string, number>();
	return requests.map((request, part) => {
		planning.requests.set(slotOf({ itemIndex, part }), request);
		const { key, ...plan } = planOf(session, operation, itemIndex, {
			request,
			delivery,
			settings,
			planning,
		});
		const before = keys.get(key) ?? 0;
		keys.set(key, before + 1);
		// Equal parts are submitted each for itself.
		return { ...plan, ...(part > 0 && { part }), key: before === 0 ? key : `${key}.${before}` };
	});
}

interface Parts {
	readonly request: TaskRequest;
	readonly delivery: DeliverySettings;
	readonly settings: RunSettings;
	readonly planning: Planning;
}

function planOf(
	session: Session,
	{ name, makes }: Generation | Assembly,
	itemIndex: number,
	{ request, delivery, settings, planning }: Parts,
): Plan {
	const { call, maySleep, mayRing } = planning;
	const sleeps = maySleep && settings.waitMode === 'suspend';
	return {
		itemIndex,
		settings,
		atMostCredits: request.atMostCredits,
		openRate: request.openRate,
		item: itemContext(itemIndex, name, {
			...delivery,
			makes,
			model: request.model,
			estimatedCredits: request.estimatedCredits,
			payload: request.payload,
			media: request.media,
		}),
		// Keys are separate for each provider.
		key:
			settings.dedupeKey === null
				? call.keyFor(itemIndex, hashOf(request.fingerprint))
				: `${session.provider.id}:${settings.dedupeKey}`,
		pace: {
			expected: expectedOf(request, sleeps),
			interval: settings.pollInterval === null ? null : settings.pollInterval * 1000,
			rings: sleeps && mayRing && request.ringable,
			// A run that sleeps does not see when its tasks end.
			timedAs: sleeps ? undefined : request.timedAs,
		},
		timeout: timeoutOf(settings, sleeps, request.offPeak),
		wait: settings.waitMode !== 'none',
	};
}

/** When a task is expected to end, in milliseconds. A run that sleeps wakes when those before had ended. */
function expectedOf({ offPeak, expectedSeconds, timedAs }: TaskRequest, sleeps: boolean): number {
	const guess = (offPeak ? OFF_PEAK_EXPECTED : expectedSeconds) * 1000;
	return (sleeps ? learnedTimes.usual(timedAs)?.until : undefined) ?? guess;
}

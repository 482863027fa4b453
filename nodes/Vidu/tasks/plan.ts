/** From the parameters of one item to what is to be bought and how it is waited for. Sends nothing. */
import { PROVIDERS } from '../providers';
import { failureOf, type Failure } from '../transport/failure';
import { refuse } from './draftOrder';
import type { Call } from './call';
import { digestOf } from './memory';
import type { Generation, Order } from './order';
import type { Job } from './runner';
import { isFailure, type Session } from './session';
import { readSettings, settingsProblem, type RunSettings } from './settings';

export interface Plan extends Job {
	readonly itemIndex: number;
	readonly order: Order;
	readonly settings: RunSettings;
	/** Under which the purchase is remembered. */
	readonly key: string;
}

/** Seconds. Off-peak tasks are made within 48 hours; ten minutes more for the last look. */
const DEFAULT_TIMEOUT = 1800;
const OFF_PEAK_TIMEOUT = 48 * 3600 + 600;
/** A guess, in seconds: off-peak tasks wait for a quiet hour, so looking often is of no use. */
const OFF_PEAK_EXPECTED = 3600;

/** The plan for one item, or why there is none. */
export async function planItem(
	session: Session,
	operation: Generation,
	itemIndex: number,
	call: Call,
): Promise<Plan | Failure> {
	try {
		const settings = readSettings(session.context, itemIndex, operation.makes);
		const wrongSetting = settingsProblem(settings);
		if (wrongSetting !== null) return refuse([wrongSetting]);
		const order = await operation.order(session, itemIndex);
		if (isFailure(order)) return order;
		const noCallback = callbackProblem(session, order, settings);
		if (noCallback !== null) return refuse([noCallback]);
		const expected = order.offPeak ? OFF_PEAK_EXPECTED : order.expectedSeconds;
		const timeout = settings.timeout ?? (order.offPeak ? OFF_PEAK_TIMEOUT : DEFAULT_TIMEOUT);
		return {
			itemIndex,
			order,
			settings,
			// The same key of another provider's is another thing.
			key:
				settings.dedupeKey === null
					? call.keyFor(itemIndex, digestOf(order.identity))
					: `${session.provider.id}:${settings.dedupeKey}`,
			pace: {
				expected: expected * 1000,
				interval: settings.pollInterval === null ? null : settings.pollInterval * 1000,
			},
			timeout: timeout * 1000,
			wait: settings.waitMode !== 'none',
		};
	} catch (error) {
		// A missing binary field and the like come as errors of n8n's; they are an item's failure like any other.
		return failureOf(error);
	}
}

function callbackProblem(
	{ provider }: Session,
	{ callbackUrl }: Order,
	{ waitMode }: RunSettings,
): string | null {
	if (waitMode !== 'callback') return null;
	if (!provider.callback) {
		const having = PROVIDERS.filter(({ callback }) => callback).map(({ name }) => name);
		return `"Wait" is "By Callback", but ${provider.name} calls nobody back; providers that do: ${having.join(', ')}`;
	}
	return callbackUrl === null
		? null
		: '"Callback URL" is set, but with "Wait" on "By Callback" the callback comes to this node: clear one of them';
}

/** Tells a plan from the reason that there is none. */
export function isPlan(planned: Plan | Failure): planned is Plan {
	return 'key' in planned;
}

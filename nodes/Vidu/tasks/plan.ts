/** From the parameters of one item to what is to be bought and how it is waited for. Sends nothing. */
import { failureOf, type Failure } from '../transport/failure';
import { refuse } from './draftOrder';
import type { Call } from './call';
import { digestOf } from './memory';
import type { Generation, Order } from './order';
import { receiptOf } from './output';
import type { ItemJob } from './run';
import { isFailure, type Session } from './session';
import { readSettings, settingsProblem } from './settings';

/** What is to be bought for an item, and how it is waited for. */
export type Plan = ItemJob;

/** Seconds. Off-peak tasks are made within 48 hours; ten minutes more for the last look. */
const OFF_PEAK_TIMEOUT = 48 * 3600 + 600;
/** Seconds. To wait without a worker costs nothing. */
const TIMEOUT = { poll: 1800, suspend: 24 * 3600 };
/** A guess, in seconds: off-peak tasks wait for a quiet hour, so looking often is of no use. */
const OFF_PEAK_EXPECTED = 3600;

export interface Planning {
	readonly call: Call;
	/** Whether the node may sleep, if the item asks for it. */
	readonly maySleep: boolean;
	/** Takes the order of an item that is planned. */
	took(itemIndex: number, order: Order): void;
}

/** The plan for one item, or why there is none. */
export async function planItem(
	session: Session,
	operation: Generation,
	itemIndex: number,
	{ call, maySleep, took }: Planning,
): Promise<Plan | Failure> {
	try {
		const settings = readSettings(session.context, itemIndex, operation.makes);
		const wrongSetting = settingsProblem(settings);
		if (wrongSetting !== null) return refuse([wrongSetting]);
		const order = await operation.order(session, itemIndex);
		if (isFailure(order)) return order;
		took(itemIndex, order);
		const expected = order.offPeak ? OFF_PEAK_EXPECTED : order.expectedSeconds;
		const sleeps = maySleep && settings.waitMode === 'suspend';
		const usual = order.offPeak ? OFF_PEAK_TIMEOUT : TIMEOUT[sleeps ? 'suspend' : 'poll'];
		return {
			itemIndex,
			settings,
			receipt: receiptOf(itemIndex, order, settings, operation),
			// The same key of another provider's is another thing.
			key:
				settings.dedupeKey === null
					? call.keyFor(itemIndex, digestOf(order.identity))
					: `${session.provider.id}:${settings.dedupeKey}`,
			pace: {
				expected: expected * 1000,
				interval: settings.pollInterval === null ? null : settings.pollInterval * 1000,
				rings: sleeps && session.provider.callback !== null && order.callbackUrl === null,
			},
			timeout: (settings.timeout ?? usual) * 1000,
			wait: settings.waitMode !== 'none',
		};
	} catch (error) {
		// A missing binary field and the like come as errors of n8n's; they are an item's failure like any other.
		return failureOf(error);
	}
}

/** Tells a plan from the reason that there is none. */
export function isPlan(planned: Plan | Failure): planned is Plan {
	return 'key' in planned;
}

import { sleep } from 'n8n-workflow';
import { stopSignal, type Caller } from './caller';

/** n8n's `sleep` hears the stop signal only from n8n-workflow 2.36 on, so waits are cut into slices. */
const SLICE = 250;

/** Waits, and returns early when the execution is stopped. `milliseconds` may be any positive number. */
export async function pause(context: Caller, milliseconds: number): Promise<void> {
	const signal = stopSignal(context);
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= SLICE) {
		await sleep(Math.min(SLICE, left));
	}
}

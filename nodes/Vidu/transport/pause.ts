import { sleep } from 'n8n-workflow';
import { stopSignal, type Caller } from './caller';

/** Milliseconds. Before n8n-workflow 2.36 `sleep` ignores the stop signal, hence it is called in slices. */
const SLICE = 250;

/** Waits, and returns early when the execution is stopped. `milliseconds` may be any positive number. */
export async function pause(context: Caller, milliseconds: number): Promise<void> {
	const signal = stopSignal(context);
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= SLICE) {
		await sleep(Math.min(SLICE, left));
	}
}

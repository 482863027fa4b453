import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

/** n8n's `sleep` hears the stop signal only from n8n-workflow 2.36 on, so waits are cut into slices. */
const SLICE = 250;

/** Waits, and returns early when the execution is stopped. `milliseconds` may be any positive number. */
export async function pause(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= SLICE) {
		await sleep(Math.min(SLICE, left));
	}
}

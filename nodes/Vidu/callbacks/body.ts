/** The body of a callback, which every provider sends in the format of its status response. Pure. */
import { asRecord } from '../providers/read';
import type { Provider, Task } from '../providers/types';

/**
 * The task in a parsed body; null if it is not a callback. The body is unsigned, hence only a hint.
 * `taskId` is empty if the body has none, as in the sample in Vidu's documentation.
 */
export function readCallback(provider: Provider, body: unknown): Task | null {
	const task = provider.readQuery(asRecord(body), '');
	return task.nativeState === '' ? null : task;
}

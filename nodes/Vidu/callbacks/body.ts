/** A callback's body, in any provider's words: it has the form of the answer to a status request. Pure. */
import { asRecord } from '../providers/read';
import type { Provider, Task } from '../providers/types';

/**
 * What a parsed body says of its task; null when it is no callback. The body is unsigned, hence a
 * hint only. `taskId` is empty where the body names none, as in the sample of Vidu's documents.
 */
export function readCallback(provider: Provider, body: unknown): Task | null {
	const task = provider.readQuery(asRecord(body), '');
	return task.nativeState === '' ? null : task;
}

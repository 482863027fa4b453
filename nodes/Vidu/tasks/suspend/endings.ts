/**
 * Which sleeps have ended, as far as this process knows. n8n resumes with what it read when a callback
 * arrived: if the execution was resumed by time or another callback and has suspended again in the
 * meantime, a late one would set it back to before that. Hence each sleep is ended once.
 */
import { Marks } from '../../callbacks/marks';

/** How long a callback may take to resume what it has read, in milliseconds: after that, another process may have resumed it. */
export const FRESH = 5000;

const ended = new Marks();

/** Ends the sleep of this mark. @returns false if it has already ended */
export function endSleep(mark: string): boolean {
	const now = Date.now();
	if (ended.has(mark, now)) return false;
	ended.add(mark, now, 2 * FRESH);
	return true;
}

/**
 * Which sleeps have ended, as far as this process knows. n8n goes on with what it read when a call
 * came: one that is overtaken, by the clock or by another call, would take the execution back to
 * before that, if it has fallen asleep again meanwhile. Hence each sleep is ended once.
 */
import { Marks } from '../../callbacks/marks';

/** How long a call may take to wake what it has read, in milliseconds: no other process can tell whether that still holds. */
export const FRESH = 5000;

const ended = new Marks();

/** Ends the sleep of this mark. @returns false where it has been ended already */
export function endSleep(mark: string): boolean {
	const now = Date.now();
	if (ended.has(mark, now)) return false;
	ended.add(mark, now, 2 * FRESH);
	return true;
}

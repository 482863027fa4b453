/** A mark in the payload of an order that the user left free, by which its task is found when the answer was lost. */
import { randomBytes } from 'crypto';

/** A new mark, for one order that is sent: a later one for the same item gets another. */
export function newMarker(): string {
	return `n8n:${randomBytes(12).toString('hex')}`;
}

/** A payload as the user knows it: null for a mark of ours. */
export function withoutMarker(payload: string | null): string | null {
	return payload !== null && /^n8n:[0-9a-f]{24}$/.test(payload) ? null : payload;
}

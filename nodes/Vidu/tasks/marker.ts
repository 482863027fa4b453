/** A mark in the payload of an order that the user left free, by which its task is found when the answer was lost. */
import { createHash } from 'crypto';

/** @param key of the purchase, see `purchaseKey` */
export function markerOf(executionId: string, key: string): string {
	const digest = createHash('sha256').update(`${executionId}:${key}`).digest('hex');
	return `n8n:${digest.slice(0, 24)}`;
}

/** A payload as the user knows it: null for a mark of ours. */
export function withoutMarker(payload: string | null): string | null {
	return payload !== null && /^n8n:[0-9a-f]{24}$/.test(payload) ? null : payload;
}

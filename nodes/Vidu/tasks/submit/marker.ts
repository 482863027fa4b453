/**
 * A mark in the payload of an order that the user left free, by which its task is found again when
 * the answer was lost, or when another execution has sent the same order. It says nothing to others,
 * and is the same wherever the same order is made.
 */
import { createHash } from 'crypto';

/** The mark of an order; `parts` are what tells it from all others. */
export function markerOf(...parts: readonly string[]): string {
	const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
	return `n8n:${digest.slice(0, 24)}`;
}

/** A payload as the user knows it: null for a mark of ours. */
export function withoutMarker(payload: string | null): string | null {
	return payload !== null && /^n8n:[0-9a-f]{24}$/.test(payload) ? null : payload;
}

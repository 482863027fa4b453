/**
 * A mark in the payload of a request (if the user set none), by which its task is found if the response
 * was lost, or if another execution has sent the same request. It reveals nothing, and is the same
 * wherever the same request is made.
 */
import { createHash } from 'crypto';

/** The mark of a request, which `parts` identify. */
export function markerOf(...parts: readonly string[]): string {
	const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
	return `n8n:${digest.slice(0, 24)}`;
}

/** A payload as the user set it: null for a mark of ours. */
export function withoutMarker(payload: string | null): string | null {
	return payload !== null && /^n8n:[0-9a-f]{24}$/.test(payload) ? null : payload;
}

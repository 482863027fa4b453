/** Vidu's error codes (document "Error code", with its HTTP column) and its error envelope. */
import { randomBytes } from 'node:crypto';

const HTTP: Readonly<Record<string, number>> = {
	Unauthorized: 401,
	Forbidden: 403,
	TaskNotFound: 404,
	CreationNotFound: 404,
	NotFound: 404,
	Conflict: 409,
	QuotaExceeded: 429,
	TooManyRequests: 429,
	SystemThrottling: 429,
	Canceled: 499,
	InternalServiceFailure: 500,
};

/** The HTTP status of an error code; 400 where the document gives no other. */
export function httpStatus(reason: string): number {
	return HTTP[reason] ?? 400;
}

/** A request that Vidu refuses. */
export class Refusal extends Error {
	constructor(
		readonly reason: string,
		message: string,
		readonly status = httpStatus(reason),
		readonly headers: Readonly<Record<string, string>> = {},
		/** What the documents do not know, and what they know in its place. */
		readonly field?: string,
		readonly instead?: unknown,
	) {
		super(message);
	}
}

/** The field-level refusals, worded as the document words them. */
export const lacking = (field: string) =>
	new Refusal('FieldLacking', `field is missing or empty: ${field}`);
export const unwanted = (field: string) =>
	new Refusal('FieldUnwanted', `unwanted field: ${field}`, 400, {}, field);
export const invalid = (field: string, why: string, instead?: unknown) =>
	new Refusal('FieldInvalid', `invalid field: ${field}: ${why}`, 400, {}, field, instead);
export const miscounted = (field: string, why: string) =>
	new Refusal('FieldItemCountOutOfRange', `field item count out of range: ${field}: ${why}`);

export interface Envelope {
	readonly code: number;
	readonly reason: string;
	readonly message: string;
	readonly metadata: { readonly trace_id: string };
}

/** The body of an error answer, with a trace id of its own. */
export function envelope(code: number, reason: string, message: string): Envelope {
	return { code, reason, message, metadata: { trace_id: randomBytes(16).toString('hex') } };
}

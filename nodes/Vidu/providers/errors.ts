/** Reads the errors of providers. Pure, never throws. */
import { adviceOn } from './advice';
import { said } from './discreet';
import { meaningOf } from './errorCodes';
import { asRecord, asText } from './read';
import type { ProviderError } from './types';

/**
 * Reads a refusal. Bodies seen: Vidu's `{code, reason, message, metadata.trace_id}`; gateways'
 * `{error: {message, code, type}, request_id}`, `{error: "…"}`, `{detail: "…"}`, `{code, message, data}`; HTML; nothing.
 */
export function readErrorBody(status: number, body: unknown): ProviderError {
	const outer = asRecord(body);
	const inner = asRecord(outer.error);
	const name =
		asText(inner.code) ?? asText(outer.reason) ?? asText(outer.code) ?? asText(outer.err_code);
	// `{"code": 400}` repeats the status, `{"code": "success"}` wraps a response: neither names an error.
	const code =
		name === String(status) || /^(0|ok|success)$/i.test(name ?? '') ? null : said(name, 60);
	const known = meaningOf(code);
	const message =
		said(inner.message) ??
		said(outer.error) ??
		said(outer.message) ??
		said(outer.detail) ??
		code ??
		'no reason was given';
	return {
		status,
		code,
		known: known !== undefined && known.unsure === undefined,
		message,
		traceId: said(asRecord(outer.metadata).trace_id, 100) ?? said(outer.request_id, 100),
		retryable: known?.retryable ?? (status === 429 || status >= 500),
		notTaken: known?.notTaken ?? status === 429,
		advice: adviceOn(code, status),
	};
}

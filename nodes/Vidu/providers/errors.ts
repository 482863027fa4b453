/**
 * The error codes of Vidu's API, which relays pass through, and what to do about each.
 * Source: platform.vidu.com/docs/error-code and platform.vidu.cn/docs/error-code.
 */
import { fields, text } from './read';
import type { ProviderError } from './types';

interface KnownCode {
	readonly advice?: string;
	readonly retryable?: true;
	/** The provider certainly did not take the request. */
	readonly notTaken?: true;
}

const MODERATION =
	'Change the prompt or the pictures: the content check refused them. Nothing was charged';

const knownCodes = (): Readonly<Record<string, KnownCode>> => ({
	ACCESS_DENY: { advice: 'Check that the API key may use this model' },
	AuditFailed: { advice: MODERATION },
	AuditSubmitIllegal: { advice: MODERATION },
	CreationPolicyViolation: { advice: MODERATION },
	CreditInsufficient: {
		advice:
			'Top up the credits of the account in the console of the provider (for Vidu: platform.vidu.com or platform.vidu.cn), then run again',
	},
	FAILED_TO_AUTH: { advice: 'Check the API key in the credential' },
	FaceDetectFailure: { advice: 'Use a picture on which one face is clearly visible' },
	FaceDetectNotPass: { advice: 'Use a picture on which one face is clearly visible' },
	FieldInvalid: {
		advice: 'Check the field that is named against the models table of this package',
	},
	Forbidden: { advice: 'Check that the API key may use this model' },
	INVALID_API_KEY: { advice: 'Check the API key in the credential' },
	ImageDownloadFailure: {
		advice:
			'Each image URL must be public: open it in a private browser window, or send the picture as binary data',
	},
	ImageFormatInvalid: { advice: 'Use PNG, JPEG or WebP images' },
	ImageSizeInvalid: { advice: 'Use images of at least 128 × 128 px, between 1:4 and 4:1' },
	MODEL_NOT_FOUND: { advice: 'Choose another model' },
	ModelUnavailable: { advice: 'Choose another model' },
	MultiFaceDetected: { advice: 'Use a picture with a single face' },
	NOT_ENOUGH_BALANCE: { advice: 'Top up the balance of the account, then run again' },
	NoFaceDetected: { advice: 'Use a picture on which one face is clearly visible' },
	OperationInProcess: {
		advice: 'The provider is still busy with this; run again in a moment',
		retryable: true,
		notTaken: true,
	},
	PageSizeOutOfRange: {
		advice:
			'An image is too large or too narrow: PNG, JPEG or WebP up to 50 MB, between 1:4 and 4:1',
	},
	PhotoAuditNotPass: { advice: MODERATION },
	QuotaExceeded: {
		advice:
			'The account has as many tasks running as it may; lower "Max Concurrency" or run again later',
		retryable: true,
	},
	RATE_LIMIT_EXCEEDED: {
		advice: 'Too many requests; lower "Max Concurrency" or set "Requests per Minute"',
		retryable: true,
	},
	SERVICE_NOT_AVAILABLE: {
		advice: 'The provider is not available; run again later',
		retryable: true,
	},
	SystemThrottling: { advice: 'The provider is throttling; run again later', retryable: true },
	TaskPromptPolicyViolation: { advice: MODERATION },
	TooManyRequests: { advice: 'Too many requests; run again later', retryable: true },
	Unauthorized: {
		advice:
			'Check the API key in the credential and that Region matches the account: keys from platform.vidu.com work with Global, keys from platform.vidu.cn with China Mainland',
	},
	UserCancelled: { advice: 'The task was cancelled. Nothing was charged' },
	VideoDownloadFailure: { advice: 'Each video URL must be public' },
	VideoFormatInvalid: { advice: 'Use MP4, AVI or MOV videos' },
});

/** Where the answer has no code that is known. Gateways use 403 for a bad key, no permission and no money alike. */
const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: 'Check the API key in the credential',
	402: 'Top up the balance of the account, then run again',
	403: 'Check the balance of the account, and that the API key is right and may use this model',
};

/** What to do about a code, as a sentence; null when nothing is known. */
export function adviceFor(code: string | null): string | null {
	return (code !== null && knownCodes()[code]?.advice) || null;
}

/**
 * Reads a refusal. Bodies seen: Vidu's `{code, reason, message, metadata.trace_id}`; gateways'
 * `{error: {message, code, type}, request_id}`, `{error: "…"}`, `{detail: "…"}`, `{code, message, data}`; HTML; nothing.
 */
export function readErrorBody(status: number, body: unknown): ProviderError {
	const outer = fields(body);
	const inner = fields(outer.error);
	const name = text(inner.code) ?? text(outer.reason) ?? text(outer.code) ?? text(outer.err_code);
	// `{"code": 400}` repeats the status, `{"code": "success"}` wraps an answer: neither names an error.
	const code = name === String(status) || /^(0|ok|success)$/i.test(name ?? '') ? null : name;
	const known = code === null ? undefined : knownCodes()[code];
	const message =
		text(inner.message) ??
		text(outer.error) ??
		text(outer.message) ??
		text(outer.detail) ??
		code ??
		'no reason was given';
	return {
		status,
		code,
		message,
		traceId: text(fields(outer.metadata).trace_id) ?? text(outer.request_id),
		retryable: known?.retryable ?? (status === 429 || status >= 500),
		notTaken: known?.notTaken ?? status === 429,
		advice: known?.advice ?? STATUS_ADVICE[status] ?? null,
	};
}

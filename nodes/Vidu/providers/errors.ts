/**
 * The error codes of Vidu's API, which gateways pass through, with their meaning and advice.
 * Source: platform.vidu.com/docs/error-code and platform.vidu.cn/docs/error-code; of JieKou:
 * docs.jiekou.ai, error codes; of OctopusX: new-api, which it runs.
 */
import { said } from './discreet';
import { asRecord, own, asText } from './read';
import { NO_OUTPUT, type ProviderError } from './types';

interface KnownCode {
	/** What happened, as the end of a sentence after the provider's name. Absent if the provider's message says it as well. */
	readonly what?: string;
	readonly advice?: string;
	readonly retryable?: true;
	/** The provider certainly did not accept the request. */
	readonly notTaken?: true;
	/** A request that is refused with this code is not charged. */
	readonly free?: true;
	/** The key is wrong. */
	readonly key?: true;
	/** In a create response it does not mean that the request was refused. */
	readonly unsure?: true;
}

const moderated = (what: string): KnownCode => ({
	what: `refused ${what}: the content check did not pass`,
	advice: 'Change the prompt or the images',
	free: true,
});
const noFace: KnownCode = {
	what: 'found no clearly visible face in the image',
	advice: 'Use an image with one clearly visible face',
};
const noMoney: KnownCode = {
	what: 'refused the task: the balance of the account is too low',
	advice: 'Top up the balance of the account, then try again',
};
const wrongKey: KnownCode = { key: true, advice: 'Check the API key in the credential' };
const forbidden: KnownCode = { advice: 'Check that the API key may use this model' };
const noModel: KnownCode = { advice: 'Choose another model' };

const knownCodes = (): Readonly<Record<string, KnownCode>> => ({
	ACCESS_DENY: forbidden,
	AuditFailed: moderated('the result'),
	AuditSubmitIllegal: moderated('the prompt or an image'),
	BadRequest: {},
	CreationPolicyViolation: moderated('the result'),
	CreditInsufficient: {
		what: noMoney.what,
		advice:
			'Top up the credits of the account in the console of the provider (for Vidu: platform.vidu.com or platform.vidu.cn), then try again',
	},
	FAILED_TO_AUTH: wrongKey,
	FaceDetectFailure: noFace,
	FaceDetectNotPass: noFace,
	FieldInvalid: {
		advice: 'Compare the named field with the models table of this package',
	},
	FieldItemCountOutOfRange: {},
	FieldLacking: {},
	FieldUnwanted: {},
	Forbidden: forbidden,
	INVALID_API_KEY: wrongKey,
	INVALID_REQUEST_BODY: {},
	ImageDownloadFailure: {
		what: 'could not download an image',
		advice:
			'Each image URL must be public: check that it opens in a private browser window, or use a data field instead',
	},
	ImageFormatInvalid: {
		what: 'could not read an image',
		advice: 'Use PNG, JPEG or WebP images',
	},
	ImageSizeInvalid: {
		what: 'refused an image because of its size',
		advice: 'Use images of at least 128 × 128 px, between 1:4 and 4:1',
	},
	MODEL_NOT_FOUND: noModel,
	ModelUnavailable: noModel,
	MultiFaceDetected: {
		what: 'found several faces in the image',
		advice: 'Use an image with a single face',
	},
	NOT_ENOUGH_BALANCE: noMoney,
	[NO_OUTPUT]: {
		what: 'reports that the task succeeded, but lists no result',
		advice:
			'Look for the result in the console of the provider, or read the task again with Vidu → Task → Get',
		unsure: true,
	},
	NoFaceDetected: noFace,
	OperationInProcess: {
		advice: 'The provider is still busy with this; try again in a moment',
		retryable: true,
		notTaken: true,
	},
	PageSizeOutOfRange: {
		what: 'refused an image because of its size',
		advice:
			'An image is too large or too narrow: PNG, JPEG or WebP up to 50 MB, between 1:4 and 4:1',
	},
	PhotoAuditNotPass: moderated('an image'),
	QuotaExceeded: {
		advice:
			'The account has reached its limit of running tasks; lower "Max Concurrency" or try again later',
		retryable: true,
	},
	RATE_LIMIT_EXCEEDED: {
		advice: 'Too many requests; lower "Max Concurrency" or set "Requests per Minute"',
		retryable: true,
	},
	SERVICE_NOT_AVAILABLE: {
		advice: 'The provider is not available; try again later',
		retryable: true,
		unsure: true,
	},
	SystemThrottling: { advice: 'The provider is throttling; try again later', retryable: true },
	TOKEN_LIMIT_EXCEEDED: { retryable: true },
	TaskPromptPolicyViolation: moderated('the prompt'),
	TooManyRequests: { advice: 'Too many requests; try again later', retryable: true },
	Unauthorized: {
		key: true,
		advice:
			'Check the API key in the credential and that Region matches the account: keys from platform.vidu.com work with Global, keys from platform.vidu.cn with China Mainland',
	},
	UserCancelled: { unsure: true },
	VideoDownloadFailure: {
		what: 'could not download a video',
		advice: 'Each video URL must be public',
	},
	VideoFormatInvalid: {
		what: 'could not read a video',
		advice: 'Use MP4, AVI or MOV videos',
	},
	insufficient_user_quota: noMoney,
	invalid_request: {},
});

/** For responses without a known code. Gateways use 403 for a wrong key, no permission and no balance alike. */
const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: 'Check the API key in the credential',
	402: 'Top up the balance of the account, then try again',
	403: 'Check the balance of the account, and that the API key is correct and may use this model',
};

/** The meaning of a known code; undefined for others. */
export function meaningOf(code: string | null): KnownCode | undefined {
	return code === null ? undefined : own(knownCodes(), code);
}

/** The meaning of a code as a sentence, if the provider gives none. */
export function sentenceOf(code: string | null): string {
	const what = meaningOf(code)?.what;
	return what === undefined ? (code ?? 'The provider gave no reason') : `The provider ${what}`;
}

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
		advice: known?.advice ?? STATUS_ADVICE[status] ?? null,
	};
}

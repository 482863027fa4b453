/**
 * The error codes of Vidu's API, which gateways pass through, and their meaning for a request. Source:
 * platform.vidu.com/docs/error-code and platform.vidu.cn/docs/error-code; of JieKou: docs.jiekou.ai,
 * error codes; of Vtrix: doc.vtrix.ai/docs/api/vidu (seed 002); of OctopusX: new-api, which it runs. What to do about them is in `advice.ts`.
 */
import { own } from './read';
import { NO_OUTPUT } from './types';

interface Meaning {
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

const refused: Meaning = {};
const moderated: Meaning = { free: true };
const busy: Meaning = { retryable: true };
const wrongKey: Meaning = { key: true };
const unsure: Meaning = { unsure: true };

const CODES = {
	'008017001': refused,
	'008017002': refused,
	'008017003': refused,
	'008017095': unsure,
	'008017096': unsure,
	'008017097': unsure,
	'008017098': unsure,
	'008017099': unsure,
	ACCESS_DENY: refused,
	AuditFailed: moderated,
	AuditSubmitIllegal: moderated,
	BadRequest: refused,
	CreationPolicyViolation: moderated,
	CreditInsufficient: refused,
	FAILED_TO_AUTH: wrongKey,
	FaceDetectFailure: refused,
	FaceDetectNotPass: refused,
	FieldInvalid: refused,
	FieldItemCountOutOfRange: refused,
	FieldLacking: refused,
	FieldUnwanted: refused,
	Forbidden: refused,
	INVALID_API_KEY: wrongKey,
	INVALID_REQUEST_BODY: refused,
	ImageDownloadFailure: refused,
	ImageFormatInvalid: refused,
	ImageSizeInvalid: refused,
	MODEL_NOT_FOUND: refused,
	ModelUnavailable: refused,
	MultiFaceDetected: refused,
	NOT_ENOUGH_BALANCE: refused,
	[NO_OUTPUT]: unsure,
	NoFaceDetected: refused,
	OperationInProcess: { retryable: true, notTaken: true },
	PageSizeOutOfRange: refused,
	PhotoAuditNotPass: moderated,
	QuotaExceeded: busy,
	RATE_LIMIT_EXCEEDED: busy,
	SERVICE_NOT_AVAILABLE: { retryable: true, unsure: true },
	SystemThrottling: busy,
	TOKEN_LIMIT_EXCEEDED: busy,
	TaskPromptPolicyViolation: moderated,
	TooManyRequests: busy,
	Unauthorized: wrongKey,
	UserCancelled: unsure,
	VideoDownloadFailure: refused,
	VideoFormatInvalid: refused,
	insufficient_user_quota: refused,
	invalid_request: refused,
} as const satisfies Readonly<Record<string, Meaning>>;

export type KnownCode = keyof typeof CODES;

/** The meaning of a known code; undefined for others. */
export function meaningOf(code: string | null): Meaning | undefined {
	return code === null ? undefined : own<Meaning>(CODES, code);
}

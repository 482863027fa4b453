/** What errors mean to the user, and what to do about them, in the words of the nodes. */
import type { KnownCode } from './errorCodes';
import { own } from './read';
import { NO_OUTPUT } from './types';

export interface Words {
	/** What happened; completes the provider's name. Absent where its own sentence says it as well. */
	readonly what?: string;
	readonly advice?: string;
}

const moderated = (what: string): Words => ({
	what: `refused ${what}: the content check did not pass`,
	advice: 'Change the prompt or the images',
});
const noFace: Words = {
	what: 'found no face that is clearly visible in the image',
	advice: 'Use an image on which one face is clearly visible',
};
const noMoney: Words = {
	what: 'refused the task: the balance of the account does not suffice',
	advice: 'Top up the balance of the account, then run again',
};
const wrongKey: Words = { advice: 'Check the API key in the credential' };
const forbidden: Words = { advice: 'Check that the API key may use this model' };
const noModel: Words = { advice: 'Choose another model' };

const words = (): Partial<Record<KnownCode, Words>> => ({
	ACCESS_DENY: forbidden,
	AuditFailed: moderated('the result'),
	AuditSubmitIllegal: moderated('the prompt or an image'),
	CreationPolicyViolation: moderated('the result'),
	CreditInsufficient: {
		what: noMoney.what,
		advice:
			'Top up the credits of the account in the console of the provider (for Vidu: platform.vidu.com or platform.vidu.cn), then run again',
	},
	FAILED_TO_AUTH: wrongKey,
	FaceDetectFailure: noFace,
	FaceDetectNotPass: noFace,
	FieldInvalid: {
		advice: 'Check the field that is named against the models table of this package',
	},
	Forbidden: forbidden,
	INVALID_API_KEY: wrongKey,
	ImageDownloadFailure: {
		what: 'could not download an image',
		advice:
			'Each image URL must be public: open it in a private browser window, or send the image as binary data',
	},
	ImageFormatInvalid: { what: 'could not read an image', advice: 'Use PNG, JPEG or WebP images' },
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
		what: 'says that the task succeeded, but lists no result',
		advice:
			'Look for the result in the console of the provider; Vidu → Task → Get reads the task again',
	},
	NoFaceDetected: noFace,
	OperationInProcess: { advice: 'The provider is still busy with this; run again in a moment' },
	PageSizeOutOfRange: {
		what: 'refused an image because of its size',
		advice:
			'An image is too large or too narrow: PNG, JPEG or WebP up to 50 MB, between 1:4 and 4:1',
	},
	PhotoAuditNotPass: moderated('an image'),
	QuotaExceeded: {
		advice:
			'The account has as many tasks running as it may; lower "Max Concurrency" or run again later',
	},
	RATE_LIMIT_EXCEEDED: {
		advice: 'Too many requests; lower "Max Concurrency" or set "Requests per Minute"',
	},
	SERVICE_NOT_AVAILABLE: { advice: 'The provider is not available; run again later' },
	SystemThrottling: { advice: 'The provider is throttling; run again later' },
	TaskPromptPolicyViolation: moderated('the prompt'),
	TooManyRequests: { advice: 'Too many requests; run again later' },
	Unauthorized: {
		advice:
			'Check the API key in the credential and that Region matches the account: keys from platform.vidu.com work with Global, keys from platform.vidu.cn with China Mainland',
	},
	VideoDownloadFailure: {
		what: 'could not download a video',
		advice: 'Each video URL must be public',
	},
	VideoFormatInvalid: { what: 'could not read a video', advice: 'Use MP4, AVI or MOV videos' },
	insufficient_user_quota: noMoney,
});

/** Where the answer has no code that is known. Gateways use 403 for a bad key, no permission and no money alike. */
const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: 'Check the API key in the credential',
	402: 'Top up the balance of the account, then run again',
	403: 'Check the balance of the account, and that the API key is right and may use this model',
};

/** What is known of a code; empty for others. */
export function wordsOn(code: string | null): Words {
	return (code === null ? undefined : own<Words>(words(), code)) ?? {};
}

/** What the user can do about a refusal, as a sentence. */
export function adviceOn(code: string | null, status: number): string | null {
	return wordsOn(code).advice ?? STATUS_ADVICE[status] ?? null;
}

/** What a code says, where the provider has no words for it. */
export function sentenceOf(code: string | null): string {
	const { what } = wordsOn(code);
	return what === undefined ? (code ?? 'The provider gave no reason') : `The provider ${what}`;
}

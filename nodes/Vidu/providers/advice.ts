/** What errors mean for the user, and what to do about them, in terms of the nodes. */
import type { KnownCode } from './errorCodes';
import { own } from './read';
import { NO_OUTPUT } from './types';

export interface Words {
	/** What happened, as the end of a sentence after the provider's name. Absent if the provider's message says it as well. */
	readonly what?: string;
	readonly advice?: string;
}

const moderated = (what: string): Words => ({
	what: `refused ${what}: the content check did not pass`,
	advice: 'Change the prompt or the images',
});
const noFace: Words = {
	what: 'found no clearly visible face in the image',
	advice: 'Use an image with one clearly visible face',
};
const noMoney: Words = {
	what: 'refused the task: the balance of the account is too low',
	advice: 'Top up the balance of the account, then try again',
};
const wrongKey: Words = { advice: 'Check the API key in the credential' };
const forbidden: Words = { advice: 'Check that the API key may use this model' };
const mayExist =
	'The task may exist and may have been charged: look for it in the console of the provider before you send it again';
const noModel: Words = { advice: 'Choose another model' };

const WORDS: Partial<Record<KnownCode, Words>> = {
	'008017001': {
		what: 'makes audio only with subjects',
		advice: 'Add subjects, or turn "Audio" off',
	},
	'008017002': {
		what: 'got neither images nor subjects',
		advice: 'Add at least one image or subject',
	},
	'008017003': {
		what: 'got too few or too many images',
		advice: 'Use 1 to 7 images, counting those of all subjects',
	},
	'008017095': {
		what: 'could not generate the video',
		advice: 'Change the prompt or the images, or try again later',
	},
	'008017096': {
		what: 'could not read the result of the model',
		advice: 'Look for the result in the console of the provider',
	},
	'008017097': {
		what: 'got an error from Vidu',
		advice: 'Try again later; if it repeats, check the images and the prompt',
	},
	'008017098': {
		what: 'could not read the state of the task',
		advice: `${mayExist}, or read it again with Vidu → Task → Get`,
	},
	'008017099': {
		what: 'could not create the task',
		advice: mayExist,
	},
	ACCESS_DENY: forbidden,
	AuditFailed: moderated('the result'),
	AuditSubmitIllegal: moderated('the prompt or an image'),
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
	Forbidden: forbidden,
	INVALID_API_KEY: wrongKey,
	ImageDownloadFailure: {
		what: 'could not download an image',
		advice:
			'Each image URL must be public: check that it opens in a private browser window, or use a data field instead',
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
		what: 'reports that the task succeeded, but lists no result',
		advice:
			'Look for the result in the console of the provider, or read the task again with Vidu → Task → Get',
	},
	NoFaceDetected: noFace,
	OperationInProcess: { advice: 'The provider is still busy with this; try again in a moment' },
	PageSizeOutOfRange: {
		what: 'refused an image because of its size',
		advice:
			'An image is too large or too narrow: PNG, JPEG or WebP up to 50 MB, between 1:4 and 4:1',
	},
	PhotoAuditNotPass: moderated('an image'),
	QuotaExceeded: {
		advice:
			'The account has reached its limit of running tasks; lower "Max Concurrency" or try again later',
	},
	RATE_LIMIT_EXCEEDED: {
		advice: 'Too many requests; lower "Max Concurrency" or set "Requests per Minute"',
	},
	SERVICE_NOT_AVAILABLE: { advice: 'The provider is not available; try again later' },
	SystemThrottling: { advice: 'The provider is throttling; try again later' },
	TaskPromptPolicyViolation: moderated('the prompt'),
	TooManyRequests: { advice: 'Too many requests; try again later' },
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
};

/** For responses without a known code. Gateways use 403 for a wrong key, no permission and no balance alike. */
const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: 'Check the API key in the credential',
	402: 'Top up the balance of the account, then try again',
	403: 'Check the balance of the account, and that the API key is correct and may use this model',
};

/** The words for a known code; empty for others. */
export function wordsOn(code: string | null): Words {
	return (code === null ? undefined : own<Words>(WORDS, code)) ?? {};
}

/** What the user can do about a refusal, as a sentence. */
export function adviceOn(code: string | null, status: number): string | null {
	return wordsOn(code).advice ?? STATUS_ADVICE[status] ?? null;
}

/** The meaning of a code as a sentence, if the provider gives none. */
export function sentenceOf(code: string | null): string {
	const { what } = wordsOn(code);
	return what === undefined ? (code ?? 'The provider gave no reason') : `The provider ${what}`;
}

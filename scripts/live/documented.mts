/**
 * What the documents say that is answered: the bodies that the unit tests read as well, and of Vidu
 * whole ones. Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026; fields that real
 * answers had are marked.
 */
import { readFileSync } from 'node:fs';
import type { ProviderId } from '../../nodes/Vidu/catalogue/types.ts';
import type { Documented, Sample } from './drift.mts';
import type { Step } from './side.mts';

interface Vectors {
	readonly cases: ReadonlyArray<{
		readonly provider: string;
		readonly kind: string;
		readonly status: number;
		readonly body: unknown;
		readonly task: { readonly state: string };
	}>;
	readonly errors: ReadonlyArray<Sample & { readonly provider: string }>;
}

const VECTORS = JSON.parse(
	readFileSync(new URL('../../test/unit/vectors/provider-responses.json', import.meta.url), 'utf8'),
) as Vectors;

const ID = '911084878697623552';
const TIME = '2026-01-20T06:37:57.371761937Z';
const LINK = 'https://cdn.example/v.mp4';
const TRACE = '04e5c2fe159ff7c574acd0424e78c35f';

const ok = (body: unknown): Sample => ({ status: 200, body });
const refusal = (status: number, reason: string): Sample => ({
	status,
	body: { code: status, reason, message: 'a sentence', metadata: { trace_id: TRACE } },
});

const creation = { id: ID, url: LINK, cover_url: LINK, watermarked_url: '' };

const generation = (state: string, creations: readonly unknown[], err_code = '') => ({
	id: ID,
	state,
	err_code,
	credits: 45,
	payload: 'any text',
	bgm: false,
	off_peak: false,
	creations,
});

const ended = generation('success', [creation]);

const order = {
	task_id: ID,
	state: 'created',
	model: 'any text',
	prompt: 'any text',
	images: [LINK],
	videos: [],
	duration: 5,
	seed: 1,
	resolution: 'any text',
	bgm: false,
	audio: false,
	audio_type: '',
	movement_amplitude: 'any text',
	payload: 'any text',
	off_peak: false,
	watermark: false,
	credits: 45,
	created_at: TIME,
	// Seen in real answers of April 2026.
	type: 'any text',
	style: 'any text',
	is_rec: false,
};
/** Of some requests, or seen only at times. */
const orderMore = {
	...order,
	aspect_ratio: 'any text',
	cus_priority: 0,
	wm_position: 'any text',
	wm_url: '',
	meta_data: '',
	client_request_id: '',
};

const listRow = {
	id: ID,
	key_id: ID,
	type: 'any text',
	template: '',
	model: 'any text',
	prompt: 'any text',
	images: [LINK],
	duration: 5,
	resolution: 'any text',
	aspect_ratio: 'any text',
	state: 'success',
	creations: [
		{
			...creation,
			moderation_url: [],
			video: { duration: 5, fps: 24, resolution: { width: 1280, height: 720 } },
		},
	],
	created_at: TIME,
	credits: 45,
};

const balance = {
	type: 'metered',
	credit_remain: 1,
	concurrency_limit: 5,
	current_concurrency: 0,
	queue_count: 0,
};

const signed = {
	date: 'Tue, 06 May 2025 12:09:42 GMT',
	'x-request-nonce': '123e4567-e89b-12d3-a456-426614174000',
	'x-hmac-signed-headers': 'Date;x-request-nonce',
	'x-hmac-signature': 'any text',
	'x-hmac-algorithm': 'hmac-sha256',
	'x-hmac-access-key': 'vidu',
};

/** By step, and by method where a step has several. */
type Documents = Readonly<Record<string, readonly Sample[]>>;

const VIDU: Documents = {
	wrongKey: [refusal(401, 'Unauthorized')],
	unknownTask: [refusal(404, 'TaskNotFound')],
	// The sample names the array `remains`, the table `remaining_credits`.
	balance: [
		ok({ remains: [balance], packages: [] }),
		ok({ remaining_credits: [balance], packages: [] }),
	],
	unknownModel: [refusal(400, 'FieldInvalid'), refusal(400, 'ModelUnavailable')],
	wrongValue: [refusal(400, 'FieldInvalid')],
	'upload POST': [ok({ id: ID, put_url: LINK, expires_at: TIME })],
	'upload PUT': [ok({ uri: 'ssupload:?id=1' })],
	order: [ok(order), ok(orderMore)],
	orderToCancel: [ok(order), ok(orderMore)],
	status: [
		...['created', 'queueing', 'processing'].map((state) => ok(generation(state, []))),
		ok(ended),
		ok({ ...ended, progress: 100 }),
	],
	list: [ok({ next_page_token: '', tasks: [listRow] })],
	callback: [generation('processing', []), ended, generation('failed', [], 'UserCancelled')].map(
		(body) => ({ status: null, body }),
	),
	callbackHeaders: [{ status: null, body: { ...signed, verdict: 'right' } }],
	cancelFinished: [refusal(400, 'BadRequest')],
	cancel: [ok({})],
	cancelled: [ok(generation('failed', [], 'UserCancelled'))],
};

/** JieKou's list of error codes, in the envelope of its plug-in. */
const jiekou = (code: number, reason: string): Sample => ({
	status: code,
	body: { code, reason, message: 'a sentence', metadata: {} },
});
const jiekouTask = (status: string, videos: readonly unknown[]) =>
	ok({
		extra: {
			seed: '',
			debug_info: {
				request_info: '',
				submit_time_ms: '',
				execute_time_ms: '',
				complete_time_ms: '',
			},
		},
		task: { task_id: ID, status, reason: '', task_type: 'any text', eta: 0, progress_percent: 0 },
		images: [],
		videos,
		audios: [],
	});
const JIEKOU: Documents = {
	wrongKey: [jiekou(403, 'INVALID_API_KEY'), jiekou(401, 'FAILED_TO_AUTH')],
	unknownModel: [jiekou(404, 'MODEL_NOT_FOUND')],
	wrongValue: [jiekou(400, 'INVALID_REQUEST_BODY')],
	status: [
		jiekouTask('TASK_STATUS_QUEUED', []),
		jiekouTask('TASK_STATUS_PROCESSING', []),
		jiekouTask('TASK_STATUS_SUCCEED', [
			{ video_url: LINK, video_url_ttl: '3600', video_type: 'any text' },
		]),
	],
};

/** docs.octopusx.ai/en/videos/vidu/query: the link is there when the task has completed. */
const octopusx = { id: ID, status_update_time: 1 };
const OCTOPUSX: Documents = {
	status: [
		ok({ ...octopusx, status: 'processing' }),
		ok({ ...octopusx, status: 'completed', video_url: LINK }),
	],
};

const WHOLE: Partial<Record<ProviderId, Documents>> = {
	vidu: VIDU,
	jiekou: JIEKOU,
	octopusx: OCTOPUSX,
	custom: VIDU,
};

/** What a provider documents for a step; null if nothing is known. */
export function documentedAt(provider: ProviderId, step: Step, method: string): Documented | null {
	const documents = WHOLE[provider];
	const whole = documents?.[step] ?? documents?.[`${step} ${method}`];
	if (whole) return { samples: whole, partial: provider === 'custom' };
	const samples = fromVectors(provider === 'custom' ? 'vidu' : provider, step);
	return samples.length === 0 ? null : { samples, partial: true };
}

/** Of which errors the vectors have bodies, by their status. */
const ERRORS: Partial<Record<Step, number>> = { wrongKey: 401, unknownTask: 404 };
const CREATES: readonly Step[] = ['order', 'orderRead', 'orderToCancel'];
const QUERIES: readonly Step[] = ['status', 'statusRead', 'callbackRead'];

function fromVectors(provider: string, step: Step): readonly Sample[] {
	const { cases, errors } = VECTORS;
	const own = <T extends { readonly provider: string }>(all: readonly T[]) =>
		all.filter((each) => each.provider === provider);
	const error = ERRORS[step];
	if (error !== undefined) return own(errors).filter(({ status }) => status === error);
	const asRead = step.endsWith('Read');
	const sample = ({ status, body, task }: Vectors['cases'][number]) =>
		asRead ? { status: null, body: task } : { status, body };
	if (CREATES.includes(step)) {
		return own(cases)
			.filter(({ kind }) => kind === 'create')
			.map(sample);
	}
	// The page of kkiai about queries is not public: the vector is that of a sister gateway.
	if (!QUERIES.includes(step) || provider === 'kkiai') return [];
	return own(cases)
		.filter(({ kind, task }) => kind === 'query' && task.state !== 'failed')
		.filter(({ task }) => !asRead || task.state === 'succeeded')
		.map(sample);
}

/**
 * Vtrix (SeaCloud's backend): one endpoint for all models, whose ids name the task as well.
 * Source: doc.vtrix.ai/docs/api/vidu, and the official client VtrixAI/vtrix-cli for paths and shapes.
 */
import type { GenerationTask } from '../catalogue/types';
import { readErrorBody } from './errors';
import { fields, isoTime, list, number, text } from './read';
import {
	hasFailed,
	NO_OUTPUT,
	type GenerationRequest,
	type OperationRequest,
	type Provider,
	type Task,
	type TaskState,
} from './types';
import { readViduTask, viduParameters } from './viduFormat';
import { operationBody } from './viduOperations';

const PATH = '/model/v1/generation';

const TASK_IDS: Readonly<Record<GenerationTask, string>> = {
	referenceSubjects: 'reference2video',
	referenceMedia: 'reference2video',
	imageToVideo: 'img2video',
	startEndToVideo: 'start_end2video',
	textToVideo: 'text2video',
};

/** Ids that do not follow the pattern; those of loose pictures differ from those of subjects. */
const SPECIAL_IDS: Readonly<Record<string, string>> = {
	'viduq1 referenceMedia': 'viduq1_i2v_reference',
	'viduq2 referenceMedia': 'viduq2_i2v_reference',
	'viduq2-pro referenceMedia': 'viduq2_pro_reference',
};

/** `viduq2-pro-fast` at reference to video becomes `viduq2_pro_fast_reference2video`. */
export function vtrixModelId({ model, task }: Pick<GenerationRequest, 'model' | 'task'>): string {
	const pattern = `${model.replace(/-/g, '_').replace('.', '')}_${TASK_IDS[task]}`;
	return SPECIAL_IDS[`${model} ${task}`] ?? pattern;
}

/** `viduq2-pro` at extend becomes `viduq2_pro_extend`. */
function operationId({ model, task }: OperationRequest): string {
	return `${model?.replace(/-/g, '_')}_${task === 'extend' ? 'extend' : 'reference2image'}`;
}

const STATES: Readonly<Record<string, TaskState>> = {
	queued: 'queued',
	pending: 'queued',
	completed: 'succeeded',
	done: 'succeeded',
	failed: 'failed',
	canceled: 'cancelled',
	cancelled: 'cancelled',
};

/** Reads both documented shapes: `output[].content[]` of the client, `output[].results[]` of the page. */
function readTask(body: unknown, requestedId?: string): Task {
	const source = fields(body);
	const groups = list(source.output).map(fields);
	const nested = groups.map((group) => text(group.task_status)).filter((word) => word !== null);
	const nativeState = text(source.status) ?? nested[0] ?? '';
	const files = groups
		.flatMap((group) => [...list(group.content), ...list(group.results)])
		.map(fields);
	// A picture is a result where there is no video.
	const made = files.every(({ type }) => type === 'image') ? 'image' : 'video';
	const videos = files
		.filter(({ type }) => type === undefined || type === made)
		.flatMap(({ url }) => {
			const link = text(url);
			return link === null ? [] : [{ url: link, coverUrl: null, watermarkedUrl: null }];
		});
	let state = STATES[nativeState] ?? 'processing';
	// "Completed" may hold nothing but failed parts.
	const noOutput = state === 'succeeded' && videos.length === 0;
	if (noOutput) state = 'failed';
	const error = fields(source.error);
	const failed = hasFailed({ state });
	const progress = number(source.progress);
	const cost = number(fields(source.usage).cost);
	return {
		...readViduTask({}, text(source.id) ?? requestedId),
		state,
		nativeState,
		progress: progress !== null && progress <= 1 ? Math.round(progress * 100) : progress,
		videos,
		error: failed
			? {
					code: text(error.code) ?? (noOutput ? NO_OUTPUT : null),
					message:
						text(source.error) ??
						text(error.message) ??
						text(error.error_message) ??
						'The provider gave no reason',
				}
			: null,
		cost: cost === null ? null : { amount: cost, currency: 'USD' },
		createdAt: isoTime(source.created_at),
		raw: body,
	};
}

export const vtrix: Provider = {
	id: 'vtrix',
	name: 'Vtrix',
	scheme: 'Bearer',
	baseUrl: () => 'https://cloud.vtrix.ai',
	probe: { path: `${PATH}/task/0`, missing: true },
	// A callback_url is documented, its delivery is not, and the sibling product refuses it.
	callback: null,
	maxBodyBytes: 20_000_000,
	create: (request) => ({
		method: 'POST',
		path: PATH,
		body: { model: vtrixModelId(request), input: [{ params: viduParameters(request, 'id') }] },
	}),
	operate: (request) => ({
		method: 'POST',
		path: PATH,
		body: { model: operationId(request), input: [{ params: operationBody(request) }] },
	}),
	readCreate: (body) => readTask(body),
	readOperation: (_task, body) => readTask(body),
	queries: (taskId) => [{ method: 'GET', path: `${PATH}/task/${encodeURIComponent(taskId)}` }],
	readQuery: readTask,
	readError: readErrorBody,
};

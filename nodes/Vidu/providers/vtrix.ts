/**
 * Vtrix (SeaCloud's backend): one endpoint for all models, whose ids name the task as well.
 * Source: doc.vtrix.ai/docs/api/vidu, and the official client VtrixAI/vtrix-cli for paths and shapes.
 */
import type { VideoKind } from '../catalogue/types';
import { readErrorBody } from './errors';
import { linkOf } from './links';
import { asRecord, isoTime, asArray, asNumber, percent } from './read';
import { sourceIn, taskFrom, wordOf } from './reading';
import type { GenerationRequest, OperationRequest, Provider, Task } from './types';
import { viduParameters } from './viduFormat';
import { operationBody } from './viduOperations';

const PATH = '/model/v1/generation';

const TASK_IDS: Readonly<Record<VideoKind, string>> = {
	referenceSubjects: 'reference2video',
	referenceMedia: 'reference2video',
	imageToVideo: 'img2video',
	startEndToVideo: 'start_end2video',
	textToVideo: 'text2video',
};

/** Ids that do not follow the pattern; those of loose images differ from those of subjects. */
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

/** Reads both documented shapes: `output[].content[]` of the client, `output[].results[]` of the page. */
function readTask(body: unknown, asked = ''): Task {
	const source = sourceIn(body);
	const groups = asArray(source.output).map(asRecord);
	const nested = groups.flatMap((group) => wordOf(group.task_status) ?? []);
	const files = groups
		.flatMap((group) => [...asArray(group.content), ...asArray(group.results)])
		.map(asRecord);
	// An image is a result where there is no video.
	const made = files.every(({ type }) => type === 'image') ? 'image' : 'video';
	const videos = files
		.filter(({ type }) => type === undefined || type === made)
		.flatMap(({ url }) => {
			const link = linkOf(url);
			return link === null ? [] : [{ url: link, coverUrl: null, watermarkedUrl: null }];
		});
	const error = asRecord(source.error);
	const progress = asNumber(source.progress);
	const cost = asNumber(asRecord(source.usage).cost);
	return taskFrom(body, asked, {
		source,
		state: wordOf(source.status) ?? nested[0],
		videos,
		code: error.code,
		reasons: [source.error, error.message, error.error_message],
		more: {
			progress: percent(progress !== null && progress <= 1 ? Math.round(progress * 100) : progress),
			cost: cost === null ? null : { amount: cost, currency: 'USD' },
			createdAt: isoTime(source.created_at),
		},
	});
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
	// Documented nowhere; `usage.cost` says it of each task.
	chargesForFailures: true,
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

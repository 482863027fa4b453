/**
 * Vtrix (SeaCloud's backend): one endpoint for all models, whose ids name the kind as well.
 * Source: doc.vtrix.ai/docs/api/vidu, and the official client VtrixAI/vtrix-cli for paths and shapes.
 */
import type { VTRIX } from '../catalogue/vtrix';
import { readErrorBody } from './errors';
import { fileOf } from './links';
import { asRecord, isoTime, asArray, asNumber, percent } from './read';
import { sourceIn, taskFrom, wordOf } from './reading';
import type { CreateRequest, Provider, Task } from './types';
import { bodyOf } from './viduBody';

const PATH = '/model/v1/generation';

/** The name of each kind in an ID. */
const KIND_IDS: Readonly<Record<keyof typeof VTRIX, string>> = {
	referenceSubjects: 'reference2video',
	referenceMedia: 'reference2video',
	imageToVideo: 'img2video',
	startEndToVideo: 'start_end2video',
	textToVideo: 'text2video',
	extend: 'extend',
	referenceToImage: 'reference2image',
};

/** Ids that do not follow the pattern; those of loose images differ from those of subjects. */
const SPECIAL_IDS: Readonly<Record<string, string>> = {
	'viduq1 referenceMedia': 'viduq1_i2v_reference',
	'viduq2 referenceMedia': 'viduq2_i2v_reference',
	'viduq2-pro referenceMedia': 'viduq2_pro_reference',
	'viduq3 referenceMedia': 'viduq3_i2v_reference',
};

/** `viduq2-pro-fast` at reference to video becomes `viduq2_pro_fast_reference2video`; an ID of Vtrix is kept. */
function modelId({ model, kind }: CreateRequest): string {
	if (model?.includes('_')) return model;
	const pattern = `${model?.replace(/-/g, '_').replace('.', '')}_${KIND_IDS[kind as keyof typeof VTRIX]}`;
	return SPECIAL_IDS[`${model} ${kind}`] ?? pattern;
}

/** Reads both documented shapes: `output[].content[]` of the client, `output[].results[]` of the page. */
function readTask(body: unknown, asked = ''): Task {
	const source = sourceIn(body);
	const groups = asArray(source.output).map(asRecord);
	const nested = groups.flatMap((group) => wordOf(group.task_status) ?? []);
	const files = groups
		.flatMap((group) => [...asArray(group.content), ...asArray(group.results)])
		.map(asRecord);
	// An image is a result if there is no video.
	const made = files.every(({ type }) => type === 'image') ? 'image' : 'video';
	const videos = files
		.filter(({ type }) => type === undefined || type === made)
		.flatMap(({ url }) => fileOf(url));
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
	keyPages: ['https://vtrix.ai'],
	probe: { path: `${PATH}/task/0`, missing: true },
	// A callback_url is documented, its delivery is not, and the sibling product refuses it.
	callback: null,
	maxBodyBytes: 20_000_000,
	// Documented nowhere; `usage.cost` says it of each task.
	chargesForFailures: true,
	create: (request) => ({
		method: 'POST',
		path: PATH,
		body: { model: modelId(request), input: [{ params: bodyOf(request, 'id') }] },
	}),
	readCreate: (body) => readTask(body),
	queries: (taskId) => [{ method: 'GET', path: `${PATH}/task/${encodeURIComponent(taskId)}` }],
	readQuery: readTask,
	readError: readErrorBody,
};

/**
 * JieKou.AI / HighwayAPI, of the Novita family: an endpoint for each model and task.
 * Source: docs.jiekou.ai (Vidu pages, task result, error codes).
 */
import type { VideoKind } from '../catalogue/types';
import { readErrorBody } from './errors';
import { linkOf } from './links';
import { asRecord, asArray, asNumber, percent, withoutUndefined } from './read';
import { sourceIn, taskFrom } from './reading';
import type { GenerationRequest, OperationRequest, Provider, Task } from './types';
import { viduParameters } from './viduFormat';
import { operationBody } from './viduOperations';

const SLUG_TASKS: Readonly<Record<VideoKind, string>> = {
	referenceSubjects: 'reference2video',
	referenceMedia: 'reference2video',
	imageToVideo: 'img2video',
	startEndToVideo: 'startend2video',
	textToVideo: 'text2video',
};

/** Slugs that do not follow the pattern. */
const SPECIAL_SLUGS: Readonly<Record<string, string>> = {
	'viduq3-pro img2video': 'vidu-q3-pro-i2v',
	'viduq3-pro text2video': 'vidu-q3-pro-t2v',
};

/** `vidu2.0` at reference to video becomes `vidu-2.0-reference2video`, `viduq2-pro` `vidu-q2-pro-…`. */
export function jiekouSlug({ model, task }: Pick<GenerationRequest, 'model' | 'task'>): string {
	const kind = SLUG_TASKS[task];
	return SPECIAL_SLUGS[`${model} ${kind}`] ?? `${model.replace(/^vidu/, 'vidu-')}-${kind}`;
}

/** Templates have one slug, key frames one for each model. */
function operationSlug({ model, task }: OperationRequest): string {
	return task === 'template'
		? 'vidu-q2-template2video'
		: `${model?.replace(/^vidu/, 'vidu-')}-multiframe`;
}

/** Watermark positions as q3 text to video numbers them: 3 and 4 are swapped against Vidu's. */
const Q3_TEXT_POSITIONS: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 4, 4: 3 };
/** As q3 image to video names them. */
const Q3_IMAGE_POSITIONS: Readonly<Record<number, string>> = {
	1: 'top-left',
	2: 'top-right',
	3: 'bottom-right',
	4: 'bottom-left',
};

function watermarkPosition({ model, task, wmPosition }: GenerationRequest): unknown {
	if (wmPosition === undefined || !model.startsWith('viduq3')) return wmPosition;
	return task === 'textToVideo' ? Q3_TEXT_POSITIONS[wmPosition] : Q3_IMAGE_POSITIONS[wmPosition];
}

/** The strongest movement is called `high` on the q2 pages but those of start-end, `large` on the others. */
function amplitude({ model, task, movementAmplitude }: GenerationRequest): string | undefined {
	const high = model.startsWith('viduq2') && task !== 'startEndToVideo';
	return movementAmplitude === 'large' && high ? 'high' : movementAmplitude;
}

function readTask(body: unknown, asked = ''): Task {
	const outer = sourceIn(body);
	const task = asRecord(outer.task);
	const files = asArray(outer.videos).map(asRecord);
	return taskFrom(body, asked, {
		source: { ...outer, ...task },
		state: task.status,
		videos: files.flatMap((file) => {
			const url = linkOf(file.video_url);
			return url === null ? [] : [{ url, coverUrl: null, watermarkedUrl: null }];
		}),
		reasons: [task.reason, task.error, task.message],
		ttl: asNumber(files[0]?.video_url_ttl),
		more: { progress: percent(task.progress_percent) },
	});
}

export const jiekou: Provider = {
	id: 'jiekou',
	name: 'JieKou / HighwayAPI',
	scheme: 'Bearer',
	baseUrl: () => 'https://api.highwayapi.ai',
	probe: { path: '/v3/async/task-result?task_id=0', missing: true },
	callback: null,
	maxBodyBytes: 20_000_000,
	// Documented nowhere.
	chargesForFailures: true,
	maxInlineBytes: 10_000_000,
	create: (request) => ({
		method: 'POST',
		path: `/v3/async/${jiekouSlug(request)}`,
		body: withoutUndefined({
			...viduParameters(request, 'id'),
			movement_amplitude: amplitude(request),
			wm_position: watermarkPosition(request),
		}),
	}),
	operate: (request) => ({
		method: 'POST',
		path: `/v3/async/${operationSlug(request)}`,
		body: operationBody(request),
	}),
	readCreate: (body) => readTask(body),
	readOperation: (_task, body) => readTask(body),
	queries: (taskId) => [
		{ method: 'GET', path: '/v3/async/task-result', query: { task_id: taskId } },
	],
	readQuery: readTask,
	readError: readErrorBody,
};

/**
 * JieKou.AI / HighwayAPI, of the Novita family: an endpoint for each model and kind.
 * Source: docs.jiekou.ai (Vidu pages, task result, error codes).
 */
import type { JIEKOU } from '../catalogue/jiekou';
import { readErrorBody } from './errors';
import { fileOf } from './links';
import { asRecord, asArray, asNumber, percent } from './read';
import { sourceIn, taskFrom } from './reading';
import type { CreateRequest, Provider, Task } from './types';
import { bodyOf } from './viduBody';

/** The name of each kind in a path. */
const KIND_SLUGS: Readonly<Record<keyof typeof JIEKOU, string>> = {
	referenceSubjects: 'reference2video',
	referenceMedia: 'reference2video',
	imageToVideo: 'img2video',
	startEndToVideo: 'startend2video',
	textToVideo: 'text2video',
	multiFrame: 'multiframe',
	template: 'template2video',
};

/** Slugs that do not follow the pattern. */
const SPECIAL_SLUGS: Readonly<Record<string, string>> = {
	'viduq3-pro img2video': 'vidu-q3-pro-i2v',
	'viduq3-pro text2video': 'vidu-q3-pro-t2v',
};

/** `vidu2.0` at reference to video becomes `vidu-2.0-reference2video`, `viduq2-pro` `vidu-q2-pro-…`; templates have one slug. A slug is kept. */
function slugOf({ model, kind }: CreateRequest): string {
	if (model?.startsWith('vidu-')) return model;
	const name = KIND_SLUGS[kind as keyof typeof JIEKOU];
	const pattern = `${(model ?? 'viduq2').replace(/^vidu/, 'vidu-')}-${name}`;
	return SPECIAL_SLUGS[`${model} ${name}`] ?? pattern;
}

/** Watermark positions as q3 text to video numbers them: 3 and 4 are swapped against Vidu's. */
const Q3_TEXT_POSITIONS = [undefined, 1, 2, 4, 3];
/** As q3 image to video names them. */
const Q3_IMAGE_POSITIONS = [undefined, 'top-left', 'top-right', 'bottom-right', 'bottom-left'];

/** Values with other names here. */
function spelling({ model, kind, values }: CreateRequest): Record<string, unknown> {
	const { wmPosition, movementAmplitude } = values;
	const positions = kind === 'textToVideo' ? Q3_TEXT_POSITIONS : Q3_IMAGE_POSITIONS;
	// The strongest movement is `high` on the q2 pages but those of start-end, `large` on the others.
	const high = movementAmplitude === 'large' && model?.startsWith('viduq2');
	return {
		...(wmPosition && model?.startsWith('viduq3') && { wm_position: positions[wmPosition] }),
		...(high && kind !== 'startEndToVideo' && { movement_amplitude: 'high' }),
	};
}

function readTask(body: unknown, asked = ''): Task {
	const outer = sourceIn(body);
	const task = asRecord(outer.task);
	const files = asArray(outer.videos).map(asRecord);
	return taskFrom(body, asked, {
		source: { ...outer, ...task },
		state: task.status,
		videos: files.flatMap(({ video_url }) => fileOf(video_url)),
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
	keyPages: ['https://jiekou.ai/settings/key-management'],
	probe: { path: '/v3/async/task-result?task_id=0', missing: true },
	callback: null,
	maxBodyBytes: 20_000_000,
	// Not documented.
	chargesForFailures: true,
	maxInlineBytes: 10_000_000,
	create: (request) => ({
		method: 'POST',
		path: `/v3/async/${encodeURIComponent(slugOf(request))}`,
		body: { ...bodyOf(request, 'id'), ...spelling(request) },
	}),
	readCreate: (body) => readTask(body),
	queries: (taskId) => [
		{ method: 'GET', path: '/v3/async/task-result', query: { task_id: taskId } },
	],
	readQuery: readTask,
	readError: readErrorBody,
};

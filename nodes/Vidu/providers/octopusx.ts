/**
 * OctopusX: Vidu's request format with Bearer, answers of its own. DeepWL speaks the same.
 * Source: docs.octopusx.ai/en/videos/vidu (reference2video, query).
 */
import { fields, isoTime, number, text } from './read';
import { hasFailed, NO_OUTPUT, type Provider, type Task, type TaskState } from './types';
import { readViduTask, viduFormat } from './viduFormat';

/** The pages of this vendor differ in their words for the same states, so all of them are read. */
const STATES: Readonly<Record<string, TaskState>> = {
	pending: 'queued',
	queued: 'queued',
	submitted: 'queued',
	completed: 'succeeded',
	succeeded: 'succeeded',
	success: 'succeeded',
	failed: 'failed',
	failure: 'failed',
	canceled: 'cancelled',
	cancelled: 'cancelled',
};

function readTask(body: unknown, requestedId?: string): Task {
	const outer = fields(body);
	// Some routes wrap the task: {"code":"success","data":{…}}.
	const source = 'data' in outer ? fields(outer.data) : outer;
	const nativeState = text(source.status) ?? '';
	const state = STATES[nativeState.toLowerCase()] ?? 'processing';
	const url = text(source.video_url) ?? text(source.url);
	const error = fields(source.error);
	const noOutput = state === 'succeeded' && url === null;
	const failed = hasFailed({ state }) || noOutput;
	return {
		...readViduTask({}, text(source.task_id) ?? text(source.id) ?? requestedId),
		state: noOutput ? 'failed' : state,
		nativeState,
		progress: number(text(source.progress)?.replace('%', '')),
		videos: url === null ? [] : [{ url, coverUrl: null, watermarkedUrl: null }],
		error: failed
			? {
					code: noOutput ? NO_OUTPUT : text(error.code),
					message: text(error.message) ?? text(source.error) ?? 'The gateway gave no reason',
				}
			: null,
		createdAt: isoTime(source.created_at),
		raw: body,
	};
}

export const octopusx: Provider = {
	...viduFormat({
		prefix: '/vidu/ent/v2',
		queryPaths: ['/task/{id}/creations'],
		subjectKey: 'id',
	}),
	id: 'octopusx',
	name: 'OctopusX',
	scheme: 'Bearer',
	baseUrl: () => 'https://octopusx.ai',
	probe: { path: '/vidu/ent/v2/task/0/creations', missing: true },
	callback: null,
	readCreate: (body) => readTask(body),
	readQuery: readTask,
};

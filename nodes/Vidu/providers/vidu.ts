/**
 * Vidu's own API: `https://api.vidu.com` (global) and `https://api.vidu.cn` (China), scheme `Token`.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import type { GenerationTask } from '../catalogue/types';
import { adviceFor, readErrorBody } from './errors';
import { fields, isoTime, list, number, text } from './read';
import type { GenerationRequest, Provider, Subject, Task, TaskState, TaskVideo } from './types';

const PREFIX = '/ent/v2';

const CREATE_PATHS: Readonly<Record<GenerationTask, string>> = {
	referenceSubjects: '/reference2video',
	referenceMedia: '/reference2video',
	imageToVideo: '/img2video',
	startEndToVideo: '/start-end2video',
	textToVideo: '/text2video',
};

/** Result links live 24 h on the current get-generation page; older pages say 1 h. */
const RESULT_SECONDS = 24 * 3600;

/** The request body; fields that are not set are left out, since unknown ones can be refused (`FieldUnwanted`). */
function createBody(request: GenerationRequest): Record<string, unknown> {
	const body: Record<string, unknown> = {
		model: request.model,
		auto_subjects: request.autoSubjects,
		subjects: request.subjects?.map(subjectBody),
		images: request.images?.length ? request.images : undefined,
		videos: request.videos?.length ? request.videos : undefined,
		prompt: request.prompt || undefined,
		style: request.style,
		duration: request.duration,
		resolution: request.resolution,
		aspect_ratio: request.aspectRatio,
		audio: request.audio,
		audio_type: request.audioType,
		voice_id: request.voiceId,
		bgm: request.bgm,
		is_rec: request.isRec,
		movement_amplitude: request.movementAmplitude,
		off_peak: request.offPeak,
		seed: request.seed,
		watermark: request.watermark,
		wm_position: request.wmPosition,
		wm_url: request.wmUrl,
		meta_data: request.metaData,
		payload: request.payload,
		callback_url: request.callbackUrl,
	};
	return withoutUndefined(body);
}

function subjectBody(subject: Subject): Record<string, unknown> {
	return withoutUndefined({
		name: subject.name,
		images: subject.images.length ? subject.images : undefined,
		videos: subject.videos.length ? subject.videos : undefined,
		voice_id: subject.voiceId,
		server_id: subject.serverId,
	});
}

function withoutUndefined(body: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** States other than these count as running: `scheduling` and others appear undocumented. */
const STATES: Readonly<Record<string, TaskState>> = {
	created: 'queued',
	queueing: 'queued',
	success: 'succeeded',
	failed: 'failed',
	canceled: 'cancelled',
	cancelled: 'cancelled',
};

/** Reads a task from any body that carries one: create, query, list row, callback. */
export function readViduTask(body: unknown, requestedId?: string): Task {
	const source = fields(body);
	const nativeState = text(source.state) ?? text(source.status) ?? '';
	const code = text(source.err_code);
	const videos = list(source.creations).flatMap(readVideo);
	let state = STATES[nativeState] ?? 'processing';
	// A cancelled task is reported as failed, with this code.
	if (state === 'failed' && code === 'UserCancelled') state = 'cancelled';
	let error: Task['error'] = null;
	if (state === 'succeeded' && videos.length === 0) {
		state = 'failed';
		error = { code: 'NO_OUTPUT', message: 'The task succeeded, but the provider lists no result' };
	} else if (state === 'failed' || state === 'cancelled') {
		const message =
			text(source.err_msg) ?? adviceFor(code) ?? code ?? 'The provider gave no reason';
		error = { code, message };
	}
	return {
		taskId: text(source.task_id) ?? text(source.id) ?? requestedId ?? '',
		state,
		nativeState,
		progress: number(source.progress),
		videos,
		error,
		credits: number(source.credits),
		cost: null,
		payload: text(source.payload),
		createdAt: isoTime(source.created_at),
		expiresInSeconds: videos.length > 0 ? RESULT_SECONDS : null,
		raw: body,
	};
}

function readVideo(creation: unknown): TaskVideo[] {
	const source = fields(creation);
	const url = text(source.url);
	return url === null
		? []
		: [{ url, coverUrl: text(source.cover_url), watermarkedUrl: text(source.watermarked_url) }];
}

export const vidu: Provider = {
	id: 'vidu',
	name: 'Vidu',
	scheme: 'Token',
	baseUrl: (region) => (region === 'china' ? 'https://api.vidu.cn' : 'https://api.vidu.com'),
	callback: true,
	maxBodyBytes: 20_000_000,
	create: (request) => ({
		method: 'POST',
		path: PREFIX + CREATE_PATHS[request.task],
		body: createBody(request),
	}),
	readCreate: (body) => readViduTask(body),
	query: (taskId) => ({
		method: 'GET',
		path: `${PREFIX}/tasks/${encodeURIComponent(taskId)}/creations`,
	}),
	readQuery: readViduTask,
	readError: readErrorBody,
	list: {
		maxIds: 100,
		// Without a page size the answer holds ten tasks.
		request: (taskIds) => ({
			method: 'GET',
			path: `${PREFIX}/tasks`,
			query: { task_ids: taskIds, 'pager.pagesz': '100' },
		}),
		read: (body) => list(fields(body).tasks).map((task) => readViduTask(task)),
	},
	cancel: {
		request: (taskId) => ({
			method: 'POST',
			path: `${PREFIX}/tasks/${encodeURIComponent(taskId)}/cancel`,
			body: { id: taskId },
		}),
	},
	credits: {
		request: () => ({ method: 'GET', path: `${PREFIX}/credits` }),
		// The page's table names the array `remaining_credits`, its sample `remains`.
		read: (body) => {
			const source = fields(body);
			const remains = [...list(source.remains), ...list(source.remaining_credits)];
			const credits = remains.reduce<number>(
				(sum, part) => sum + (number(fields(part).credit_remain) ?? 0),
				0,
			);
			return { credits, raw: body };
		},
	},
	upload: {
		maxBytes: 10_000_000,
		begin: () => ({ method: 'POST', path: '/tools/v2/files/uploads', body: { scene: 'vidu' } }),
		readBegin: (body) => {
			const source = fields(body);
			return { id: text(source.id) ?? '', putUrl: text(source.put_url) ?? '' };
		},
		finish: (id, etag) => ({
			method: 'PUT',
			path: `/tools/v2/files/uploads/${encodeURIComponent(id)}/finish`,
			body: { etag },
		}),
		readFinish: (body) => text(fields(body).uri) ?? '',
	},
};

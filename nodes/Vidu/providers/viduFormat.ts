/**
 * Vidu's own wire format, which several gateways speak as well: paths, request bodies, task bodies.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import type { VideoKind } from '../catalogue/types';
import { readErrorBody } from './errors';
import { linkOf } from './links';
import { asRecord, isoTime, asArray, asNumber, percent, asText, withoutUndefined } from './read';
import { sourceIn, taskFrom } from './reading';
import type { GenerationRequest, Provider, Subject, Task, TaskVideo, WireRequest } from './types';
import { alsoOf, operationRequest, readOperation } from './viduOperations';

const CREATE_PATHS: Readonly<Record<VideoKind, string>> = {
	referenceSubjects: '/reference2video',
	referenceMedia: '/reference2video',
	imageToVideo: '/img2video',
	startEndToVideo: '/start-end2video',
	textToVideo: '/text2video',
};

/** Result links live 24 h on the current get-generation page; older pages say 1 h. */
const RESULT_SECONDS = 24 * 3600;

/** What a gateway calls a subject: newer documents say `name`, older ones `id`. */
export type SubjectKey = 'name' | 'id';

/** The request body but for the model; fields that are not set are left out, since unknown ones can be refused (`FieldUnwanted`). */
export function viduParameters(
	request: GenerationRequest,
	subjectKey: SubjectKey,
): Record<string, unknown> {
	const body: Record<string, unknown> = {
		auto_subjects: request.autoSubjects,
		subjects: request.subjects?.map((subject) => subjectBody(subject, subjectKey)),
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

function subjectBody(subject: Subject, key: SubjectKey): Record<string, unknown> {
	return withoutUndefined({
		[key]: subject.name,
		images: subject.images.length ? subject.images : undefined,
		videos: subject.videos.length ? subject.videos : undefined,
		voice_id: subject.voiceId,
		server_id: subject.serverId,
	});
}

/** Reads a task from any body that carries one: create, query, list row, callback. `asked` as in {@link taskFrom}. */
export function readViduTask(body: unknown, asked = ''): Task {
	const source = sourceIn(body);
	// Speech comes at once, as a file of its own.
	const speech = source.file_url ?? source.demo_audio;
	return taskFrom(body, asked, {
		source,
		state: source.state ?? source.status,
		videos: [...asArray(source.creations), { url: speech }].flatMap(readVideo),
		code: source.err_code,
		reasons: [source.err_msg],
		ttl: RESULT_SECONDS,
		more: {
			progress: percent(source.progress),
			also: alsoOf(source),
			credits: asNumber(source.credits),
			payload: asText(source.payload),
			createdAt: isoTime(source.created_at),
		},
	});
}

function readVideo(creation: unknown): TaskVideo[] {
	const { url, video_url, cover_url, watermarked_url } = asRecord(creation);
	const link = linkOf(url) ?? linkOf(video_url);
	return link === null
		? []
		: [{ url: link, coverUrl: linkOf(cover_url), watermarkedUrl: linkOf(watermarked_url) }];
}

/** How a provider that speaks Vidu's format differs from the others that do. */
export interface FormatOptions {
	/** Before `/reference2video` and the like. */
	readonly prefix: string;
	/** Below the prefix, with `{id}` for the task id; the documented one first. */
	readonly queryPaths: readonly [string, ...string[]];
	readonly subjectKey: SubjectKey;
}

type Format = Pick<
	Provider,
	| 'create'
	| 'operate'
	| 'readCreate'
	| 'readOperation'
	| 'queries'
	| 'readQuery'
	| 'readError'
	| 'maxBodyBytes'
	| 'chargesForFailures'
>;

/** The contract of a provider that speaks Vidu's format, but for its name and extras. */
export function viduFormat({ prefix, queryPaths, subjectKey }: FormatOptions): Format {
	const query = (path: string, taskId: string): WireRequest => ({
		method: 'GET',
		path: prefix + path.replace('{id}', encodeURIComponent(taskId)),
	});
	const [documented, ...others] = queryPaths;
	return {
		maxBodyBytes: 20_000_000,
		// No gateway says whether it passes on that Vidu does not.
		chargesForFailures: true,
		create: (request) => ({
			method: 'POST',
			path: prefix + CREATE_PATHS[request.task],
			body: { model: request.model, ...viduParameters(request, subjectKey) },
		}),
		operate: (request) => operationRequest(prefix, request),
		readCreate: (body) => readViduTask(body),
		readOperation: (task, body) => readOperation(task, body, readViduTask),
		queries: (taskId) => [query(documented, taskId), ...others.map((path) => query(path, taskId))],
		readQuery: readViduTask,
		readError: readErrorBody,
	};
}

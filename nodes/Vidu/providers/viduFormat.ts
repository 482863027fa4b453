/**
 * Vidu's own wire format, which several gateways speak as well.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import { readErrorBody } from './errors';
import { linkOf } from './links';
import { asRecord, isoTime, asArray, asNumber, percent, asText } from './read';
import { sourceIn, taskFrom } from './reading';
import type { Provider, Task, TaskVideo, WireRequest } from './types';
import { alsoOf, createRequest, withYield, type SubjectKey } from './viduBody';

/** Result links live 24 h on the current get-generation page; older pages say 1 h. */
const RESULT_SECONDS = 24 * 3600;

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
	| 'readCreate'
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
		create: (request) => createRequest(prefix, request, subjectKey),
		readCreate: (body, kind) => withYield(readViduTask(body), kind, body),
		queries: (taskId) => [query(documented, taskId), ...others.map((path) => query(path, taskId))],
		readQuery: readViduTask,
		readError: readErrorBody,
	};
}

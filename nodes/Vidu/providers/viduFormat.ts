/**
 * Vidu's own wire format, which several gateways speak as well.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import { readErrorBody } from './errors';
import { fileOf, linkOf } from './links';
import { asRecord, isoTime, asArray, asNumber, percent, asText } from './read';
import { sourceIn, taskFrom } from './reading';
import type { Provider, ProviderExtras, SubjectKey, Task, TaskVideo, WireRequest } from './types';
import { alsoOf, createRequest, withYield } from './viduBody';

/** Result links live 24 h on the current get-generation page; older pages say 1 h. */
const RESULT_SECONDS = 24 * 3600;

/** Reads a task from any body that has one: create, query, list row, callback. `asked` as in {@link taskFrom}. */
export function readViduTask(body: unknown, asked = ''): Task {
	const source = sourceIn(body);
	// Speech is returned at once, as its own file.
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
	const more = { coverUrl: linkOf(cover_url), watermarkedUrl: linkOf(watermarked_url) };
	return fileOf(linkOf(url) ?? video_url).map((file) => ({ ...file, ...more }));
}

/** How a provider with Vidu's format differs from the others. */
export interface FormatOptions {
	/** Before `/reference2video` and the like. */
	readonly prefix: string;
	/** After the prefix, with `{id}` for the task ID; the documented one first. */
	readonly queryPaths: readonly [string, ...string[]];
	readonly subjectKey: SubjectKey;
}

type Format = Omit<Provider, 'id' | 'name' | 'scheme' | 'baseUrl' | 'probe' | 'callback'>;

/** A provider with Vidu's format, except for its name and extras. */
export function viduFormat({ prefix, queryPaths, subjectKey }: FormatOptions): Format {
	const query = (path: string, taskId: string): WireRequest => ({
		method: 'GET',
		path: prefix + path.replace('{id}', encodeURIComponent(taskId)),
	});
	const [documented, ...others] = queryPaths;
	return {
		maxBodyBytes: 20_000_000,
		// No gateway documents whether it passes on that Vidu does not charge.
		chargesForFailures: true,
		create: (request) => createRequest(prefix, request, subjectKey),
		readCreate: (body, kind) => withYield(readViduTask(body), kind, body),
		queries: (taskId) => [query(documented, taskId), ...others.map((path) => query(path, taskId))],
		readQuery: readViduTask,
		readError: readErrorBody,
	};
}

/** The parameters of a query that are set. */
export function queryOf(
	given: Readonly<Record<string, string | readonly string[] | null | undefined>>,
): WireRequest['query'] {
	return Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) => (value?.length ? [[name, value]] : [])),
	);
}

/** The token of the page after this one. */
export const nextPageToken = (body: unknown) => asText(asRecord(body).next_page_token);

/** The subject library of Vidu, below a prefix of paths. Source: platform.vidu.cn/docs, subject library. */
export function viduLibrary(prefix: string): ProviderExtras['library'] {
	return {
		page: ({ ownership, ids }, pageSize, pageToken) => ({
			method: 'GET',
			path: `${prefix}/subjects`,
			query: queryOf({
				ownership,
				count: String(pageSize),
				subject_ids: ids,
				next_page_token: pageToken,
			}),
		}),
		read: (body) => asArray(asRecord(body).subjects).map(asRecord),
		nextPageToken,
	};
}

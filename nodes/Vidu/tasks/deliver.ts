/** Brings the results of a task into n8n's binary storage, as streams. */
import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import { readHead } from '../media/binaryHead';
import { mp4Problem } from '../media/mp4';
import type { MediaKind, Task, TaskVideo } from '../providers/types';
import { isStopped, type Worker } from '../transport/caller';
import { openStream } from '../transport/exchange';
import { pause } from '../transport/pause';
import { failure, fetchLater, sentences, type Failure } from '../transport/failure';
import { fileTypeOf, kindOf } from './fileTypes';
import { backoff } from './schedule';

export interface DeliveryOptions {
	/** Names the files, before the task id. */
	readonly model: string | null;
	/** What the operation makes; null: told by the links. */
	readonly makes: MediaKind | null;
	/** The binary field for the result; the cover gets the same name with `Cover` behind it. */
	readonly binaryPropertyName: string;
	readonly downloadCover: boolean;
}

export type Delivered =
	| { readonly ok: true; readonly binary: IBinaryKeyData; readonly task: Task }
	| { readonly ok: false; readonly failure: Failure };

/** Milliseconds without an answer. */
const DOWNLOAD_TIMEOUT = 300_000;
const MAX_TRIES = 3;
/** Answers of a storage to a link that has expired. */
const EXPIRED = [401, 403, 404, 410];

type Fetched =
	| { readonly binary: IBinaryKeyData }
	| { readonly status: number | null; readonly reason: string };

/**
 * Downloads the videos of a task. `refresh` reads the task again, for fresh links: asked once when
 * a link has expired.
 */
export async function downloadVideos(
	context: Worker,
	task: Task,
	options: DeliveryOptions,
	refresh: () => Promise<Task | undefined>,
): Promise<Delivered> {
	let current = task;
	let refreshed = false;
	for (let tries = 1; ; tries++) {
		const fetched = await fetchAll(context, current, options);
		if ('binary' in fetched) return { ok: true, binary: fetched.binary, task: current };
		const stopped = isStopped(context);
		const expired = fetched.status !== null && EXPIRED.includes(fetched.status);
		if (stopped || (expired ? refreshed : tries >= MAX_TRIES)) {
			const lost = failure(
				`The clip is ready, but could not be downloaded: ${fetched.reason}`,
				sentences(fetchLater(task.taskId)),
				{ httpStatus: fetched.status, task: current },
			);
			return { ok: false, failure: lost };
		}
		if (expired) {
			refreshed = true;
			current = (await refresh()) ?? current;
		} else {
			await pause(context, backoff(tries, null));
		}
	}
}

async function fetchAll(
	context: Worker,
	task: Task,
	{ model, makes, binaryPropertyName, downloadCover }: DeliveryOptions,
): Promise<Fetched> {
	const binary: IBinaryKeyData = {};
	for (const [index, video] of task.videos.entries()) {
		const suffix = index === 0 ? '' : `_${index}`;
		const name = `${model ?? 'vidu'}-${task.taskId}${suffix}`;
		for (const file of filesOf(video, makes ?? kindOf(video.url), downloadCover)) {
			const fetched = await fetchFile(context, file, `${name}.${file.extension}`);
			if (!('data' in fetched)) return fetched;
			binary[`${binaryPropertyName}${file.field}${suffix}`] = fetched.data;
		}
	}
	return { binary };
}

interface ResultFile {
	readonly url: string;
	readonly field: string;
	readonly extension: string;
	readonly mimeType: string;
}

function filesOf(video: TaskVideo, kind: MediaKind, cover: boolean): ResultFile[] {
	return [
		{ url: video.url, field: '', ...fileTypeOf(video.url, kind) },
		...(cover && video.coverUrl !== null
			? [{ url: video.coverUrl, field: 'Cover', extension: 'jpg', mimeType: 'image/jpeg' }]
			: []),
	];
}

async function fetchFile(
	context: Worker,
	{ url, mimeType }: ResultFile,
	fileName: string,
): Promise<{ data: IBinaryKeyData[string] } | { status: number | null; reason: string }> {
	const answer = await openStream(context, url, DOWNLOAD_TIMEOUT);
	if (answer.kind === 'noAnswer') return { status: null, reason: answer.reason };
	const stream = answer.body as Parameters<typeof context.helpers.prepareBinaryData>[0];
	const given =
		String(answer.headers['content-type'] ?? '')
			.split(';')[0]
			?.trim() ?? '';
	const isMedia = /^(video|image|audio)\//.test(given);
	if (answer.status !== 200 || given.startsWith('text/')) {
		if ('destroy' in stream) stream.destroy();
		const what = answer.status === 200 ? `the server sent ${given}` : `HTTP ${answer.status}`;
		return { status: answer.status === 200 ? null : answer.status, reason: what };
	}
	try {
		const data = await context.helpers.prepareBinaryData(
			stream,
			fileName,
			isMedia ? given : mimeType,
		);
		const problem = await incomplete(context, data, answer.headers);
		return problem === null ? { data } : { status: null, reason: problem };
	} catch {
		return { status: null, reason: 'the connection was lost during the download' };
	}
}

/** What is missing from a stored file, as the end of a sentence: by its announced length, and in an MP4 by its head. */
async function incomplete(
	context: Worker,
	data: IBinaryData,
	headers: Readonly<Record<string, unknown>>,
): Promise<string | null> {
	const { head, size } = await readHead(context, data);
	const announced =
		headers['content-encoding'] === undefined ? headers['content-length'] : undefined;
	if (announced !== undefined && Number(announced) !== size) {
		return `${size} of ${String(announced)} bytes came`;
	}
	return data.mimeType === 'video/mp4' ? mp4Problem(head, size) : null;
}

/** Downloads the results of a task into n8n's binary storage, as streams. */
import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import { asRecord, asText } from '../../providers/read';
import type { MediaKind, Task } from '../../providers/types';
import { isStopped, type Worker } from '../../transport/caller';
import { pause } from '../../transport/pause';
import { openStream } from '../../transport/exchange';
import { failure, fetchLater, sentences, type Failure } from '../../transport/failure';
import {
	discard,
	LEAST_PACE,
	LimitError,
	paced,
	streamOf,
	type ByteStream,
	type Pace,
} from '../../transport/limits';
import type { ItemContext } from '../context/itemContext';
import { fileTypeOf, inWords, kindOf, mp4Problem } from './fileTypes';
import { backoff } from '../poll/intervals';

/** The model is the first part of the file names; `Cover` is added to the field for the cover. */
export type DeliveryOptions = Pick<
	ItemContext,
	'model' | 'makes' | 'binaryPropertyName' | 'downloadCover'
>;

type Delivered =
	| {
			readonly ok: true;
			readonly binary: IBinaryKeyData;
			readonly task: Task;
			/** What is missing besides the result, as sentences. */
			readonly hints: readonly string[];
	  }
	| { readonly ok: false; readonly failure: Failure };

const MAX_TRIES = 3;
/** Status codes of a storage for a link that has expired. */
const EXPIRED = [401, 403, 404, 410];
/** Bytes at the beginning that show the type of a file, and whether an MP4 is complete. */
const HEAD = 64 * 1024;

interface Trouble {
	/** HTTP status; null for other reasons. */
	readonly status: number | null;
	readonly reason: string;
}

interface ResultFile {
	readonly name: string;
	readonly makes: MediaKind | null;
}

/** Where a file is; `renew` looks for a fresh link when this one has expired, and tells whether to try it. */
interface Link {
	url(): string;
	renew(): Promise<boolean>;
}

/**
 * Downloads the results of a task. `refresh` reads the task again for fresh links, once after a link
 * has expired. A missing cover does not affect the video. `pace` for tests.
 */
export async function downloadVideos(
	context: Worker,
	task: Task,
	{ model, makes, binaryPropertyName, downloadCover }: DeliveryOptions,
	refresh: () => Promise<Task | undefined>,
	pace = LEAST_PACE,
): Promise<Delivered> {
	const links = { task, refreshed: false };
	const binary: IBinaryKeyData = {};
	const hints: string[] = [];

	const linkTo = (find: (from: Task) => string | null | undefined): Link => ({
		url: () => find(links.task) ?? find(task) ?? '',
		renew: async () => {
			if (links.refreshed) return false;
			links.refreshed = true;
			links.task = (await refresh()) ?? links.task;
			return true;
		},
	});

	for (const index of task.videos.keys()) {
		const suffix = index === 0 ? '' : `_${index}`;
		const name = `${model ?? 'vidu'}-${task.taskId}${suffix}`;
		const videoLink = linkTo(({ videos }) => videos[index]?.url);
		const video = await fetched(context, { name, makes }, videoLink, pace);
		if (!('mimeType' in video)) {
			const lost = failure(
				`The result is ready, but could not be downloaded: ${video.reason}`,
				sentences(fetchLater(task.taskId)),
				{ httpStatus: video.status, task: links.task },
			);
			return { ok: false, failure: lost };
		}
		binary[`${binaryPropertyName}${suffix}`] = video;
		if (!downloadCover || task.videos[index]?.coverUrl === null) continue;
		const coverLink = linkTo(({ videos }) => videos[index]?.coverUrl);
		const cover = await fetched(context, { name, makes: 'image' }, coverLink, pace);
		if (!('mimeType' in cover)) {
			hints.push(`The cover of task ${task.taskId} could not be downloaded: ${cover.reason}`);
		} else {
			binary[`${binaryPropertyName}Cover${suffix}`] = cover;
		}
	}
	return { ok: true, binary, task: links.task, hints };
}

/** Downloads a video from any address into n8n's binary storage; returns why not, as the end of a sentence. */
export async function downloadVideo(
	context: Worker,
	url: string,
	name: string,
): Promise<IBinaryData | string> {
	const link = { url: () => url, renew: async () => await Promise.resolve(false) };
	const result = await fetched(context, { name, makes: 'video' }, link, LEAST_PACE);
	return 'mimeType' in result ? result : result.reason;
}

/** Tries until the file is stored or unobtainable. */
async function fetched(
	context: Worker,
	file: ResultFile,
	link: Link,
	pace: Pace,
): Promise<IBinaryData | Trouble> {
	for (let tries = 1; ; tries++) {
		const result = await fetchFile(context, link.url(), file, pace);
		if ('mimeType' in result || isStopped(context)) return result;
		if (result.status !== null && EXPIRED.includes(result.status)) {
			if (!(await link.renew())) return result;
		} else {
			if (tries >= MAX_TRIES) return result;
			await pause(context, backoff(tries, null));
		}
	}
}

async function fetchFile(
	context: Worker,
	url: string,
	file: ResultFile,
	pace: Pace,
): Promise<IBinaryData | Trouble> {
	const answer = await openStream(context, url, pace.period);
	if (answer.kind === 'noAnswer') return { status: null, reason: answer.reason };
	if (answer.status !== 200) {
		discard(answer.body);
		return { status: answer.status, reason: `HTTP ${answer.status}` };
	}
	return await store(context, answer.body, file, file.makes ?? kindOf(url), pace);
}

/** Stores a file by its real type; nothing is stored of a truncated file, or one of the wrong kind. */
async function store(
	context: Worker,
	body: ByteStream,
	{ name, makes }: ResultFile,
	expected: MediaKind,
	pace: Pace,
): Promise<IBinaryData | Trouble> {
	const bytes = paced(context, body, pace);
	try {
		const head = await beginning(bytes);
		const type = fileTypeOf(head, expected);
		if (type === null || (makes !== null && type.kind !== makes)) {
			const came = type === null ? inWords(head) : `${type.kind} (${type.extension})`;
			return { status: null, reason: `the server sent ${came} instead of ${NAMES[expected]}` };
		}
		return await context.helpers.prepareBinaryData(
			streamOf(body, whole(head, bytes, type.extension === 'mp4')),
			`${name}.${type.extension}`,
			type.mimeType,
		);
	} catch (error) {
		return { status: null, reason: reasonOf(error) };
	} finally {
		discard(body);
		await bytes.return();
	}
}

const NAMES: Readonly<Record<MediaKind, string>> = {
	audio: 'audio',
	image: 'an image',
	video: 'a video',
};

/** The first bytes, or all if there are fewer. */
async function beginning(bytes: AsyncGenerator<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for (let size = 0; size < HEAD; ) {
		const { done, value } = await bytes.next();
		if (done) break;
		chunks.push(value as Buffer);
		size += (value as Buffer).length;
	}
	return Buffer.concat(chunks);
}

/**
 * The head and the rest.
 * @throws LimitError at the end, if it is an incomplete MP4
 */
async function* whole(
	head: Buffer,
	rest: AsyncGenerator<Buffer>,
	isMp4: boolean,
): AsyncGenerator<Buffer> {
	yield head;
	let size = head.length;
	for await (const chunk of rest) {
		size += chunk.length;
		yield chunk;
	}
	const problem = isMp4 ? mp4Problem(head, size) : null;
	if (problem !== null) throw new LimitError(problem);
}

/** Why a download ended early, also if n8n has wrapped the error. */
function reasonOf(error: unknown): string {
	if (error instanceof LimitError) return error.message;
	const { code, cause } = asRecord(error);
	if (cause instanceof LimitError) return cause.message;
	return `the download was interrupted${asText(code) === null ? '' : ` (${asText(code)})`}`;
}

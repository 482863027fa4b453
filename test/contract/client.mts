import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { SANDBOX_KEY, type Sandbox } from '../../sandbox/server.mts';

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Record<string, unknown>;
}

/** A sandbox, also one of another process. */
type Reachable = Pick<Sandbox, 'url'>;

/** Calls the sandbox as a client of Vidu would. */
export async function call(
	sandbox: Reachable,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const answer = await fetch(`${sandbox.url}${path}`, {
		method,
		headers: {
			Authorization: `Token ${SANDBOX_KEY}`,
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...headers,
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const parsed: unknown = await answer.json();
	return {
		status: answer.status,
		headers: answer.headers,
		body: typeof parsed === 'object' && parsed !== null ? { ...parsed } : {},
	};
}

/** A body of text to video that is allowed. */
export const text = (more: Record<string, unknown> = {}) => ({
	model: 'viduq2',
	prompt: 'A cat runs',
	...more,
});

/** Creates a text to video task and gives its id. */
export async function createTask(sandbox: Reachable, more: Record<string, unknown> = {}) {
	const { body } = await call(sandbox, 'POST', '/ent/v2/text2video', text(more));
	return String(body.task_id);
}

/** Get Generation. */
export const query = async (sandbox: Reachable, id: string) =>
	await call(sandbox, 'GET', `/ent/v2/tasks/${id}/creations`);

/** The URLs of the first result of a task. */
export async function resultOf(sandbox: Reachable, id: string): Promise<Record<string, string>> {
	const { body } = await query(sandbox, id);
	const [creation] = Array.isArray(body.creations) ? body.creations : [];
	return { ...creation };
}

export interface Received {
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Record<string, unknown>;
}

/** A receiver of callbacks that gives the listed answers, then 200. */
export async function startReceiver(statuses: number[] = []) {
	const received: Received[] = [];
	let wake = () => {};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
			const { url = '', headers } = request;
			received.push({ url, headers, body: { ...Object(body) } });
			response.writeHead(statuses.shift() ?? 200).end();
			wake();
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		async until(count: number) {
			while (received.length < count) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Calls as `call` does, with an `Authorization` header of its own. */
export const caller =
	(sandbox: () => Sandbox, authorization: string) =>
	async (method: string, path: string, body?: unknown) =>
		await call(sandbox(), method, path, body, { Authorization: authorization });

/** What a player would find in a file; its duration in seconds. */
export async function inspect(bytes: Uint8Array) {
	const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
	const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
	return {
		mime: await input.getMimeType(),
		codec: video?.codec,
		width: video?.displayWidth,
		height: video?.displayHeight,
		duration: await input.computeDuration(),
		audio: audio?.codec,
	};
}

/** Downloads a result. */
export async function download(url: string | undefined) {
	const answer = await fetch(url ?? '');
	const bytes = Buffer.from(await answer.arrayBuffer());
	return { status: answer.status, type: answer.headers.get('content-type'), bytes };
}

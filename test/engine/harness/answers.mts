import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a provider answers: its status, its body (an object as JSON, a text as it is), and headers. */
export interface Given {
	readonly status: number;
	readonly body: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A provider that answers on 127.0.0.1 what a test puts in its mouth. */
export interface Answers {
	readonly url: string;
	/**
	 * Answers to POST and to GET requests, one after another; the last one stays. Status requests for
	 * several tasks at once are GET requests like others, unless they have answers of their own.
	 */
	say(creates: readonly Given[], queries?: readonly Given[], lists?: readonly Given[]): void;
	/** How many requests of a method came since `say`; `LIST` where these have answers of their own. */
	count(method: string): number;
	/** Ends at once. */
	close(): Promise<void>;
}

/** Starts it on any free port. */
export async function startAnswers(): Promise<Answers> {
	let given: Readonly<Record<string, readonly Given[]>> = {};
	let counts: Record<string, number> = {};
	const server = createServer((request, response) => {
		request.resume().once('end', () => {
			const lists = given.LIST !== undefined && request.url?.includes('task_ids=');
			const method = lists ? 'LIST' : (request.method ?? '');
			const at = counts[method] ?? 0;
			counts[method] = at + 1;
			const answers = given[method] ?? [];
			const { status, body, headers } = answers[Math.min(at, answers.length - 1)] ?? {
				status: 501,
				body: '',
			};
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			response.writeHead(status, {
				'Content-Type': typeof body === 'string' ? 'text/html' : 'application/json',
				...headers,
			});
			response.end(text);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		say(creates, queries = [], lists) {
			given = { POST: creates, GET: queries, ...(lists && { LIST: lists }) };
			counts = {};
		},
		count: (method) => counts[method] ?? 0,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

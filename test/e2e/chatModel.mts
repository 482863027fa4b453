/** A chat model that says what a test puts in its mouth, behind OpenAI's API (chat completions) on 127.0.0.1. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { Session } from './session.mts';

/** A tool as the model is told of it. */
export interface OfferedTool {
	readonly name: string;
	readonly description: string;
	/** JSON schema. */
	readonly parameters: {
		readonly properties: Record<string, IDataObject>;
		readonly required: readonly string[];
	};
}

interface Asked {
	readonly messages: ReadonlyArray<{ role: string; content: string }>;
	readonly tools?: ReadonlyArray<{ function: OfferedTool }>;
}

/** The model's turn: a tool call with these arguments, or a text that ends the talk. */
export type Turn = { readonly call: string; readonly with: IDataObject } | string;

export interface ChatModel {
	/** To be given as base URL. */
	readonly url: string;
	/** Forgets what was before; the turns are taken one after another. */
	plan(turns: readonly Turn[]): void;
	/** The tools that it was offered last. */
	tools(): OfferedTool[];
	/** What tools have answered in the talk, as the model read it. */
	answers(): string[];
	close(): Promise<void>;
}

/** A model for n8n, and the credential by which it is asked. */
export async function openChatModel({ client }: Pick<Session, 'client'>) {
	const model = await startChatModel();
	const data = { apiKey: 'none', url: model.url };
	const credential = await client.createCredential('Scripted model', 'openAiApi', data);
	return { model, credential };
}

/** Starts it on any free port. */
async function startChatModel(): Promise<ChatModel> {
	let turns: readonly Turn[] = [];
	let asked: Asked[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.once('end', () => {
			const turn = turns[asked.length] ?? 'There is nothing more to say.';
			asked.push(JSON.parse(Buffer.concat(chunks).toString()) as Asked);
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify(completion(turn, asked.length)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		plan(given) {
			turns = given;
			asked = [];
		},
		tools: () => (asked.at(-1)?.tools ?? []).map((tool) => tool.function),
		answers: () =>
			(asked.at(-1)?.messages ?? [])
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => content),
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function completion(turn: Turn, number: number): IDataObject {
	const message =
		typeof turn === 'string'
			? { role: 'assistant', content: turn }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							id: `call_${number}`,
							type: 'function',
							function: { name: turn.call, arguments: JSON.stringify(turn.with) },
						},
					],
				};
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 1_790_000_000,
		model: 'scripted',
		choices: [
			{ index: 0, message, finish_reason: typeof turn === 'string' ? 'stop' : 'tool_calls' },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

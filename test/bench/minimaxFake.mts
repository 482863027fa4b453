/**
 * MiniMax's video API as n8n's own node calls it (version 2, the default model's), put in front of the
 * sandbox: the same tasks, render times and files for every contestant, and one log of what was asked.
 */
import fastify from 'fastify';
import { createTask, query } from '../contract/client.mts';

/** Vidu's states in MiniMax's words. */
const STATUS: Readonly<Record<string, string>> = {
	created: 'queued',
	queueing: 'queued',
	processing: 'running',
	success: 'succeeded',
	failed: 'failed',
};

export interface MinimaxFake {
	/** Base URL, without a slash at its end. */
	readonly url: string;
	close(): Promise<void>;
}

/** Starts the API on 127.0.0.1. */
export async function startMinimaxFake(sandboxUrl: string): Promise<MinimaxFake> {
	const sandbox = { url: sandboxUrl };
	const app = fastify({ forceCloseConnections: true });
	app.post<{ Body: { content: Array<{ text: string }> } }>(
		'/v2/video_generation',
		async ({ body }) => ({
			task_id: await createTask(sandbox, { prompt: body.content[0]?.text }),
		}),
	);
	app.get<{ Params: { id: string } }>(
		'/v2/query/video_generation/:id',
		async ({ params: { id } }) => {
			const { body } = await query(sandbox, id);
			const [creation] = body.creations as Array<{ url: string }>;
			return { task: { id, status: STATUS[String(body.state)], content: creation } };
		},
	);
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url, close: async () => await app.close() };
}

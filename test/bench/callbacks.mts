/**
 * Callbacks per second that one real n8n accepts, an execution started for each: Vidu Trigger beside
 * n8n's own Webhook node, all in turns. With its engine `vm` n8n sets up a sandbox for expressions for
 * each request, which costs more than all else, and spares its Webhook node that, by the node's type
 * and while nothing in it is an expression; with one, the Webhook node goes the way of all triggers.
 * With the engine `legacy` there is no such sandbox.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { signCallback } from '../../sandbox/callbacks.mts';
import { SANDBOX_KEY, startSandbox } from '../../sandbox/server.mts';
import { startN8n } from '../../scripts/n8n.mts';
import { installPackage } from '../../scripts/package.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { createTask } from '../contract/client.mts';
import { markdown, median } from './table.mts';

const ROUNDS = 3;
const CALLBACKS = 60;
const AT_ONCE = 8;

type Part = Pick<INode, 'type' | 'typeVersion' | 'parameters'>;

const vidu = (verification: string): Part => ({
	type: 'n8n-nodes-vidu.viduTrigger',
	typeVersion: 1,
	parameters: { verification },
});
const webhook = (more: Record<string, string>): Part => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path: randomUUID(), ...more },
});
const HOOKS = new Map<string, Part>([
	['Webhook node of n8n', webhook({})],
	['Webhook node of n8n, with an expression', webhook({ responseMode: '={{ "onReceived" }}' })],
	['Vidu Trigger, signature', vidu('signature')],
	['Vidu Trigger, signatureAndFetch', vidu('signatureAndFetch')],
]);

/** n8n's engines for expressions; the first is its default. */
const ENGINES = ['vm', 'legacy'];

/** A table for each engine. */
export async function callbacks(): Promise<string> {
	const tables: string[] = [];
	for (const engine of ENGINES) {
		const rates = [...(await measureCallbacks(engine))].map(([name, each]) => ({
			name,
			rate: median(each),
		}));
		const own = rates[0]?.rate ?? NaN;
		const rows = rates.map(({ name, rate }) => [name, rate.toFixed(1), (rate / own).toFixed(2)]);
		const head = [`callbacks accepted, expressions: ${engine}`, 'per s (median)', 'ratio'];
		tables.push(markdown([head, ...rows]));
	}
	return tables.join('\n');
}

/** @returns accepted callbacks per second by the name of what accepts them, one figure a round */
async function measureCallbacks(engine: string): Promise<Map<string, number[]>> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-bench-'));
	const sandbox = await startSandbox({ speed: 1, credits: 1e9 });
	await installPackage(userFolder);
	const n8n = await startN8n({
		userFolder,
		env: { NODE_ENV: 'production', N8N_EXPRESSION_ENGINE: engine },
	});
	const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
	try {
		const { client } = n8n;
		const data = sandboxCredential(sandbox.url);
		const { id, name } = await client.createCredential('Bench', CREDENTIAL_TYPE, data);
		const urls = new Map<string, string>();
		for (const [called, part] of HOOKS) {
			const webhookId = randomUUID();
			const position: [number, number] = [0, 0];
			const node = { ...part, id: webhookId, webhookId, name: called, position };
			const workflow = {
				name: called,
				nodes: [{ ...node, credentials: { viduApi: { id, name } } }],
				connections: {},
				settings: {},
			};
			await client.activate(await client.createWorkflow(workflow));
			urls.set(
				called,
				`${n8n.url}/webhook/${String(part.parameters.path ?? `${webhookId}/webhook`)}`,
			);
		}
		const rates = new Map([...HOOKS.keys()].map((called): [string, number[]] => [called, []]));
		// The first round warms up.
		for (let round = 0; round <= ROUNDS; round++) {
			for (const [called, url] of urls) {
				const ids = await Promise.all(
					Array.from(
						{ length: CALLBACKS },
						async () => await createTask(sandbox, { prompt: '[render=0]' }),
					),
				);
				const rate = await accepted(agent, url, ids);
				if (round > 0) rates.get(called)?.push(rate);
			}
		}
		return rates;
	} finally {
		agent.destroy();
		await n8n.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true });
	}
}

/** Sends a callback for each task, some at once. @returns per second @throws when one is not accepted */
async function accepted(agent: Agent, url: string, ids: readonly string[]): Promise<number> {
	const left = [...ids];
	const send = async () => {
		for (let id = left.pop(); id !== undefined; id = left.pop()) await callBack(agent, url, id);
	};
	const begun = performance.now();
	await Promise.all(Array.from({ length: AT_ONCE }, send));
	return ids.length / ((performance.now() - begun) / 1000);
}

/** A client that costs little beside the server: both share this machine. */
async function callBack(agent: Agent, url: string, id: string): Promise<void> {
	const body = JSON.stringify({
		id,
		state: 'success',
		creations: [{ url: 'https://a.example/b.mp4' }],
	});
	const headers = {
		...signCallback(SANDBOX_KEY, url, new Date().toUTCString(), randomUUID()),
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(body),
	};
	const status = await new Promise((resolve, reject) => {
		const call = request(url, { method: 'POST', headers, agent }, (answer) => {
			answer.resume().on('end', () => resolve(answer.statusCode));
		});
		call.on('error', reject).end(body);
	});
	if (status !== 200) throw new Error(`${url} answered ${String(status)}`);
}

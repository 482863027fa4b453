/**
 * Callbacks that one real n8n accepts in a second of its CPU time, an execution started for each: Vidu
 * Trigger beside n8n's own triggers that check a signature, all in turns, with both of n8n's engines for
 * expressions. It is CPU time because that is what they run out of, whatever else the machine does. The engine
 * `vm` sets up a sandbox for each request, which costs more than all else; the Webhook node is spared that
 * by its type, while nothing in it is an expression.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { startN8n } from '../../scripts/n8n.mts';
import type { N8nClient, StoredCredential } from '../../scripts/n8nClient.mts';
import { installPackage } from '../../scripts/package.mts';
import { sandboxCredential } from '../../scripts/stage.mts';
import { createTask } from '../contract/client.mts';
import { publish } from '../e2e/waiting.mts';
import { EVENT, hooks, startPublishers, type Hook, type Publishers } from './hooks.mts';
import { probe } from './probe.mts';
import { bar, markdown, median } from './table.mts';

const ROUNDS = 5;
const CALLBACKS = 30;
const AT_ONCE = 4;
/** What n8n has still to do once it has answered, milliseconds. */
const AFTERMATH = 1500;

/** n8n's engines for expressions; the first is its default. */
const ENGINES = ['vm', 'legacy'];

/** A table for each engine. */
export async function trigger(): Promise<string> {
	const tables: string[] = [];
	for (const engine of ENGINES) tables.push(tableOf(engine, await measured(engine)));
	return tables.join('\n');
}

function tableOf(engine: string, rates: ReadonlyMap<string, readonly number[]>): string {
	const medians = [...rates].map(([name, each]) => ({ name, rate: median(each) }));
	const [github, stripe] = medians;
	const best = Math.max(github?.rate ?? NaN, stripe?.rate ?? NaN);
	const rows = medians.map(({ name, rate }) => {
		const ratio = rate / best;
		// What asks the API does more than those.
		const ours = name.endsWith('Only') ? bar('≥ 1', ratio >= 0.995) : '';
		return [name, rate.toFixed(1), ratio.toFixed(2), ours];
	});
	const head = [`callbacks accepted, expressions: ${engine}`, 'per s of CPU', 'ratio', 'bar'];
	return markdown([head, ...rows]);
}

/** @returns callbacks per second of n8n's CPU time by the name of what accepts them, one figure a round */
async function measured(engine: string): Promise<Map<string, number[]>> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-bench-'));
	const sandbox = await startSandbox({ speed: 1, credits: 1e9 });
	const publishers = await startPublishers();
	const { env, cpu } = await probe(publishers.env.NODE_OPTIONS);
	await installPackage(userFolder);
	const n8n = await startN8n({
		userFolder,
		env: {
			...{ NODE_ENV: 'production', N8N_EXPRESSION_ENGINE: engine },
			...{ ...publishers.env, ...env },
		},
	});
	const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
	try {
		const credentials = await credentialsFor(n8n.client, sandbox, publishers);
		const listening: Array<{ hook: Hook; url: string; rates: number[] }> = [];
		for (const hook of hooks(publishers)) {
			const path = await listen(n8n.client, hook, credentials);
			listening.push({ hook, url: `${n8n.url}/webhook/${path}`, rates: [] });
		}
		// The first round warms up.
		for (let round = 0; round <= ROUNDS; round++) {
			for (const { hook, url, rates } of listening) {
				const ids = await finishedTasks(sandbox);
				const before = await cpu();
				await accepted(agent, hook, url, ids);
				if (round > 0) rates.push(ids.length / (((await cpu()) - before) / 1000));
			}
		}
		return new Map(listening.map(({ hook, rates }) => [hook.name, rates]));
	} finally {
		agent.destroy();
		await n8n.stop();
		publishers.close();
		await sandbox.close();
		await rm(userFolder, { recursive: true });
	}
}

type Credentials = Readonly<Record<NonNullable<Hook['credential']>, StoredCredential>>;

async function credentialsFor(
	client: N8nClient,
	sandbox: Sandbox,
	publishers: Publishers,
): Promise<Credentials> {
	const create = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential(type, type, data);
	return {
		viduApi: await create('viduApi', sandboxCredential(sandbox.url)),
		githubApi: await create('githubApi', {
			...{ server: publishers.url, user: 'octocat', accessToken: 'a token' },
		}),
		stripeApi: await create('stripeApi', { secretKey: 'a key', signatureSecret: '' }),
	};
}

/** Publishes a workflow of the trigger alone. @returns its path */
async function listen(client: N8nClient, hook: Hook, credentials: Credentials): Promise<string> {
	const webhookId = randomUUID();
	const { node, name, credential } = hook;
	const stored = credential && credentials[credential];
	const trigger: INode = {
		...{ ...node, id: webhookId, webhookId, name, position: [0, 0] },
		...(stored && { credentials: { [credential]: { id: stored.id, name: stored.name } } }),
	};
	await publish(client, { name, nodes: [trigger], connections: {}, settings: {} });
	return String(node.parameters.path ?? `${webhookId}/webhook`);
}

async function finishedTasks(sandbox: Sandbox): Promise<string[]> {
	const tasks = Array.from({ length: CALLBACKS }, async () => {
		return await createTask(sandbox, { prompt: '[render=0]' });
	});
	return await Promise.all(tasks);
}

/** Sends a callback for each task, some at once. @throws when one is not accepted */
async function accepted(
	agent: Agent,
	hook: Hook,
	url: string,
	ids: readonly string[],
): Promise<void> {
	const left = [...ids];
	const send = async () => {
		for (let id = left.pop(); id !== undefined; id = left.pop()) {
			await callBack(agent, hook, url, id);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, send));
	await setTimeout(AFTERMATH);
}

async function callBack(agent: Agent, hook: Hook, url: string, id: string): Promise<void> {
	const creations = [{ url: 'https://a.example/b.mp4' }];
	const body = JSON.stringify({ id, type: EVENT, state: 'success', creations });
	const headers = {
		...hook.sign(url, body),
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(body),
	};
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		request(url, { method: 'POST', headers, agent }, resolve).on('error', reject).end(body);
	});
	const said = await answer.toArray();
	if (answer.statusCode === 200) return;
	throw new Error(`${hook.name} answered ${answer.statusCode}: ${said.join('')}`);
}

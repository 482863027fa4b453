/** n8n on SQLite, ended as by a crash while clips are waited for. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { output, type Execution } from '../../scripts/n8nClient.mts';
import { startN8n, type N8nServer } from '../../scripts/n8n.mts';
import { installPackage } from '../../scripts/package.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { fastClock } from '../../scripts/fastClock.mts';
import { signCallback } from '../../sandbox/callbacks.mts';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { createTask } from '../contract/client.mts';
import { Tasks } from './scenes.mts';
import {
	addWaitingWorkflow,
	CLIPS,
	endTasks,
	executionsIn,
	filmWorkflow,
	holdIn,
	keyedWorkflow,
	order,
	patientSandbox,
	publish,
	triggerWorkflow,
	until,
	whileAsleep,
} from './waiting.mts';

/** So long that a callback that found no n8n is not tried again. */
const RETRY_SECONDS = 3600;

/** Gateways that call nobody back. */
const GATEWAYS = [
	['octopusx', 'viduq2-pro'],
	['vtrix', 'viduq2-pro-fast'],
	['jiekou', 'viduq2'],
] as const;
const PER_GATEWAY = 12;
/** What their accounts run at the same time. */
const AT_ONCE = 3;
/** Provider-seconds in a second; 45 of them are a clip of a gateway. */
const SPEED = 30;
const STILL = 0.001;

let userFolder: string;
const accounts: Sandbox[] = [];
let gateways: Sandbox;
/** Of the workflows that buy from them. */
let workflowIds: string[];
let n8n: N8nServer;

async function start(port?: number): Promise<void> {
	n8n = await startN8n({
		userFolder,
		port,
		env: {
			...fastClock({ speed: SPEED, only: 'Gateway', hold: holdIn(userFolder) }),
		},
	});
}

/** Kills n8n while those who buy from gateways sleep, and starts it again. */
async function restart(between: () => Promise<void> = async () => undefined): Promise<void> {
	await whileAsleep(n8n.client, userFolder, workflowIds, async () => {
		await n8n.kill();
		await between();
		await start(Number(new URL(n8n.url).port));
	});
}

/** Orders at all gateways. */
async function orderAtGateways(): Promise<string[]> {
	return await Promise.all(
		GATEWAYS.map(async ([provider, model]) => {
			const data = { ...sandboxCredential(gateways.url, GATEWAY_KEYS[provider]), provider };
			const id = await addWaitingWorkflow(n8n.client, {
				path: provider,
				name: `Gateway ${provider}`,
				model,
				credential: await n8n.client.createCredential(provider, CREDENTIAL_TYPE, data),
				sandboxUrl: gateways.url,
				downloadVideo: true,
				options: { maxConcurrency: AT_ONCE },
			});
			const prompts = promptsFor(provider);
			await order(
				n8n.url,
				provider,
				prompts.map((prompt) => ({ prompt })),
			);
			return id;
		}),
	);
}

const promptsFor = (provider: string) =>
	Array.from({ length: PER_GATEWAY }, (_, number) => `@cat ${number} at ${provider}`);

/** Waits until each gateway has sold so many. */
async function sold(count: number): Promise<void> {
	const tasks = () => gateways.tasks();
	const at = (provider: string) => tasks().filter(({ prompt }) => prompt.endsWith(` ${provider}`));
	await until(() => GATEWAYS.every(([provider]) => at(provider).length >= count), 120);
}

/** An account of which no clip ends unless told so. */
async function openAccount() {
	const sandbox = await patientSandbox(RETRY_SECONDS);
	accounts.push(sandbox);
	const data = sandboxCredential(sandbox.url);
	const credential = await n8n.client.createCredential('Vidu', CREDENTIAL_TYPE, data);
	return { sandbox, credential };
}

beforeAll(async () => {
	userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-restart-'));
	await installPackage(userFolder);
	gateways = await startSandbox({ speed: SPEED, renderSeconds: 45, concurrency: AT_ONCE });
	await start();
	workflowIds = await orderAtGateways();
});

afterAll(async () => {
	await n8n?.stop();
	for (const { close } of [...accounts, gateways]) await close();
	await rm(userFolder, { recursive: true });
});

it('goes on where it was after n8n was killed and started again, also with a clip whose callback found no n8n', async () => {
	const { sandbox, credential } = await openAccount();
	const workflowId = await addWaitingWorkflow(n8n.client, {
		path: 'killed',
		credential,
		sandboxUrl: sandbox.url,
		downloadVideo: true,
	});
	const prompts = ['@cat sleeps', '@cat wakes [render=1000000000]'];
	await order(
		n8n.url,
		'killed',
		prompts.map((prompt) => ({ prompt })),
	);
	const waiting = { status: 'waiting', count: 1 };
	const [id = ''] = await executionsIn(n8n.client, workflowId, waiting);

	await sold(AT_ONCE);
	await restart(async () => {
		await endTasks(sandbox, 'sleeps');
		await until(() => sandbox.deliveries().some(({ error }) => error !== null), 10);
	});
	expect((await n8n.client.execution(id)).status).toBe('waiting');

	// A machine that is slow at this moment has the call repeated.
	sandbox.set({ callbackRetrySeconds: 2 });
	await endTasks(sandbox);
	// A call just before the wake time is left to the clock.
	const execution = await n8n.client.ended(id, 400);
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	const items = output(execution, CLIPS);
	expect(new Tasks(sandbox.tasks()).promptsOf(items)).toEqual(prompts);
	for (const item of items) {
		expect((await n8n.client.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
	}
	expect(sandbox.ledger()).toHaveLength(2);
	await sold(2 * AT_ONCE);
});

/** What happens before n8n is killed again; what they return, after that. */
const STORIES: Readonly<Record<string, () => Promise<() => Promise<void>>>> = {
	async 'a Deduplication Key is known although a longer execution has ended since, and the node was renamed'() {
		const { sandbox, credential } = await openAccount();
		const long = { prompt: 'A long sleep [render=1000000000]', payload: 'long' };
		const short = { prompt: 'A short sleep', payload: 'short' };
		const workflowId = await publish(n8n.client, keyedWorkflow('keyed', credential));
		await order(n8n.url, 'keyed', [long]);
		await until(() => sandbox.ledger().length === 1, 60);
		await order(n8n.url, 'keyed', [short]);
		await until(() => sandbox.ledger().length === 2, 60);
		await endTasks(sandbox, 'short');
		await executionsIn(n8n.client, workflowId, { status: 'success', count: 1 });
		await endTasks(sandbox);
		await executionsIn(n8n.client, workflowId, { status: 'success', count: 2 });
		const bought = sandbox.ledger().map(({ taskId }) => taskId);
		return async () => {
			const clips = 'Another name';
			const renamed = keyedWorkflow('keyed', credential, { clips });
			await n8n.client.saveWorkflow(workflowId, renamed);
			await n8n.client.activate(workflowId);
			await order(n8n.url, 'keyed', [long, short]);
			const all = await executionsIn(n8n.client, workflowId, { status: 'success', count: 3 });
			const items = output(await n8n.client.execution(all.at(-1) ?? ''), clips);
			expect(items.map(({ json }) => json.taskId)).toEqual(bought);
			expect(sandbox.ledger()).toHaveLength(2);
		};
	},

	async 'Retry pressed again on the same failed execution finds what the first one bought'() {
		const { sandbox, credential } = await openAccount();
		const orders = ['A cat', 'A dog [reject=FieldInvalid] [times=1]'].map((prompt, index) => ({
			prompt,
			payload: String(index),
		}));
		const workflow = keyedWorkflow('retried', credential, { dedupeKey: '' });
		const workflowId = await publish(n8n.client, workflow);
		await order(n8n.url, 'retried', orders);
		const [failed = ''] = await executionsIn(n8n.client, workflowId, { status: 'error', count: 1 });
		const first = n8n.client.retry(failed, false);
		await until(() => sandbox.ledger().length === 2, 60);
		await endTasks(sandbox);
		const tasksOf = (execution: Execution) =>
			output(execution, CLIPS).map(({ json }) => json.taskId);
		const bought = sandbox.ledger().map(({ taskId }) => taskId);
		expect(tasksOf(await first)).toEqual(bought);
		return async () => {
			expect(tasksOf(await n8n.client.retry(failed, false))).toEqual(bought);
			expect(sandbox.ledger()).toHaveLength(2);
		};
	},

	async 'a film of eight shots is complete, and each shot was bought once'() {
		const { sandbox, credential } = await openAccount();
		const prompts = Array.from({ length: 8 }, (_, at) => `@${['cat', 'robot'][at % 2]} ${at}`);
		const workflow = filmWorkflow('film', prompts, { credential, sandboxUrl: sandbox.url });
		const workflowId = await publish(n8n.client, workflow);
		await order(n8n.url, 'film', []);
		const asleep = { status: 'waiting', count: 1 };
		const [id = ''] = await executionsIn(n8n.client, workflowId, asleep);
		return async () => {
			expect((await n8n.client.execution(id)).status).toBe('waiting');
			await endTasks(sandbox);
			const done = await n8n.client.ended(id, 400);
			expect(done.error).toBeUndefined();
			const [item] = output(done, CLIPS);
			expect(item?.json).toMatchObject({ state: 'succeeded', duration: 16 });
			expect((item?.json.shots as IDataObject[]).map(({ prompt }) => prompt)).toEqual(prompts);
			expect(sandbox.ledger()).toHaveLength(prompts.length);
		};
	},

	async 'Vidu Trigger knows what it has handled'() {
		const { sandbox, credential } = await openAccount();
		const workflowId = await publish(n8n.client, triggerWorkflow('handled', credential));
		const url = `${n8n.url}/webhook/handled/webhook`;
		const id = await createTask(sandbox, { prompt: 'A cat [render=0]' });
		const sign = () => signCallback(SANDBOX_KEY, url, new Date().toUTCString(), randomUUID());
		const post = async (headers: Record<string, string>) => {
			const body = JSON.stringify({ id, state: 'success', creations: [] });
			const json = { 'Content-Type': 'application/json' };
			return await fetch(url, { method: 'POST', body, headers: { ...json, ...headers } });
		};
		const signed = sign();
		expect(await (await post(signed)).text()).toBe('Accepted');
		return async () => {
			await until(async () => (await post({})).status === 401, 20);
			for (const again of [signed, sign()]) {
				const answer = await post(again);
				const handled = [200, '{"message":"Already processed"}'];
				expect([answer.status, await answer.text()]).toEqual(handled);
			}
			expect(await n8n.client.executionsOf(workflowId)).toHaveLength(1);
		};
	},
};

describe('after n8n was killed once more', () => {
	const rest = new Map<string, () => Promise<void>>();

	beforeAll(async () => {
		// None of their clips ends before.
		gateways.set({ speed: STILL });
		for (const [title, begin] of Object.entries(STORIES)) rest.set(title, await begin());
		await restart();
		gateways.set({ speed: SPEED });
	});

	it.each(Object.keys(STORIES))('%s', async (title) => await rest.get(title)?.());
});

it.each(GATEWAYS)(
	`brings ${PER_GATEWAY} clips of %s, ${AT_ONCE} at a time and by the clock alone, although n8n was killed twice on the way`,
	async (provider) => {
		const workflowId = workflowIds[GATEWAYS.findIndex(([name]) => name === provider)] ?? '';
		const [id = ''] = (await n8n.client.executionsOf(workflowId)).map((one) => one.id);
		const execution = await n8n.client.ended(id, 200);
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const items = output(execution, CLIPS);
		const tasks = new Tasks(gateways.tasks());
		expect(tasks.promptsOf(items)).toEqual(promptsFor(provider));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		for (const item of items) {
			expect((await n8n.client.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
		}
	},
);

it('bought each of these clips once, never more at a time than an account runs, and asked nobody to call back', () => {
	expect(gateways.ledger()).toHaveLength(GATEWAYS.length * PER_GATEWAY);
	const requests = gateways.requests();
	expect(requests.filter(({ status }) => status === 429)).toEqual([]);
	expect(JSON.stringify(requests.map(({ body }) => body))).not.toContain('callback');
});

/** n8n in queue mode: a main process, two workers of one place each, two webhook processes behind a balancer. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { output, type Execution, type StoredCredential } from '../../scripts/n8nClient.mts';
import { installPackage } from '../../scripts/package.mts';
import { startQueue, type Queue } from '../../scripts/queue.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import {
	addOrdinaryWorkflow,
	addWaitingWorkflow,
	CLIPS,
	endOneByOne,
	endTasks,
	executionsIn,
	keyedWorkflow,
	order,
	patientSandbox,
	publish,
	staggered,
	until,
	type Order,
} from './waiting.mts';

const MANY = 200;

let folder: string;
let sandbox: Sandbox;
let queue: Queue;
let credential: StoredCredential;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-queue-'));
	await installPackage(folder);
	sandbox = await patientSandbox();
	queue = await startQueue({ userFolder: folder, workers: 2 });
	const data = sandboxCredential(sandbox.url);
	credential = await queue.client().createCredential('Vidu', CREDENTIAL_TYPE, data);
});

afterEach(() => {
	sandbox.reset();
});

afterAll(async () => {
	await queue?.close();
	await sandbox?.close();
	await rm(folder, { recursive: true });
});

/** @returns the id of a workflow that waits for clips */
async function waits(path: string, downloadVideo: boolean): Promise<string> {
	const options = { path, credential, sandboxUrl: sandbox.url, downloadVideo };
	return await addWaitingWorkflow(queue.client(), options);
}

/** Orders once, waits until the execution is suspended. @returns its id */
async function suspended(workflowId: string, path: string, orders: Order[]): Promise<string> {
	await order(queue.webhookUrl, path, orders);
	const [id = ''] = await executionsIn(queue.client(), workflowId, { status: 'waiting', count: 1 });
	return id;
}

/** The workers that have finished a part of an execution, by number. */
async function workersOf(id: string): Promise<number[]> {
	const finished = async (worker: number) => {
		const log = await readFile(join(folder, `worker${worker}.log`), 'utf8');
		return [...log.matchAll(new RegExp(`Worker finished execution ${id} `, 'g'))].map(() => worker);
	};
	return (await Promise.all([finished(1), finished(2)])).flat();
}

/** What was ordered as the task of this item. */
function promptOf(item: INodeExecutionData | undefined): string | undefined {
	return sandbox.tasks().find(({ id }) => id === item?.json.taskId)?.prompt;
}

async function served(item: INodeExecutionData | undefined): Promise<Buffer> {
	const [video] = item?.json.videos as Array<{ url: string }>;
	return Buffer.from(await (await fetch(video?.url ?? '')).arrayBuffer());
}

async function expectClips(execution: Execution, prompts: string[]): Promise<void> {
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	const items = output(execution, CLIPS);
	expect(items.map(({ json }) => json.state)).toEqual(prompts.map(() => 'succeeded'));
	expect(items.map(promptOf)).toEqual(prompts);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(prompts.map((_, item) => ({ item })));
	for (const item of items) {
		const bytes = await queue.client().binary(item);
		expect(bytes.equals(await served(item))).toBe(true);
	}
	expect(execution.runData['After the clips']).toHaveLength(1);
}

it('suspends on a worker, is called back at a webhook process, and a worker goes on with the clip', async () => {
	const workflowId = await waits('one', true);
	const id = await suspended(workflowId, 'one', [{ prompt: '@cat walks' }]);
	await endTasks(sandbox);
	await expectClips(await queue.client().ended(id), ['@cat walks']);
	expect(sandbox.deliveries().at(-1)).toMatchObject({ event: 'success', status: 200 });
	expect(sandbox.ledger()).toHaveLength(1);
	expect(await workersOf(id)).toHaveLength(2);
});

it('goes on after every process of n8n was killed and started again', async () => {
	const workflowId = await waits('killed', true);
	const prompts = ['@cat sleeps', '@cat wakes'];
	const id = await suspended(
		workflowId,
		'killed',
		prompts.map((prompt) => ({ prompt })),
	);
	await queue.kill();
	await queue.start();
	expect((await queue.client().execution(id)).status).toBe('waiting');
	await endTasks(sandbox);
	await expectClips(await queue.client().ended(id), prompts);
	expect(sandbox.ledger()).toHaveLength(2);
});

it('resumes once, with all items in order, when the last callbacks come to several processes at the same moment', async () => {
	const workflowId = await waits('three', true);
	const prompts = ['@cat first', '@cat second', '@cat third'];
	const id = await suspended(
		workflowId,
		'three',
		prompts.map((prompt) => ({ prompt })),
	);
	await endTasks(sandbox);
	await expectClips(await queue.client().ended(id), prompts);
	expect(await queue.client().executionsOf(workflowId)).toHaveLength(1);
});

it(`runs other workflows at once while ${MANY} executions wait for two places, and gives each its own clip`, async () => {
	const client = queue.client();
	const workflowId = await waits('many', false);
	const ordinary = await addOrdinaryWorkflow(client, 'ordinary');
	const orders = staggered(MANY);
	for (const one of orders) await order(queue.webhookUrl, 'many', [one]);
	const all = { status: 'waiting', count: MANY, seconds: 120 };
	const ids = await executionsIn(client, workflowId, all);
	expect(sandbox.ledger()).toHaveLength(MANY);

	await order(queue.webhookUrl, 'ordinary', []);
	await executionsIn(client, ordinary, { status: 'success', count: 1 });
	expect(await executionsIn(client, workflowId, all)).toHaveLength(MANY);

	await endOneByOne(sandbox, { perSecond: 10, ahead: 4 });
	await executionsIn(client, workflowId, { ...all, status: 'success' });
	const bought = new Set<unknown>();
	for (const id of ids) {
		const execution = await client.execution(id);
		const [asked] = output(execution, 'Orders');
		const [item] = output(execution, CLIPS);
		expect(item?.json).toMatchObject({ state: 'succeeded', payload: asked?.json.payload });
		expect(promptOf(item)).toBe(asked?.json.prompt);
		bought.add(item?.json.taskId);
	}
	expect(bought.size).toBe(MANY);
	expect(sandbox.ledger().map(({ refunded }) => refunded)).toEqual(orders.map(() => false));
});

test('executions with the same Deduplication Keys that run on two workers at the same moment buy once', async () => {
	const client = queue.client();
	const workflowId = await publish(client, keyedWorkflow('keyed', credential));
	const orders = ['one', 'two', 'three', 'four'].map((payload) => ({ prompt: 'A cat', payload }));
	const start = async () => await order(queue.webhookUrl, 'keyed', orders);
	const ended = async (count: number) => {
		await endTasks(sandbox);
		const ids = await executionsIn(client, workflowId, { status: 'success', count });
		return await Promise.all(ids.map(async (id) => await client.execution(id)));
	};
	const tasksOf = (execution: Execution | undefined) =>
		execution && output(execution, CLIPS).map(({ json }) => json.taskId);

	await Promise.all([start(), start()]);
	await executionsIn(client, workflowId, { status: 'running', count: 2 });
	await until(() => sandbox.ledger().length === orders.length, 60);
	const both = await ended(2);
	const bought = sandbox.ledger().map(({ taskId }) => taskId);
	expect(bought).toHaveLength(orders.length);
	for (const execution of both) expect(new Set(tasksOf(execution))).toEqual(new Set(bought));
	expect(tasksOf(both[0])).toEqual(tasksOf(both[1]));
	const workers = await Promise.all(both.map(async ({ id }) => await workersOf(id)));
	expect(workers.flat().sort()).toEqual([1, 2]);

	await queue.kill();
	await queue.start();
	await start();
	const third = (
		await executionsIn(queue.client(), workflowId, { status: 'success', count: 3 })
	).at(-1);
	expect(tasksOf(await queue.client().execution(third ?? ''))).toEqual(tasksOf(both[0]));
	expect(sandbox.ledger()).toHaveLength(orders.length);
});

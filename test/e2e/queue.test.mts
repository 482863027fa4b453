/** n8n in queue mode: a main process, two workers of one place each, two webhook processes behind a balancer. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { output, type Execution, type StoredCredential } from '../../scripts/n8nClient.mts';
import { installPackage } from '../../scripts/package.mts';
import { fastClock } from '../../scripts/fastClock.mts';
import { startQueue, type Queue } from '../../scripts/queue.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { GATEWAY_KEYS, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { clip, flow, hook, rows } from './flows.mts';
import { SCENES, subWorkflow, Tasks } from './scenes.mts';
import {
	addOrdinaryWorkflow,
	addWaitingWorkflow,
	CLIPS,
	endOneByOne,
	endTasks,
	executionsIn,
	holdIn,
	keyedWorkflow,
	order,
	patientSandbox,
	publish,
	staggered,
	until,
	untilAsleep,
	whileAsleep,
	type Order,
} from './waiting.mts';

const MANY = 200;
/** Clips of one execution, and what its account runs at the same time. */
const CLIPS_OF_ONE = 200;
const AT_ONCE = 5;
/** Provider-seconds in a second of the sandbox for that, and a clip takes one second. */
const SPEED = 90;
const STILL = 0.001;
/** How long callbacks that were accepted may take to wake an execution, milliseconds. */
const QUIET = 3000;

let folder: string;
let sandbox: Sandbox;
/** The account of the one execution. */
let account: Sandbox;
/** What everything else is bought from while that goes on. */
let other: Sandbox;
let queue: Queue;
let credential: StoredCredential;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-queue-'));
	await installPackage(folder);
	sandbox = await patientSandbox();
	account = await startSandbox({
		speed: SPEED,
		renderSeconds: SPEED,
		callbackRetrySeconds: 2 * SPEED,
		concurrency: AT_ONCE,
		credits: 1_000_000,
	});
	other = await startSandbox({ speed: 30, renderSeconds: 60, callbackRetrySeconds: 60 });
	const env = fastClock({ hold: holdIn(folder) });
	queue = await startQueue({ userFolder: folder, workers: 2, env });
	credential = await credentialFor(sandbox);
});

afterAll(async () => {
	await queue?.close();
	await sandbox?.close();
	await account?.close();
	await other?.close();
	await rm(folder, { recursive: true });
});

async function credentialFor({ url }: Sandbox, gateway?: 'octopusx'): Promise<StoredCredential> {
	const data =
		gateway === undefined
			? sandboxCredential(url)
			: { ...sandboxCredential(url, GATEWAY_KEYS[gateway]), provider: gateway };
	return await queue.client().createCredential('Vidu', CREDENTIAL_TYPE, data);
}

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
	sandbox.reset();
	const workflowId = await waits('one', true);
	const id = await suspended(workflowId, 'one', [{ prompt: '@cat walks' }]);
	await endTasks(sandbox);
	await expectClips(await queue.client().ended(id), ['@cat walks']);
	expect(sandbox.deliveries().at(-1)).toMatchObject({ event: 'success', status: 200 });
	expect(sandbox.ledger()).toHaveLength(1);
	expect(await workersOf(id)).toHaveLength(2);
});

it('resumes once, with all items in order, when the last callbacks come to several processes at the same moment', async () => {
	sandbox.reset();
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

it('goes on where it was after all workers were killed while it slept, and others came', async () => {
	sandbox.reset();
	const workflowId = await waits('orphaned', true);
	const id = await suspended(workflowId, 'orphaned', [{ prompt: '@cat sleeps' }]);
	// A call meanwhile would be in vain: a worker that starts gives up what runs (n8n 2.40).
	await queue.kill('workers');
	await queue.start('workers');
	expect((await queue.client().execution(id)).status).toBe('waiting');
	await endTasks(sandbox);
	await expectClips(await queue.client().ended(id), ['@cat sleeps']);
	expect(sandbox.ledger()).toHaveLength(1);
});

it(`runs other workflows at once while ${MANY} executions wait for two places, and gives each its own clip`, async () => {
	sandbox.reset();
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

const keyed = ['one', 'two', 'three', 'four'].map((payload) => ({ prompt: 'A cat', payload }));
let keyedWorkflowId: string;

const tasksOf = (execution: Execution | undefined) =>
	execution && output(execution, CLIPS).map(({ json }) => json.taskId);

test('executions with the same Deduplication Keys that run on two workers at the same moment buy once', async () => {
	sandbox.reset();
	const client = queue.client();
	keyedWorkflowId = await publish(client, keyedWorkflow('keyed', credential));
	const start = async () => await order(queue.webhookUrl, 'keyed', keyed);
	await Promise.all([start(), start()]);
	await executionsIn(client, keyedWorkflowId, { status: 'running', count: 2 });
	await until(() => sandbox.ledger().length === keyed.length, 60);
	await endTasks(sandbox);
	const ids = await executionsIn(client, keyedWorkflowId, { status: 'success', count: 2 });
	const both = await Promise.all(ids.map(async (id) => await client.execution(id)));
	const bought = sandbox.ledger().map(({ taskId }) => taskId);
	expect(bought).toHaveLength(keyed.length);
	for (const execution of both) expect(new Set(tasksOf(execution))).toEqual(new Set(bought));
	expect(tasksOf(both[0])).toEqual(tasksOf(both[1]));
	const workers = await Promise.all(both.map(async ({ id }) => await workersOf(id)));
	expect(workers.flat().sort()).toEqual([1, 2]);
});

describe(`${CLIPS_OF_ONE} clips of one execution, from an account that runs ${AT_ONCE} at a time`, () => {
	// Without a payload of their own, so that a task is found by our mark, whoever ordered it.
	const orders = Array.from({ length: CLIPS_OF_ONE }, (_, number) => ({
		prompt: `@cat number ${number}`,
	}));
	let workflowId: string;
	const made = () => account.tasks().filter(({ stage }) => stage === 'success').length;

	/** Kills while the execution sleeps and nobody rings; meanwhile the provider makes nothing. */
	async function killAt(clips: number): Promise<void> {
		await until(() => made() >= clips, 120);
		account.set({ speed: STILL });
		await new Promise((resolve) => setTimeout(resolve, QUIET));
		await whileAsleep(queue.client(), folder, [workflowId], async () => {
			await queue.kill('all');
			await queue.start('all');
			expect(await queue.client().executionsOf(workflowId)).toMatchObject([{ status: 'waiting' }]);
		});
		account.set({ speed: SPEED });
	}

	it('are waited for without a worker: another workflow runs at once', async () => {
		workflowId = await addWaitingWorkflow(queue.client(), {
			path: 'batch',
			credential: await credentialFor(account),
			sandboxUrl: account.url,
			downloadVideo: true,
			options: { maxConcurrency: AT_ONCE },
		});
		const ordinary = await addOrdinaryWorkflow(queue.client(), 'beside');
		account.set({ speed: STILL });
		await order(queue.webhookUrl, 'batch', orders);
		await until(() => account.ledger().length === AT_ONCE, 60);
		await untilAsleep(queue.client(), [workflowId]);
		await order(queue.webhookUrl, 'beside', []);
		await executionsIn(queue.client(), ordinary, { status: 'success', count: 1 });
		expect(await queue.client().executionsOf(workflowId)).toMatchObject([{ status: 'waiting' }]);
		expect(account.ledger()).toHaveLength(AT_ONCE);
		account.set({ speed: SPEED });
	});

	it('sleep on while every process of n8n is killed twice', async () => {
		await killAt(30);
		await killAt(60);
	}, 1_200_000);

	test('meanwhile a bought Deduplication Key is known, although n8n was killed', async () => {
		await order(queue.webhookUrl, 'keyed', keyed);
		const [first, , third] = await executionsIn(queue.client(), keyedWorkflowId, {
			status: 'success',
			count: 3,
		});
		const clips = async (id = '') => tasksOf(await queue.client().execution(id));
		expect(await clips(third)).toEqual(await clips(first));
		expect(sandbox.ledger()).toHaveLength(keyed.length);
	});

	describe('meanwhile', () => {
		const executions = new Map<string, string>();
		const CLOCK = 'By the clock';

		beforeAll(async () => {
			const vidu = await credentialFor(other);
			const client = queue.client();
			const sub = await publish(client, subWorkflow(vidu));
			const begin = async (
				title: string,
				build: (start: ReturnType<typeof hook>) => Parameters<typeof publish>[1],
			) => {
				const path = `scene-${executions.size}`;
				executions.set(title, '');
				const id = await publish(client, build(hook(path)));
				await order(queue.webhookUrl, path, []);
				await until(async () => (await client.executionsOf(id)).length === 1, 60);
				executions.set(title, (await client.executionsOf(id))[0]?.id ?? '');
			};
			const octopusx = await credentialFor(other, 'octopusx');
			await Promise.all([
				...SCENES.map(async ({ title, workflow }) => {
					await begin(title, (start) => workflow({ start, credential: vidu, sub }));
				}),
				begin(CLOCK, (start) =>
					flow(CLOCK, [start, rows(['clock']), clip('Clip', octopusx)], 'Start > Rows > Clip'),
				),
			]);
		});

		const done = async (title: string) => {
			const execution = await queue.client().ended(executions.get(title) ?? '', 200);
			expect(execution.error).toBeUndefined();
			expect(execution.status).toBe('success');
			return execution;
		};

		test.each(SCENES)('$title', async ({ title, check }) => {
			check(await done(title), new Tasks(other.tasks()));
		});

		test("a node is woken by n8n's own clock, as it is", async () => {
			const items = output(await done(CLOCK), 'Clip');
			expect(new Tasks(other.tasks()).promptsOf(items)).toEqual(['clock']);
		});
	});

	it('come out in order, each bought once, never more at a time than the account runs', async () => {
		const [one] = await queue.client().executionsOf(workflowId);
		const execution = await queue.client().ended(one?.id ?? '', 580);
		const prompts = orders.map(({ prompt }) => prompt);
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const items = output(execution, CLIPS);
		expect(new Tasks(account.tasks()).promptsOf(items)).toEqual(prompts);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(items.map(({ json }) => json.state)).toEqual(items.map(() => 'succeeded'));
		for (const item of items.filter((_, index) => index % 20 === 0)) {
			expect((await queue.client().binary(item)).equals(await served(item))).toBe(true);
		}
		expect(items.map(({ binary }) => binary?.data?.mimeType)).toEqual(items.map(() => 'video/mp4'));
		expect(account.ledger().map(({ refunded }) => refunded)).toEqual(orders.map(() => false));
		expect(account.requests().filter(({ status }) => status === 429)).toEqual([]);
		expect(await queue.client().executionsOf(workflowId)).toHaveLength(1);
	}, 600_000);
});

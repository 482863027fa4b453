/** n8n on SQLite, ended as by a crash while a clip is waited for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, type Execution, type StoredCredential } from '../../scripts/n8nClient.mts';
import { startN8n, type N8nServer } from '../../scripts/n8n.mts';
import { installPackage } from '../../scripts/package.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import {
	addWaitingWorkflow,
	CLIPS,
	endTasks,
	executionsIn,
	keyedWorkflow,
	order,
	patientSandbox,
	publish,
	until,
} from './waiting.mts';

/** So long that no callback is tried twice here. */
const RETRY_SECONDS = 3600;

let userFolder: string;
let sandbox: Sandbox;
let n8n: N8nServer;
let credential: StoredCredential;

beforeAll(async () => {
	userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-restart-'));
	await installPackage(userFolder);
	sandbox = await patientSandbox(RETRY_SECONDS);
	n8n = await startN8n({ userFolder });
	const data = sandboxCredential(sandbox.url);
	credential = await n8n.client.createCredential('Vidu', CREDENTIAL_TYPE, data);
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
	await rm(userFolder, { recursive: true });
});

it('goes on where it was after n8n was killed and started again, also with a clip whose callback found no n8n', async () => {
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

	await n8n.kill();
	await endTasks(sandbox, 'sleeps');
	await until(() => sandbox.deliveries().some(({ error }) => error !== null), 10);
	n8n = await startN8n({ userFolder, port: Number(new URL(n8n.url).port) });
	expect((await n8n.client.execution(id)).status).toBe('waiting');

	await endTasks(sandbox);
	const execution = await n8n.client.ended(id);
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	const items = output(execution, CLIPS);
	const asked = new Map(sandbox.tasks().map((task) => [task.id, task.prompt]));
	expect(items.map(({ json }) => asked.get(String(json.taskId)))).toEqual(prompts);
	for (const item of items) {
		expect((await n8n.client.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
	}
	expect(sandbox.ledger()).toHaveLength(2);
});

it('knows a Deduplication Key although a longer execution has ended since, n8n was killed, and the node renamed', async () => {
	sandbox.reset();
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

	await n8n.kill();
	n8n = await startN8n({ userFolder, port: Number(new URL(n8n.url).port) });
	const renamed = 'Another name';
	await n8n.client.saveWorkflow(workflowId, keyedWorkflow('keyed', credential, { clips: renamed }));
	await n8n.client.activate(workflowId);
	await order(n8n.url, 'keyed', [long, short]);
	const all = await executionsIn(n8n.client, workflowId, { status: 'success', count: 3 });
	const items = output(await n8n.client.execution(all.at(-1) ?? ''), renamed);
	expect(items.map(({ json }) => json.taskId)).toEqual(bought);
	expect(sandbox.ledger()).toHaveLength(2);
});

it('Retry pressed again on the same failed execution, after n8n was killed, finds what the first one bought', async () => {
	sandbox.reset();
	const orders = ['A cat', 'A dog [reject=FieldInvalid] [times=1]'].map((prompt, index) => ({
		prompt,
		payload: String(index),
	}));
	const workflowId = await publish(
		n8n.client,
		keyedWorkflow('retried', credential, { dedupeKey: '' }),
	);
	await order(n8n.url, 'retried', orders);
	const [failed = ''] = await executionsIn(n8n.client, workflowId, { status: 'error', count: 1 });
	const first = n8n.client.retry(failed, false);
	await until(() => sandbox.ledger().length === 2, 60);
	await endTasks(sandbox);
	const tasksOf = (execution: Execution) => output(execution, CLIPS).map(({ json }) => json.taskId);
	const bought = sandbox.ledger().map(({ taskId }) => taskId);
	expect(tasksOf(await first)).toEqual(bought);

	await n8n.kill();
	n8n = await startN8n({ userFolder, port: Number(new URL(n8n.url).port) });
	expect(tasksOf(await n8n.client.retry(failed, false))).toEqual(bought);
	expect(sandbox.ledger()).toHaveLength(2);
});

/** n8n on SQLite, ended as by a crash while a clip is waited for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, type StoredCredential } from '../../scripts/n8nClient.mts';
import { startN8n, type N8nServer } from '../../scripts/n8n.mts';
import { installPackage } from '../../scripts/package.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import {
	addWaitingWorkflow,
	CLIPS,
	endTasks,
	executionsIn,
	order,
	patientSandbox,
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

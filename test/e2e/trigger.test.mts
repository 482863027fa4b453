/** Vidu Trigger in a real n8n, called by a sandbox that signs as Vidu does. */
import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { signCallback } from '../../sandbox/callbacks.mts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { output, type Execution, type StoredCredential } from '../../scripts/n8nClient.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { createTask } from '../contract/client.mts';
import { openSession, type Session } from './session.mts';

const TRIGGER = 'Vidu Trigger';

let session: Session;
let sandbox: Sandbox;
let credential: StoredCredential;

beforeAll(async () => {
	session = await openSession();
	sandbox = await startSandbox({ speed: 1, renderSeconds: 1, callbackRetrySeconds: 0.2 });
	const data = sandboxCredential(sandbox.url);
	credential = await session.client.createCredential('Trigger', CREDENTIAL_TYPE, data);
});
afterAll(async () => await sandbox?.close());
beforeEach(() => sandbox.reset());

interface Hook {
	readonly id: string;
	readonly url: string;
	readonly testUrl: string;
}

/** A workflow of the trigger alone, published unless told otherwise. */
async function hookWith(
	parameters: IDataObject,
	{ publish = true, as = credential } = {},
): Promise<Hook> {
	const webhookId = randomUUID();
	const id = await session.client.createWorkflow({
		name: `Trigger ${webhookId}`,
		nodes: [
			{
				id: webhookId,
				webhookId,
				name: TRIGGER,
				type: 'n8n-nodes-vidu.viduTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: parameters as never,
				credentials: { viduApi: { id: as.id, name: as.name } },
			},
		],
		connections: {},
		settings: {},
	});
	if (publish) await session.client.activate(id);
	const path = `${webhookId}/webhook`;
	const under = (prefix: string) => `${session.n8nUrl}/${prefix}/${path}`;
	return { id, url: under('webhook'), testUrl: under('webhook-test') };
}

/** What a hook has started so far, oldest first. */
async function started(hook: Hook): Promise<Execution[]> {
	const all = await session.client.executions(100);
	const own = all.filter(({ workflowId }) => workflowId === hook.id).reverse();
	// n8n lists one that ends at this moment twice.
	const ids = [...new Set(own.map(({ id }) => id))];
	return await Promise.all(ids.map(async (id) => await session.client.ended(id)));
}

async function until<T>(read: () => Promise<T> | T, good: (value: T) => boolean): Promise<T> {
	for (let tries = 0; ; tries++) {
		const value = await read();
		if (good(value)) return value;
		if (tries > 200) throw new Error(`Not reached: ${JSON.stringify(value).slice(0, 300)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** All callbacks of the sandbox, when `count` of them have their answer. */
const delivered = async (count: number) =>
	await until(
		() => sandbox.deliveries().filter(({ status }) => status !== null),
		({ length }) => length >= count,
	);

const post = async (url: string, headers: Record<string, string>, body: string) =>
	await fetch(url, {
		method: 'POST',
		body,
		headers: { 'Content-Type': 'application/json', ...headers },
	});
const sign = (url: string, key = SANDBOX_KEY) =>
	signCallback(key, url, new Date().toUTCString(), randomUUID());
const looks = () => sandbox.requests().filter(({ method }) => method === 'GET').length;
const finishedTask = async () => await createTask(sandbox, { prompt: 'A cat [render=0]' });
const success = (id: string) => JSON.stringify({ id, state: 'success', creations: [] });

it('starts the workflow with the finished task and its video, when the provider calls', async () => {
	const hook = await hookWith({ downloadVideo: true });
	const id = await createTask(sandbox, { callback_url: `${hook.url}?row=7`, payload: 'row-7' });
	const answers = await delivered(2);
	expect(answers.map(({ event, status }) => [event, status])).toEqual([
		['processing', 200],
		['success', 200],
	]);
	const [execution, ...others] = await until(
		async () => await started(hook),
		({ length }) => length > 0,
	);
	expect(others).toEqual([]);
	expect(execution?.status).toBe('success');
	const [item] = output(execution as Execution, TRIGGER);
	expect(item?.json).toMatchObject({
		taskId: id,
		state: 'succeeded',
		payload: 'row-7',
		error: null,
	});
	const [video] = item?.json.videos as Array<{ url: string }>;
	const served = Buffer.from(await (await fetch(video?.url ?? '')).arrayBuffer());
	expect((await session.client.binary(item as INodeExecutionData)).equals(served)).toBe(true);
});

it('starts nothing for a hundred forged callbacks, and asks the API for none', async () => {
	const hook = await hookWith({});
	const id = await finishedTask();
	const forged = Array.from({ length: 100 }, (_, i) =>
		i % 2 === 0 ? {} : sign(hook.url, 'vda_other'),
	);
	const statuses = new Set<number>();
	for (let at = 0; at < forged.length; at += 20) {
		const answers = forged
			.slice(at, at + 20)
			.map(async (headers) => await post(hook.url, headers, success(id)));
		for (const { status } of await Promise.all(answers)) statuses.add(status);
	}
	expect([...statuses]).toEqual([401]);
	expect(looks()).toBe(0);
	expect(await started(hook)).toEqual([]);
	expect((await post(hook.url, sign(hook.url), success(id))).status).toBe(200);
	expect(
		await until(
			async () => await started(hook),
			({ length }) => length > 0,
		),
	).toHaveLength(1);
});

it.each(['replay', 'twice'])(
	'starts one execution when every callback comes double (%s)',
	async (fault) => {
		const hook = await hookWith({});
		await createTask(sandbox, { callback_url: hook.url, prompt: `A cat [callback=${fault}]` });
		const answers = await delivered(4);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(
			await until(
				async () => await started(hook),
				({ length }) => length > 0,
			),
		).toHaveLength(1);
	},
);

it.each(['signatureAndFetch', 'fetch', 'signature'])(
	'starts one execution for three callbacks at once (%s)',
	async (verification) => {
		const hook = await hookWith({ verification });
		const body = JSON.stringify({ id: await finishedTask(), state: 'failed', err_code: 'X' });
		const text = verification === 'signature' ? body : body.replace('failed', 'success');
		const answers = await Promise.all(
			[1, 2, 3].map(async () => await post(hook.url, sign(hook.url), text)),
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(
			await until(
				async () => await started(hook),
				({ length }) => length > 0,
			),
		).toHaveLength(1);
	},
);

it('refuses what is no JSON, and starts nothing', async () => {
	const hook = await hookWith({});
	const refused = async (type: string) => {
		const headers = { ...sign(hook.url), 'Content-Type': type };
		const answer = await post(hook.url, headers, '{"id":');
		return { status: answer.status, text: await answer.text() };
	};
	const text =
		'{"message":"The body is not a task callback: expected JSON with the ID and state of a task"}';
	expect(await refused('text/plain')).toEqual({ status: 400, text });
	expect(await refused('application/octet-stream')).toEqual({ status: 400, text });
	// n8n itself refuses this one before any node is asked.
	expect((await refused('application/json')).status).toBe(422);
	expect(await started(hook)).toEqual([]);
});

it('lets the provider try again while the API is down', async () => {
	const hook = await hookWith({});
	await createTask(sandbox, { callback_url: hook.url, prompt: 'A cat [poll500=2]' });
	await until(
		() => sandbox.deliveries().map(({ event, status }) => `${event} ${status}`),
		(all) => all.includes('success 200'),
	);
	expect(sandbox.deliveries().some(({ status }) => status === 503)).toBe(true);
	expect(
		await until(
			async () => await started(hook),
			({ length }) => length > 0,
		),
	).toHaveLength(1);
});

it('listens for a test event at the test URL', async () => {
	const hook = await hookWith({}, { publish: false });
	await session.client.run(hook.id, { name: TRIGGER });
	const id = await finishedTask();
	expect((await post(hook.testUrl, sign(hook.url), success(id))).status).toBe(401);
	expect((await post(hook.testUrl, sign(hook.testUrl), success(id))).status).toBe(200);
	const [execution] = await until(
		async () => await started(hook),
		({ length }) => length > 0,
	);
	expect(output(execution as Execution, TRIGGER)[0]?.json).toMatchObject({ taskId: id });
});

it('cannot be published with a provider whose signature the key cannot verify', async () => {
	const data = { ...sandboxCredential(sandbox.url), provider: 'kkiai' };
	const as = await session.client.createCredential('Trigger at kkiai', CREDENTIAL_TYPE, data);
	await expect(hookWith({}, { as })).rejects.toThrow('Callbacks from kkiai cannot be verified');
	await expect(hookWith({ verification: 'fetch' }, { as })).resolves.toBeDefined();
});

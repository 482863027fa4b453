/** Workflows that wait for clips without a worker, started by a webhook, and a sandbox that ends on command. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { INode } from 'n8n-workflow';
import {
	ENDED,
	type N8nClient,
	type StoredCredential,
	type WorkflowJson,
} from '../../scripts/n8nClient.mts';
import { filmParameters } from '../../scripts/filmPicture.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

/** Name of the node that makes the clips. */
export const CLIPS = 'Clips';
const POLL_MS = 500;
const LEAP_MS = 10;
const WATCH_MS = 50;

export interface Order {
	readonly prompt: string;
	readonly payload?: string;
}

/** A sandbox of which no task ends before `endTasks`: an hour of rendering, in real time. */
export async function patientSandbox(callbackRetrySeconds = 2): Promise<Sandbox> {
	return await startSandbox({
		speed: 1,
		renderSeconds: 3600,
		callbackRetrySeconds,
		credits: 1_000_000,
	});
}

/**
 * Lets the tasks of a patient sandbox end whose prompt has this text, by default all: their final
 * callbacks leave it at the same moment. Other tasks must render a thousand times longer.
 */
export async function endTasks(sandbox: Sandbox, text = ''): Promise<void> {
	const ended = () =>
		sandbox
			.tasks()
			.filter(({ prompt }) => prompt.includes(text))
			.every(({ stage }) => stage === 'success');
	for (let speed = 1e6; !ended(); speed *= 2) {
		sandbox.set({ speed });
		await new Promise((resolve) => setTimeout(resolve, LEAP_MS));
	}
	// The gaps between the tries of a callback are real seconds again.
	sandbox.set({ speed: 1 });
}

/** Provider-seconds between the ends of the tasks of `staggered`, and before the first. */
const GAP = 60;
const FIRST_END = 3600;

/** Orders whose clips end one after another, in this order, once `endOneByOne` lets them. */
export function staggered(count: number): Order[] {
	return Array.from({ length: count }, (_, number) => ({
		prompt: `@cat number ${number} [render=${FIRST_END + number * GAP}]`,
		payload: String(number),
	}));
}

/**
 * Lets the tasks of `staggered` end, up to `perSecond`, with no more than `ahead` final callbacks
 * unanswered: a machine that is busy with other things is given the time that it needs.
 */
export async function endOneByOne(
	sandbox: Sandbox,
	{ perSecond, ahead }: { perSecond: number; ahead: number },
): Promise<void> {
	const speed = GAP * perSecond;
	const ended = () => sandbox.tasks().filter(({ stage }) => stage === 'success').length;
	const answered = () => {
		// Late repetitions for the tasks of an earlier test do not count.
		const ids = new Set(sandbox.tasks().map(({ id }) => id));
		const finals = sandbox.deliveries().filter(({ event }) => event === 'success');
		const answers = finals.filter(({ status, taskId }) => status !== null && ids.has(taskId));
		return new Set(answers.map(({ taskId }) => taskId)).size;
	};
	// Real seconds between the tries of a callback: 1 at full speed, 20 while the ends are held up.
	sandbox.set({ callbackRetrySeconds: speed });
	for (let done = 0; done < sandbox.tasks().length; done = answered()) {
		sandbox.set({ speed: ended() - done < ahead ? speed : speed / 20 });
		await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
	}
	sandbox.set({ speed: 1 });
}

export interface WaitingOptions {
	readonly path: string;
	readonly credential: StoredCredential;
	readonly sandboxUrl: string;
	readonly downloadVideo: boolean;
	/** What the workflow is called. */
	readonly name?: string;
	readonly model?: string;
	/** More of the node's options. */
	readonly options?: Readonly<Record<string, number>>;
}

/** Webhook (answers at once) → one item for each order → the clips. @returns the published workflow's id */
export async function addWaitingWorkflow(
	client: N8nClient,
	{
		path,
		credential,
		sandboxUrl,
		downloadVideo,
		name: called = `Waits at ${path}`,
		model = 'viduq2',
		options = {},
	}: WaitingOptions,
): Promise<string> {
	const { id, name } = credential;
	return await publish(
		client,
		chain(called, [
			webhook(path, {}),
			node('Orders', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.orders' }),
			{
				...node(CLIPS, 'n8n-nodes-vidu.viduReferenceToVideo', 1, {
					model: `=${model}`,
					referenceType: 'subjects',
					subjects: { subject: [{ name: 'cat', imageUrls: [`${sandboxUrl}/samples/cat.png`] }] },
					prompt: '={{ $json.prompt }}',
					duration: 2,
					resolution: '720p',
					waitMode: 'suspend',
					downloadVideo,
					options: { payload: '={{ $json.payload }}', ...options },
				}),
				credentials: { viduApi: { id, name } },
			},
			node('After the clips', 'n8n-nodes-base.noOp', 1, {}),
		]),
	);
}

/**
 * Webhook (answers at once) → one item for each order → the clips, looked at every second, each bought
 * under the payload of its order as Deduplication Key, unless told otherwise.
 */
export function keyedWorkflow(
	path: string,
	{ id, name }: StoredCredential,
	{ clips = CLIPS, dedupeKey = '={{ $json.payload }}' } = {},
): WorkflowJson {
	return chain(`Keys at ${path}`, [
		webhook(path, {}),
		node('Orders', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.orders' }),
		{
			...node(clips, 'n8n-nodes-vidu.vidu', 1, {
				resource: 'video',
				operation: 'textToVideo',
				model: 'viduq2',
				prompt: '={{ $json.prompt }}',
				downloadVideo: false,
				options: { dedupeKey, pollInterval: 1 },
			}),
			id: 'node-clips',
			credentials: { viduApi: { id, name } },
		},
	]);
}

/** Webhook (answers at once) → a film of these shots with two characters, made without a worker. */
export function filmWorkflow(
	path: string,
	prompts: readonly string[],
	{ credential: { id, name }, sandboxUrl }: Pick<WaitingOptions, 'credential' | 'sandboxUrl'>,
): WorkflowJson {
	return chain(`A film at ${path}`, [
		webhook(path, {}),
		{
			...node(CLIPS, 'n8n-nodes-vidu.vidu', 1, {
				...filmParameters(sandboxUrl, prompts, 2),
				look: { model: 'viduq2', resolution: '540p' },
				waitMode: 'suspend',
				options: { maxConcurrency: prompts.length },
			}),
			credentials: { viduApi: { id, name } },
		},
	]);
}

/** Vidu Trigger alone, called at `<path>/webhook`. */
export function triggerWorkflow(path: string, { id, name }: StoredCredential): WorkflowJson {
	const trigger = node('Vidu Trigger', 'n8n-nodes-vidu.viduTrigger', 1, {});
	const credentials = { viduApi: { id, name } };
	return chain(`Trigger at ${path}`, [{ ...trigger, webhookId: path, credentials }]);
}

/** Webhook (answers at once) → no clip at all. @returns the published workflow's id */
export async function addOrdinaryWorkflow(client: N8nClient, path: string): Promise<string> {
	const nodes = [webhook(path, {}), node('Anything', 'n8n-nodes-base.noOp', 1, {})];
	return await publish(client, chain(`Ordinary at ${path}`, nodes));
}

/** Starts a workflow of this path, which n8n may have published only a moment ago. */
export async function order(webhookUrl: string, path: string, orders: Order[]): Promise<void> {
	const started = async () => {
		const answer = await fetch(`${webhookUrl}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ orders }),
		});
		if (answer.ok || answer.status === 404) return answer.ok;
		throw new Error(`The webhook ${path} answered ${answer.status}`);
	};
	await until(started, 30);
}

/** Waits until so many executions of a workflow have this status. @returns their ids, oldest first */
export async function executionsIn(
	client: N8nClient,
	workflowId: string,
	{ status, count, seconds = 60 }: { status: string; count: number; seconds?: number },
): Promise<string[]> {
	let ids: string[] = [];
	await until(async () => {
		const all = await client.executionsOf(workflowId);
		ids = all.filter((one) => one.status === status).map(({ id }) => id);
		return ids.length >= count;
	}, seconds);
	return ids.reverse();
}

/** Waits until all executions of these workflows that have not ended sleep. */
export async function untilAsleep(
	client: N8nClient,
	workflowIds: readonly string[],
): Promise<void> {
	await until(async () => {
		const all = await Promise.all(workflowIds.map(async (id) => await client.executionsOf(id)));
		const open = all.flat().filter(({ status }) => !ENDED.includes(status));
		return open.every(({ status }) => status === 'waiting');
	}, 120);
}

/** The file that holds up an n8n with this data; to be given to `fastClock`. */
export const holdIn = (userFolder: string): string => join(userFolder, 'hold');

/**
 * Does something while executions of these workflows sleep and nothing wakes them, so that n8n can be
 * killed: what runs then n8n gives up.
 */
export async function whileAsleep(
	client: N8nClient,
	userFolder: string,
	workflowIds: readonly string[],
	work: () => Promise<void>,
): Promise<void> {
	const hold = basename(holdIn(userFolder));
	await writeFile(holdIn(userFolder), '');
	// What was about to wake does so.
	const passing = async () =>
		(await readdir(userFolder)).some((name) => name.startsWith(`${hold}-`));
	await until(async () => !(await passing()), 60);
	await untilAsleep(client, workflowIds);
	await work();
	await rm(holdIn(userFolder));
}

/** @throws when `done` is still false after so many seconds */
export async function until(done: () => boolean | Promise<boolean>, seconds: number) {
	const deadline = Date.now() + seconds * 1000;
	while (!(await done())) {
		if (Date.now() > deadline) throw new Error(`Not so after ${seconds} s: ${done.toString()}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** @returns the published workflow's id */
export async function publish(client: N8nClient, workflow: WorkflowJson): Promise<string> {
	const id = await client.createWorkflow(workflow);
	await client.activate(id);
	return id;
}

function chain(name: string, nodes: INode[]): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	for (const [index, next] of nodes.slice(1).entries()) {
		const from = nodes[index]?.name ?? '';
		connections[from] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

function webhook(path: string, parameters: INode['parameters']): INode {
	const all = { httpMethod: 'POST', path, ...parameters };
	return { ...node('Webhook', 'n8n-nodes-base.webhook', 2, all), webhookId: path };
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
): INode {
	const id = `node-${name.toLowerCase().replaceAll(' ', '-')}`;
	return { id, name, type, typeVersion, position: [0, 0], parameters };
}

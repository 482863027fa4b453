import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INode } from 'n8n-workflow';
import { output } from '../../scripts/n8nClient.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { node } from '../engine/harness/workflow.mts';
import { openSession, type Session } from './session.mts';

let session: Session;
/** Counts workflows, so that each has prompts of its own. */
let made = 0;

/** The end of an execution that orders from `trickling`; it takes a minute, in which the other tests run. */
let trickled: ReturnType<typeof orderWhereAnswersTrickle>;

/** Its answers to orders never end. */
const trickling = createServer((request, response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	if (request.method !== 'POST') {
		response.end('{}');
		return;
	}
	const trickle = setInterval(() => response.write(' '), 500);
	response.on('close', () => clearInterval(trickle));
});

beforeAll(async () => {
	session = await openSession();
	await new Promise<void>((resolve) => trickling.listen(0, '127.0.0.1', resolve));
	trickled = orderWhereAnswersTrickle();
	// It fails in its own test.
	trickled.catch(() => undefined);
});

afterAll(() => {
	trickling.closeAllConnections();
	trickling.close();
});

interface Workflow {
	/** Begins an execution. @returns its id */
	run(): Promise<string>;
	/** Gives the node that buys another name. */
	rename(name: string): Promise<void>;
	/** How often the provider was sent an order of this workflow. */
	orders(): Promise<number>;
	/** What was billed for it, by task id. */
	billed(): Promise<string[]>;
}

interface Story extends Workflow {
	readonly execution: string;
}

const start = node({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' });

/** A workflow with Vidu, text to video, for as many items; `prompt` is JavaScript that knows `$itemIndex`. */
async function make(
	count: number,
	prompt: string,
	options: IDataObject = {},
	{ downloadVideo = false, ...settings }: Partial<INode> & { downloadVideo?: boolean } = {},
): Promise<Workflow> {
	const mark = `story-${++made}-${Date.now()}`;
	const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const workflow = (name: string) => ({
		name: mark,
		nodes: [start, rows, { ...clip, name }],
		connections: { Start: to('Rows'), Rows: to(name) },
		settings: { executionOrder: 'v1' as const },
	});
	const rows = node({
		name: 'Rows',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return Array.from({ length: ${count} }, () => ({ json: {} }))` },
	});
	const clip = node({
		name: 'Clip',
		type: 'n8n-nodes-vidu.vidu',
		parameters: {
			resource: 'video',
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: `={{ '${mark} ' + $itemIndex + ' ' + (${prompt}) }}`,
			downloadVideo,
			options: { pollInterval: 1, ...options },
		},
		credentials: { viduApi: { id: session.credential.id, name: session.credential.name } },
		...settings,
	});
	const workflowId = await session.client.createWorkflow(workflow('Clip'));
	const tasks = async () =>
		(await sandbox<Array<{ id: string; prompt: string }>>('tasks')).filter(({ prompt: asked }) =>
			asked.startsWith(mark),
		);
	return {
		run: async () => await session.client.run(workflowId, start),
		rename: async (name) => await session.client.saveWorkflow(workflowId, workflow(name)),
		orders: async () =>
			(await sandbox<Array<{ method: string; body: IDataObject | null }>>('requests')).filter(
				({ method, body }) => method === 'POST' && String(body?.prompt).startsWith(mark),
			).length,
		billed: async () => (await tasks()).map(({ id }) => id),
	};
}

/** Makes such a workflow and runs it. */
async function begin(...how: Parameters<typeof make>): Promise<Story> {
	const workflow = await make(...how);
	return { ...workflow, execution: await workflow.run() };
}

async function orderWhereAnswersTrickle() {
	const url = `http://127.0.0.1:${(trickling.address() as AddressInfo).port}`;
	const data = sandboxCredential(url);
	const { id, name } = await session.client.createCredential('Trickling', CREDENTIAL_TYPE, data);
	const begun = Date.now();
	const story = await begin(1, "''", {}, { credentials: { viduApi: { id, name } } });
	const { error } = await session.client.ended(story.execution, 200);
	return { error, took: Date.now() - begun };
}

async function sandbox<T>(what: string): Promise<T> {
	return (await (await fetch(`${session.sandboxUrl}/_sandbox/${what}`)).json()) as T;
}

async function until(done: () => Promise<boolean>): Promise<void> {
	while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Presses Stop. @returns milliseconds until n8n shows the execution as ended */
async function stop({ execution }: Story): Promise<number> {
	const pressed = Date.now();
	await session.client.stop(execution);
	await session.client.ended(execution);
	return Date.now() - pressed;
}

const ids = (items: ReturnType<typeof output>) => items.map(({ json }) => String(json.taskId));

test('Retry On Fail buys only what is missing', async () => {
	const until = Date.now() + 3000;
	const story = await begin(
		3,
		`$itemIndex === 2 && Date.now() < ${until} ? '[reject=FieldInvalid]' : ''`,
		{ maxConcurrency: 1 },
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 3000 },
	);
	const done = await session.client.ended(story.execution);
	expect(done.error).toBeUndefined();
	expect(ids(output(done, 'Clip')).sort()).toEqual((await story.billed()).sort());
	expect(await story.billed()).toHaveLength(3);
});

test.each([
	['with the original workflow', false],
	['with the workflow as it is saved now', true],
])('Retry from the list of executions, %s, takes up what is paid for', async (_, loadWorkflow) => {
	const from = Date.now() + 3000;
	const story = await begin(
		2,
		`$itemIndex === 1 && Date.now() < ${from} ? '[reject=FieldInvalid]' : ''`,
		{
			maxConcurrency: 1,
		},
	);
	const failed = await session.client.ended(story.execution);
	expect(failed.status).toBe('error');
	expect(await story.billed()).toHaveLength(1);
	await until(async () => await Promise.resolve(Date.now() > from));
	const done = await session.client.retry(story.execution, loadWorkflow);
	expect(done.error).toBeUndefined();
	expect(ids(output(done, 'Clip')).sort()).toEqual((await story.billed()).sort());
	expect(await story.billed()).toHaveLength(2);
});

test('Retry pressed twice at the same moment on one failed execution buys what is missing once', async () => {
	const story = await begin(
		2,
		"$itemIndex === 1 ? '[reject=FieldInvalid] [times=1] [slow=1500]' : ''",
		{ maxConcurrency: 1 },
	);
	expect((await session.client.ended(story.execution)).status).toBe('error');
	const press = async () => {
		const done = await session.client.retry(story.execution, false);
		expect(done.error).toBeUndefined();
		return ids(output(done, 'Clip'));
	};
	const [one, two] = await Promise.all([press(), press()]);
	const bought = await story.billed();
	expect(bought).toHaveLength(2);
	expect([...one].sort()).toEqual([...bought].sort());
	expect(two).toEqual(one);
	expect(await press()).toEqual(one);
	expect(await story.billed()).toHaveLength(2);
	// The refused order, the two that were taken.
	expect(await story.orders()).toBe(3);
});

test('executions with the same Deduplication Keys buy once: two at the same moment, and one after the node was renamed', async () => {
	const workflow = await make(3, "'[slow=1500] [render=0]'", {
		dedupeKey: '=row {{ $itemIndex }}',
	});
	const clips = async (name = 'Clip') => {
		const done = await session.client.ended(await workflow.run());
		expect(done.error).toBeUndefined();
		return ids(output(done, name));
	};
	const [one, two] = await Promise.all([clips(), clips()]);
	const bought = await workflow.billed();
	expect(bought).toHaveLength(3);
	expect([...one].sort()).toEqual([...bought].sort());
	expect(two).toEqual(one);
	await workflow.rename('Another name');
	expect(await clips('Another name')).toEqual(one);
	expect(await workflow.orders()).toBe(3);
});

test("n8n's log names each task when it is bought, not when it has ended", async () => {
	const story = await begin(2, "'[queue=100000]'", { onStop: 'cancel' });
	await until(async () => (await story.billed()).length === 2);
	const bought = await story.billed();
	await until(async () => {
		const log = await readFile(session.logFile, 'utf8');
		return bought.every((id) => log.includes(`submitted task ${id} to Vidu`));
	});
	expect((await session.client.execution(story.execution)).status).toBe('running');
	await stop(story);
});

test('Stop while an order is on its way ends the execution; no further order leaves', async () => {
	const story = await begin(3, "'[slow=8000]'", { maxConcurrency: 1 });
	await until(async () => (await story.orders()) > 0);
	expect(await stop(story)).toBeLessThan(5000);
	expect(await story.orders()).toBe(1);
});

test('Stop while clips are made ends the execution, and cancels what has not begun when told so', async () => {
	const story = await begin(2, "'[queue=100000]'", { onStop: 'cancel' });
	await until(async () => (await story.billed()).length === 2);
	expect(await stop(story)).toBeLessThan(5000);
	await until(async () => {
		const tasks = await sandbox<Array<{ id: string; stage: string }>>('tasks');
		const own = await story.billed();
		return tasks.filter(({ id }) => own.includes(id)).every(({ stage }) => stage === 'cancelled');
	});
	expect(await story.orders()).toBe(2);
});

test('Stop while a clip is downloaded ends the execution; the clip is fetched by its ID', async () => {
	const story = await begin(1, "'[size=1500] [render=0]'", {}, { downloadVideo: true });
	await until(async () => {
		const paths = (await sandbox<Array<{ path: string }>>('requests')).map(({ path }) => path);
		const [id = 'none'] = await story.billed();
		return paths.some((path) => path.startsWith('/results/') && path.includes(id));
	});
	expect(await stop(story)).toBeLessThan(5000);
	expect((await session.client.execution(story.execution)).status).toBe('canceled');
	expect(await story.orders()).toBe(1);
});

test('fifty items in a storm of 429 are each bought once', async () => {
	const story = await begin(50, "'[busy=1] [render=0]'", { maxConcurrency: 20 });
	const done = await session.client.ended(story.execution, 240);
	expect(done.error).toBeUndefined();
	expect(output(done, 'Clip')).toHaveLength(50);
	expect(new Set(ids(output(done, 'Clip'))).size).toBe(50);
	expect(await story.billed()).toHaveLength(50);
	expect(await story.orders()).toBeLessThanOrEqual(110);
}, 300_000);

test('an answer to an order that trickles ends within about a minute as one that is not known', async () => {
	const { error, took } = await trickled;
	expect(took).toBeLessThan(100_000);
	expect(error?.message).toContain('Vidu may or may not have accepted the request');
	expect(error?.description).toContain('It was not retried');
});

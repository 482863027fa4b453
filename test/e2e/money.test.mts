import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { output } from '../../scripts/n8nClient.mts';
import { node } from '../engine/harness/workflow.mts';
import { openSession, type Session } from './session.mts';

let session: Session;
/** Counts workflows, so that each has prompts of its own. */
let made = 0;

beforeAll(async () => {
	session = await openSession();
});

interface Story {
	readonly workflowId: string;
	readonly execution: string;
	/** How often the provider was sent an order of this workflow. */
	orders(): Promise<number>;
	/** What was billed for it, by task id. */
	billed(): Promise<string[]>;
}

const start = node({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' });

/** Runs Vidu, text to video, for as many items; `prompt` is JavaScript that knows `$itemIndex`. */
async function begin(
	count: number,
	prompt: string,
	options: IDataObject = {},
	{ downloadVideo = false, ...settings }: Partial<INode> & { downloadVideo?: boolean } = {},
): Promise<Story> {
	const mark = `story-${++made}-${Date.now()}`;
	const nodes = [
		start,
		node({
			name: 'Rows',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return Array.from({ length: ${count} }, () => ({ json: {} }))` },
		}),
		node({
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
		}),
	];
	const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const connections: IConnections = { Start: to('Rows'), Rows: to('Clip') };
	const workflowId = await session.client.createWorkflow({
		name: mark,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	});
	const tasks = async () =>
		(await sandbox<Array<{ id: string; prompt: string }>>('tasks')).filter(({ prompt: asked }) =>
			asked.startsWith(mark),
		);
	return {
		workflowId,
		execution: await session.client.run(workflowId, start),
		orders: async () =>
			(await sandbox<Array<{ method: string; body: IDataObject | null }>>('requests')).filter(
				({ method, body }) => method === 'POST' && String(body?.prompt).startsWith(mark),
			).length,
		billed: async () => (await tasks()).map(({ id }) => id),
	};
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

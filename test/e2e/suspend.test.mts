import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { readExample } from '../../scripts/examples.mts';
import { output, type Execution } from '../../scripts/n8nClient.mts';
import { openSession, type Session } from './session.mts';

const START = 'Start';
const CLIP = 'Clip "A"';
const NODE_ID = '7c1c1f3e-8f6b-4a53-9f0e-0c9b7d1c2a11';

let session: Session;

beforeAll(async () => {
	session = await openSession();
});

const node = (part: Partial<INode> & Pick<INode, 'name' | 'type'>): INode => ({
	id: part.name,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...part,
});

const start = node({ name: START, type: 'n8n-nodes-base.manualTrigger' });

/** Emits an item for each prompt. */
const rows = (prompts: string[]) =>
	node({
		name: 'Rows',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `return ${JSON.stringify(prompts.map((prompt) => ({ json: { prompt } })))}`,
		},
	});

function clip(options: IDataObject = {}, settings: Partial<INode> = {}): INode {
	return node({
		id: NODE_ID,
		name: CLIP,
		type: 'n8n-nodes-vidu.vidu',
		parameters: {
			resource: 'video',
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: '={{ $json.prompt }}',
			waitMode: 'callback',
			options: { skipUrlCheck: true, ...options },
		},
		credentials: { viduApi: { id: session.credential.id, name: session.credential.name } },
		...settings,
	});
}

const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });

function line(nodes: INode[]): IConnections {
	const pairs = nodes
		.slice(1)
		.map((next, index) => [nodes[index]?.name, { main: [[to(next.name)]] }]);
	return Object.fromEntries(pairs) as IConnections;
}

async function begin(nodes: INode[], connections = line(nodes)): Promise<string> {
	const workflow = {
		name: 'Suspend',
		nodes,
		connections,
		settings: { executionOrder: 'v1' as const },
	};
	return await session.client.run(await session.client.createWorkflow(workflow), { name: START });
}

async function reaches(id: string, status: string): Promise<Execution> {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const execution = await session.client.execution(id);
		if (execution.status === status) return execution;
		if (Date.now() > deadline)
			throw new Error(`Execution ${id} is ${execution.status}, not ${status}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** The callback addresses that the sandbox was given for an execution. */
async function addresses(execution: string): Promise<string[]> {
	const answer = await fetch(`${session.sandboxUrl}/_sandbox/requests`);
	const requests = (await answer.json()) as Array<{ method: string; body: IDataObject | null }>;
	return requests
		.map(({ body }) => String(body?.callback_url ?? ''))
		.filter((url) => url.includes(`/webhook-waiting/${execution}/`));
}

const requestCount = async () =>
	((await (await fetch(`${session.sandboxUrl}/_sandbox/requests`)).json()) as unknown[]).length;

test('the example waits as "waiting", and goes on with one item per row and its video', async () => {
	const example = await readExample('wait-by-callback', session);
	const workflowId = await session.client.createWorkflow(example);
	const id = await session.client.run(workflowId, { name: 'When clicking ‘Execute workflow’' });
	await reaches(id, 'waiting');
	const done = await session.client.ended(id);
	expect(done.error).toBeUndefined();
	const items = output(done, 'Your storage, Slack, …');
	expect(items).toHaveLength(2);
	for (const [index, item] of items.entries()) {
		expect(item.json).toMatchObject({ state: 'succeeded', operation: 'referenceToVideo' });
		expect(item.pairedItem).toEqual({ item: index });
		expect((await session.client.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
	}
});

test('when every clip fails, so does the execution', async () => {
	const done = await session.client.ended(
		await begin([
			start,
			rows(['a [fail=CreationPolicyViolation]', 'b [fail=CreationPolicyViolation]']),
			clip(),
		]),
	);
	expect(done.status).toBe('error');
	expect(done.error?.message).toContain('CreationPolicyViolation');
});

test('what fails goes to the error output, the rest goes on', async () => {
	const tested = clip({}, { onError: 'continueErrorOutput' });
	const done = await session.client.ended(
		await begin([start, rows(['a', 'b [fail=CreationPolicyViolation]']), tested]),
	);
	const [good, bad] = done.runData[CLIP]?.at(-1)?.data?.main ?? [];
	expect(good?.map(({ json }) => json.state)).toEqual(['succeeded']);
	expect(JSON.stringify(bad)).toContain('CreationPolicyViolation');
});

test('a hundred forged callbacks resume nothing and ask the provider nothing', async () => {
	const id = await begin([start, rows(['slow [callback=none] [render=100000]']), clip()]);
	await reaches(id, 'waiting');
	const [url = ''] = await addresses(id);
	const before = await requestCount();
	const statuses = await Promise.all(
		Array.from({ length: 100 }, async () => {
			const body = JSON.stringify({
				state: 'success',
				creations: [{ url: 'https://evil.example' }],
			});
			const headers = { 'Content-Type': 'application/json' };
			return (await fetch(url, { method: 'POST', headers, body })).status;
		}),
	);
	expect(new Set(statuses)).toEqual(new Set([401]));
	expect((await session.client.execution(id)).status).toBe('waiting');
	expect(await requestCount()).toBe(before);
	await session.client.stop(id);
});

test('after Stop n8n answers callbacks with 409, and the task can be cancelled or fetched by its ID', async () => {
	const id = await begin([start, rows(['slow [callback=none] [queue=100000]']), clip()]);
	await reaches(id, 'waiting');
	await session.client.stop(id);
	await reaches(id, 'canceled');
	const [url = ''] = await addresses(id);
	expect((await fetch(url, { method: 'POST' })).status).toBe(409);
});

test('a node in a loop suspends in every turn', async () => {
	const loop = node({ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 });
	const done = node({ name: 'Done', type: 'n8n-nodes-base.noOp' });
	const tested = clip();
	const connections: IConnections = {
		...line([start, rows([]), loop]),
		Loop: { main: [[to('Done')], [to(CLIP)]] },
		[CLIP]: { main: [[to('Loop')]] },
	};
	const id = await begin([start, rows(['turn 1', 'turn 2']), loop, tested, done], connections);
	const execution = await session.client.ended(id);
	expect(execution.error).toBeUndefined();
	expect(execution.runData[CLIP]).toHaveLength(2);
	const ids = output(execution, 'Done').map(({ json }) => json.taskId);
	expect(new Set(ids).size).toBe(2);
});

test('a sub-workflow that suspends hands its items to the workflow that called it', async () => {
	const trigger = node({
		name: 'Called',
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
	});
	const nodes = [trigger, clip()];
	const sub = await session.client.createWorkflow({
		name: 'Sub',
		nodes,
		connections: line(nodes),
		settings: { executionOrder: 'v1' },
	});
	await session.client.activate(sub);
	const call = node({
		name: 'Call',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: { workflowId: { __rl: true, mode: 'id', value: sub }, options: {} },
	});
	const done = await session.client.ended(await begin([start, rows(['one']), call]));
	expect(done.error).toBeUndefined();
	expect(output(done, 'Call').map(({ json }) => json.state)).toEqual(['succeeded']);
});

test('past the deadline nothing is lost in silence', async () => {
	const never = rows(['a [callback=none] [render=100000]', 'b [callback=none] [render=100000]']);
	const [stops, goesOn, branches] = await Promise.all([
		begin([start, never, clip({ timeout: 5 })]),
		begin([start, never, clip({ timeout: 5 }, { onError: 'continueRegularOutput' })]),
		begin([start, never, clip({ timeout: 5 }, { onError: 'continueErrorOutput' })]),
	]);
	const failed = await session.client.ended(stops);
	expect(failed.status).toBe('error');
	expect(failed.error?.message).toMatch(/did not call back for every task within 5 s/);
	const taskIds = failed.error?.description?.match(/\d{15,}/g) ?? [];
	expect(taskIds).toHaveLength(2);

	const continued = output(await session.client.ended(goesOn), CLIP);
	expect(continued).toHaveLength(2);
	for (const { json } of continued) {
		expect(json.taskId).toMatch(/^\d{15,}$/);
		expect(JSON.stringify(json.error)).toMatch(/did not call back/);
	}
	const [good, bad] =
		(await session.client.ended(branches)).runData[CLIP]?.at(-1)?.data?.main ?? [];
	expect(good).toEqual([]);
	expect(bad).toHaveLength(2);
	expect(JSON.stringify(bad)).toMatch(/"taskId":"\d{15,}"/);
});

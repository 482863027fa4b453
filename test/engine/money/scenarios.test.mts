/** Single stories about money; property.mts mixes them at random. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';
import { POOR_KEY, startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { account, clip, errorText, rows, until } from '../harness/clip.mts';
import { describeNode } from '../harness/nodeTypes.mts';
import { runWorkflow, startWorkflow, type Run, type RunOptions } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';

/** A clip takes 30 ms and costs 35 credits. */
const PRICE = 35;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 3000, renderSeconds: 90, credits: 10_000 });
});

afterEach(() => sandbox.reset());

afterAll(async () => await sandbox.close());

const run = async (prompts: string[], tested: INode, options: RunOptions = {}): Promise<Run> =>
	await runWorkflow(chain([tested]), {
		...account(sandbox.url),
		items: rows(...prompts),
		...options,
	});

const orders = () => sandbox.requests().filter(({ method }) => method === 'POST');
const tasksOf = (prompt: string) => sandbox.tasks().filter((task) => task.prompt === prompt);
const ids = (done: Run) => done.items('Clip').map(({ json }) => json.taskId);
const promptsOut = (done: Run) =>
	ids(done).map((taskId) => sandbox.tasks().find(({ id }) => id === taskId)?.prompt);
const retrying = (maxTries: number) => ({ retryOnFail: true, maxTries, waitBetweenTries: 1 });

describe('Retry On Fail', () => {
	const mix = [
		'done [render=0]',
		'running [render=900]',
		'failed [fail=CreationPolicyViolation] [times=1]',
		'lost [create500]',
		'refused [reject=FieldInvalid] [times=1]',
	];

	test.each([3, 4, 5])(
		'with %i tries completes a mix: what runs or is done is kept, what cost nothing is bought again',
		async (tries) => {
			const done = await run(mix, clip({}, retrying(tries)));
			expect(errorText(done)).toBe('undefined\nundefined');
			expect(promptsOut(done)).toEqual(mix);
			expect(mix.map((prompt) => tasksOf(prompt).length)).toEqual([1, 1, 2, 1, 1]);
			expect(sandbox.ledger().filter(({ refunded }) => !refunded)).toHaveLength(mix.length);
		},
	);

	test('with 2 tries ends with an error that names every other paid task', async () => {
		const prompts = ['done', 'failed [fail=CreationPolicyViolation]'];
		const done = await run(prompts, clip({ maxConcurrency: 1 }, retrying(2)));
		expect(done.status).toBe('error');
		expect(tasksOf(prompts[1] as string)).toHaveLength(2);
		expect(tasksOf('done')).toHaveLength(1);
		expect(errorText(done)).toContain(tasksOf('done')[0]?.id);
	});

	test('also tries again when only the first item went wrong and others go on: these are not bought again', async () => {
		const prompts = ['first [fail=CreationPolicyViolation] [times=1]', 'second', 'third'];
		const done = await run(prompts, clip({}, { ...retrying(3), onError: 'continueRegularOutput' }));
		expect(done.items('Clip').map(({ json }) => json.state)).toEqual([
			'succeeded',
			'succeeded',
			'succeeded',
		]);
		expect(prompts.map((prompt) => tasksOf(prompt).length)).toEqual([2, 1, 1]);
	});
});

describe('Retry in the list of executions', () => {
	const failing = ['first', 'second [reject=FieldInvalid] [times=1]'];

	test('with other settings of the node takes up what is paid, and buys what is missing', async () => {
		const failed = await run(failing, clip({ maxConcurrency: 1 }));
		expect(failed.status).toBe('error');
		const current = clip({ maxConcurrency: 3, includeRaw: true });
		const retried = await run([], current, { items: undefined, retryOf: failed });
		expect(promptsOut(retried)).toEqual(failing);
		expect(failing.map((prompt) => tasksOf(prompt).length)).toEqual([1, 1]);
	});

	test('with another request is another purchase', async () => {
		const failed = await run(failing, clip({ maxConcurrency: 1 }));
		const current = clip();
		current.parameters.duration = 4;
		await run([], current, { items: undefined, retryOf: failed });
		expect(tasksOf('first')).toHaveLength(2);
	});
});

test('a node that runs several times in a loop buys for every turn, and keeps each turn through its retries', async () => {
	const turns: string[][] = [];
	class Again implements INodeType {
		description = describeNode({
			displayName: 'Again',
			name: 'test.again',
			outputs: ['main', 'main'],
			properties: [],
		});

		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			turns.push(items.map(({ json }) => String(json.taskId)));
			const prompts = ['same', `turn ${turns.length} [reject=FieldInvalid] [times=1]`];
			const next = prompts.map((prompt, item) => ({ json: { prompt }, pairedItem: { item } }));
			return turns.length < 3 ? [next, []] : [[], items];
		}
	}
	const workflow = chain([
		clip({ maxConcurrency: 1 }, retrying(2)),
		node({ name: 'Again', type: 'test.again' }),
	]);
	workflow.connections.Again = { main: [[{ node: 'Clip', type: 'main', index: 0 }]] };
	const done = await runWorkflow(workflow, {
		...account(sandbox.url),
		items: rows('same', 'turn 0 [reject=FieldInvalid] [times=1]'),
		nodeTypes: [new Again()],
	});
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(turns.map((turn) => turn.length)).toEqual([2, 2, 2]);
	expect(new Set(turns.flat()).size).toBe(6);
	expect(tasksOf('same')).toHaveLength(3);
	expect(sandbox.ledger()).toHaveLength(6);
});

describe('a deduplication key', () => {
	test('whose order was lost does not buy again in a later execution, and says how to', async () => {
		const keyed = clip({ dedupeKey: 'row 1', payload: 'mine' });
		const first = await run(['lost [create500]'], keyed);
		expect(first.status).toBe('error');
		const second = await run(['lost [create500]'], keyed, { staticData: first.staticData });
		expect(orders()).toHaveLength(1);
		expect(errorText(second)).toContain(`The task may be one of ${sandbox.tasks()[0]?.id}`);
		expect(errorText(second)).toContain('use another "Deduplication Key"');
	});

	test('that another execution has bought for since is not bought for by a retry of an earlier one', async () => {
		const keyed = clip({ dedupeKey: 'row 2' });
		const failed = await run(['a [fail=CreationPolicyViolation] [times=1]'], keyed);
		const other = await run(['b'], keyed, { staticData: failed.staticData });
		const { staticData } = other;
		const retried = await run([], keyed, { items: undefined, retryOf: failed, staticData });
		expect(ids(retried)).toEqual(ids(other));
		expect(orders()).toHaveLength(2);
	});

	test('of several items of one run is bought for once, also across a retry that does not know the static data', async () => {
		const keyed = clip({ dedupeKey: 'row 3', maxConcurrency: 2 });
		const prompts = ['a', 'b', 'c [reject=FieldInvalid]'];
		keyed.parameters.options = {
			...(keyed.parameters.options as IDataObject),
			dedupeKey: '={{ $itemIndex < 2 ? "row 3" : "" }}',
		};
		const failed = await run(prompts, keyed);
		const retried = await run([], keyed, { items: undefined, retryOf: failed });
		expect(retried.status).toBe('error');
		expect(sandbox.ledger()).toHaveLength(1);
	});
});

describe('the balance', () => {
	test('refuses the whole run when it is too small, with the sum and what is left', async () => {
		const done = await run(['one', 'two'], clip({ checkBalance: true }), {
			...account(sandbox.url, { apiKey: POOR_KEY }),
		});
		expect(done.error?.message).toBe(
			`The run costs up to ${2 * PRICE} credits ($0.35), but the account has 10`,
		);
		expect(orders()).toEqual([]);
	});

	test('needs to do on a retry for what is still to be bought', async () => {
		const small = await startSandbox({ speed: 3000, renderSeconds: 90, credits: 2 * PRICE });
		try {
			const there = account(small.url);
			const tested = clip({ checkBalance: true, maxConcurrency: 1 });
			const failed = await run(['one', 'two [reject=FieldInvalid] [times=1]'], tested, there);
			expect(failed.error?.message).toContain('FieldInvalid');
			const retried = await run([], tested, { ...there, items: undefined, retryOf: failed });
			expect(retried.status).toBe('success');
			expect(small.ledger()).toHaveLength(2);
		} finally {
			await small.close();
		}
	});
});

describe('a storm of 429', () => {
	/** Milliseconds for which the provider takes nothing. */
	const STORM = 2500;
	let server: Server;
	let began = 0;
	let refused: number[] = [];

	/** In front of the sandbox: refuses every order until the storm is over. */
	beforeAll(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method = 'GET', url = '', headers } = request;
				const now = Date.now();
				if (method === 'POST' && now - began < STORM) {
					refused.push(now - began);
					const later = url.startsWith('/dated') ? new Date(now + 1999).toUTCString() : '1';
					response.writeHead(429, { 'Retry-After': later, 'Content-Type': 'application/json' });
					response.end('{"code":429,"reason":"TooManyRequests","message":"too many"}');
					return;
				}
				const body = method === 'POST' ? Buffer.concat(chunks) : undefined;
				const { authorization = '' } = headers;
				void fetch(sandbox.url + url.replace('/dated', ''), {
					method,
					body,
					headers: { authorization, 'Content-Type': 'application/json' },
				}).then(async (answer) => {
					response.writeHead(answer.status, { 'Content-Type': 'application/json' });
					response.end(await answer.text());
				});
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});

	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	test.each([
		['seconds', ''],
		['a date', '/dated'],
	])('with Retry-After in %s: fifty items wait together, and one asks for all', async (_, path) => {
		began = Date.now();
		refused = [];
		const { port } = server.address() as AddressInfo;
		const prompts = Array.from({ length: 50 }, (_each, index) => `clip ${index}`);
		const done = await run(prompts, clip({ maxConcurrency: 10 }), {
			...account(`http://127.0.0.1:${port}${path}`),
		});
		expect(promptsOut(done)).toEqual(prompts);
		expect(orders()).toHaveLength(50);
		// The first ten were on their way together; then one a second.
		expect(refused.length).toBeLessThanOrEqual(10 + STORM / 1000);
	});
});

describe('Stop', () => {
	test('while a clip is downloaded leaves its id in the log', async () => {
		const tested = clip();
		tested.parameters.downloadVideo = true;
		const execution = await startWorkflow(chain([tested]), {
			...account(sandbox.url),
			items: rows('large [size=60]'),
		});
		await until(() => sandbox.requests().some(({ path }) => path.startsWith('/results')));
		const stopped = await execution.stop();
		expect(stopped.status).toBe('canceled');
		expect(inspect(stopped.logs)).toMatch(
			new RegExp(`Vidu: stopped; tasks left.*${sandbox.tasks()[0]?.id}`),
		);
	});

	test('between the tries of Retry On Fail leaves the ids of all paid tasks in the log', async () => {
		const prompts = ['running [never]', 'refused [reject=FieldInvalid]'];
		const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 400 };
		const execution = await startWorkflow(chain([clip({ maxConcurrency: 2 }, again)]), {
			...account(sandbox.url),
			items: rows(...prompts),
		});
		await until(() => orders().filter(({ status }) => status !== null).length === 2);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const stopped = await execution.stop();
		expect(orders()).toHaveLength(2);
		expect(inspect(stopped.logs)).toMatch(
			new RegExp(`Vidu: stopped; tasks left.*${sandbox.tasks()[0]?.id}`),
		);
	});
});

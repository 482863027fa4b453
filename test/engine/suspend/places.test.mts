/** Where in a workflow a node sleeps, and where it cannot. */
import type {
	EngineResponse,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeType,
	IWorkflowSettings,
	NodeOutput,
} from 'n8n-workflow';
import { Vidu } from '../../../nodes/Vidu/Vidu.node.ts';
import { SANDBOX_KEY } from '../../../sandbox/server.mts';
import { Run, runWorkflow, type RunOptions } from '../harness/run.mts';
import type { Suspended } from '../harness/waitingRoom.mts';
import { chain, node, start, type WorkflowJson } from '../harness/workflow.mts';
import { until } from '../harness/clip.mts';
import { clip, NAME, numbered, openStage, RENDER, workflowOf } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';
const after = node({ name: 'After', type: 'n8n-nodes-base.noOp' });
const asking = (prompt: string): Partial<INode> => ({ parameters: { prompt } });

/** A workflow of these nodes, and the trigger; connected as told: from, its output, to. */
function wired(nodes: INode[], wires: Array<[string, number, string]>): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	for (const [from, output, to] of wires) {
		const { main } = (connections[from] ??= { main: [] });
		while ((main?.length ?? 0) <= output) main?.push([]);
		main?.[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return { nodes: [start, ...nodes], connections };
}

/** The Vidu node under another name, executed in another way. */
function changed(
	name: string,
	execute: (
		vidu: Vidu,
		context: IExecuteFunctions,
		response?: EngineResponse,
	) => Promise<NodeOutput>,
): INodeType {
	const vidu = new Vidu();
	return Object.create(vidu, {
		description: { value: { ...vidu.description, name } },
		execute: {
			async value(this: IExecuteFunctions, response?: EngineResponse) {
				return await execute(vidu, this, response);
			},
		},
	}) as INodeType;
}

/** How often a node ran, as n8n shows it. */
const runsOf = (run: Run, name: string) => run.data.resultData.runData[name]?.length ?? 0;

describe('several nodes that sleep', () => {
	test.each([2, 3])('%d of them one after another each sleep, and buy once', async (count) => {
		const names = ['First', 'Second', 'Third'].slice(0, count);
		const nodes = names.map((name) => clip({}, { name, ...asking(`${name} ${silent}`) }));
		const done = await stage.run(chain([...nodes, after]), ['']);
		expect(done.status).toBe('success');
		for (const name of names) expect(stage.promptsOf(done, name)).toEqual([`${name} ${silent}`]);
		expect(done.items(after.name)[0]?.json.taskId).toBe(
			done.items(names.at(-1) ?? '')[0]?.json.taskId,
		);
		expect(stage.sandbox.ledger()).toHaveLength(count);
		expect(runsOf(done, after.name)).toBe(1);
	});

	test('on parallel branches each sleeps, and the nodes behind get their items once', async () => {
		const names = ['Left', 'Middle', 'Right'];
		const nodes = names.map((name) => clip({}, { name, ...asking(`${name} ${silent}`) }));
		const behind = names.map((name) => ({ ...after, name: `After ${name}` }));
		const workflow = wired(
			[...nodes, ...behind],
			names.flatMap(
				(name): Array<[string, number, string]> => [
					['Start', 0, name],
					[name, 0, `After ${name}`],
				],
			),
		);
		const done = await stage.run(workflow, ['']);
		expect(done.status).toBe('success');
		for (const name of names) {
			expect(stage.promptsOf(done, `After ${name}`)).toEqual([`${name} ${silent}`]);
			expect(runsOf(done, `After ${name}`)).toBe(1);
		}
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});
});

describe('a node that sleeps', () => {
	test('behind the second output of an If pairs its items with those of the start', async () => {
		const sorted = node({ name: 'If', type: 'test.if', parameters: { pass: '={{ $json.pass }}' } });
		const names = node({
			name: 'Names',
			type: 'test.items',
			parameters: { items: '={{ [{ name: $("Start").item.json.prompt, taskId: $json.taskId }] }}' },
		});
		const workflow = wired(
			[sorted, clip(), names],
			[
				['Start', 0, 'If'],
				['If', 1, NAME],
				[NAME, 0, 'Names'],
			],
		);
		const items = numbered(4, silent).map((prompt, at) => ({ json: { prompt, pass: at < 2 } }));
		const done = await stage.run(workflow, [], { items });
		expect(done.status).toBe('success');
		const prompts = numbered(4, silent).slice(2);
		expect(done.items('Names').map(({ json }) => json.name)).toEqual(prompts);
		expect(stage.promptsOf(done, 'Names')).toEqual(prompts);
	});

	test('in a loop of three turns sleeps twice in each, and buys one clip a turn', async () => {
		const loop = node({ name: 'Loop', type: 'test.loop' });
		const workflow = wired(
			[loop, clip(), after],
			[
				['Start', 0, 'Loop'],
				['Loop', 1, NAME],
				[NAME, 0, 'Loop'],
				['Loop', 0, after.name],
			],
		);
		// Longer than it is thought to take, so that the first wake-up of each turn is too early.
		const prompts = numbered(3, `${silent} [render=300]`);
		const begun = (await stage.begin(workflow, prompts)) as Suspended;
		const done = await stage.sleepOn(begun);
		expect(done.status).toBe('success');
		expect(stage.promptsOf(done, after.name)).toEqual(prompts);
		expect(stage.room.wakeUps(begun.id)).toBe(6);
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});

	test('in a loop is rung awake in each turn', async () => {
		const loop = node({ name: 'Loop', type: 'test.loop' });
		const workflow = wired(
			[loop, clip(), after],
			[
				['Start', 0, 'Loop'],
				['Loop', 1, NAME],
				[NAME, 0, 'Loop'],
				['Loop', 0, after.name],
			],
		);
		const { id, resumed } = (await stage.begin(workflow, numbered(3))) as Suspended;
		for (let turn = 1; turn <= 3; turn++) {
			await until(
				() => stage.sandbox.ledger().length === turn && stage.room.waitTill(id) !== undefined,
			);
			stage.pass(RENDER + 1);
			await until(() => stage.room.wakeUps(id) === turn);
		}
		expect(stage.promptsOf(await resumed, after.name)).toEqual(numbered(3));
	});

	test('is one run of the node for expressions and for whoever reads the last one, also after bells', async () => {
		const reads = node({
			name: 'Reads',
			type: 'test.items',
			parameters: { items: `={{ $("${NAME}").all().map((item) => item.json) }}` },
		});
		const begun = (await stage.begin(
			chain([clip({ maxConcurrency: 1 }), reads]),
			numbered(3),
		)) as Suspended;
		let done: Run | undefined;
		void begun.resumed.then((run) => {
			done = run;
		});
		for (let wakeUps = 1; done === undefined; wakeUps++) {
			stage.pass(RENDER + 1);
			await until(() => stage.room.wakeUps(begun.id) === wakeUps);
			await until(() => done !== undefined || stage.room.waitTill(begun.id) !== undefined);
		}
		expect(stage.promptsOf(done, NAME)).toEqual(numbered(3));
		expect(stage.promptsOf(done, 'Reads').slice(0, 3)).toEqual(numbered(3));
		expect(runsOf(done, 'Reads')).toBe(1);
	});

	test('with Always Output Data puts out its items once', async () => {
		const tested = clip({}, { alwaysOutputData: true });
		const done = await stage.run(chain([tested, after]), numbered(2, silent));
		expect(stage.promptsOf(done, after.name)).toEqual(numbered(2, silent));
		expect(runsOf(done, after.name)).toBe(1);
	});

	test('with Retry On Fail keeps what is bought in the try that failed, and sleeps in the next', async () => {
		const retried = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };
		const prompts = [`one ${silent}`, `two ${silent} [reject=FieldInvalid] [times=1]`];
		const done = await stage.run(workflowOf(clip({ maxConcurrency: 1 }, retried)), prompts);
		expect(done.status).toBe('success');
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(stage.sandbox.ledger()).toHaveLength(2);
	});

	test('with Retry On Fail and items that tell of an error sleeps as well, and pays for each clip once', async () => {
		const tested = clip(
			{},
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 100, onError: 'continueRegularOutput' },
		);
		const items = numbered(2, silent).map((prompt) => ({ json: { prompt, error: 'of before' } }));
		const done = await stage.run(workflowOf(tested), [], { items });
		expect(stage.promptsOf(done)).toEqual(numbered(2, silent));
		expect(stage.sandbox.ledger()).toHaveLength(2);
	});
});

describe('Task → Wait', () => {
	const awaiting = clip(
		{},
		{
			name: 'Wait',
			parameters: {
				resource: 'task',
				operation: 'wait',
				taskId: '={{ $json.taskId }}',
				waitMode: 'suspend',
			},
		},
	);
	const submitting = clip({}, { parameters: { waitMode: 'none' } });

	test('sleeps until tasks that were submitted before are ready, and asks for all at once', async () => {
		const prompts = numbered(3, silent);
		const begun = await stage.begin(chain([submitting, awaiting]), prompts);
		if (begun instanceof Run) throw new Error(`Did not sleep: ${begun.error?.message}`);
		const before = stage.looks().length;
		const done = await stage.sleepOn(begun);
		expect(stage.promptsOf(done, 'Wait')).toEqual(prompts);
		for (const item of done.items('Wait')) {
			expect(item.json.state).toBe('succeeded');
			expect((await done.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
		}
		expect(stage.looks().length - before).toBeLessThanOrEqual(stage.room.wakeUps(begun.id));
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});

	test('at its deadline names what is not ready, and Retry fetches that', async () => {
		const prompts = [`soon ${silent}`, `late ${silent} [render=2000]`];
		const brief = {
			...awaiting,
			parameters: { ...awaiting.parameters, options: { timeout: 600 } },
		};
		const failed = await stage.run(chain([submitting, brief as INode]), prompts);
		expect(failed.status).toBe('error');
		const late = stage.sandbox.tasks().find(({ prompt }) => prompt.startsWith('late'));
		expect(`${failed.error?.message} ${failed.error?.description}`).toContain(late?.id);
		const done = await stage.run(chain([submitting, awaiting]), [], { retryOf: failed });
		expect(stage.promptsOf(done, 'Wait')).toEqual(prompts);
		expect(stage.sandbox.ledger()).toHaveLength(2);
	});
});

describe('where the node cannot sleep it waits awake, and says so', () => {
	beforeEach(() => stage.sandbox.set({ renderSeconds: 1 }));
	afterEach(() => stage.sandbox.set({ renderSeconds: RENDER }));
	const awake = () => clip({ pollInterval: 1 }, asking('one'));
	const hintsOf = (run: Run, name = NAME) => run.hints(name).map(({ message }) => message);

	function expectAwake(done: Run, because: RegExp): void {
		expect(done.error).toBeUndefined();
		expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
		expect(hintsOf(done).filter((hint) => because.test(hint))).toHaveLength(1);
	}

	test('without a node before it', async () => {
		const workflow = { nodes: [awake()], connections: {} };
		expectAwake(await runWorkflow(workflow, stage.account()), /no node comes before it/);
	});

	// Workflows from before n8n 1.0 name none.
	test.each(['v0', undefined])('in a workflow of the legacy order: %s', async (executionOrder) => {
		const workflow = {
			...workflowOf(awake()),
			settings: { executionOrder } as IWorkflowSettings,
		};
		expectAwake(await runWorkflow(workflow, stage.account()), /legacy execution order/);
	});

	test('in an n8n whose engine calls no node back', async () => {
		const nodeTypes = [
			changed('test.old', async (vidu, context) => await vidu.execute.call(context)),
		];
		const workflow = workflowOf({ ...awake(), type: 'test.old' });
		const done = await runWorkflow(workflow, { ...stage.account(), nodeTypes });
		expectAwake(done, /lets a node resume itself from version 1.121 on/);
	});

	test('as a tool of an agent', async () => {
		const agent = node({ name: 'Agent', type: 'test.agent' });
		const { connections } = chain([agent]);
		const tool = { ...awake(), type: 'n8n-nodes-vidu.viduTool' };
		const served = { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] };
		const workflow = {
			nodes: [start, agent, tool],
			connections: { ...connections, [NAME]: served },
		};
		const done = await runWorkflow(workflow, stage.account());
		expect(done.status).toBe('success');
		expect(JSON.stringify(done.items('Agent'))).toContain('succeeded');
		expect(stage.sandbox.ledger()).toHaveLength(1);
	});

	test('before anything is bought', async () => {
		const orders: number[] = [];
		const watched = changed('test.watched', async (vidu, context, response) => {
			const { addExecutionHints } = context;
			context.addExecutionHints = (...hints) => {
				orders.push(stage.orders().length);
				addExecutionHints.call(context, ...hints);
			};
			return await vidu.execute.call(context, response);
		});
		const workflow = { nodes: [{ ...awake(), type: 'test.watched' }], connections: {} };
		const done = await runWorkflow(workflow, { ...stage.account(), nodeTypes: [watched] });
		expectAwake(done, /no node comes before it/);
		expect(orders[0]).toBe(0);
	});
});

describe('an n8n without a public address', () => {
	/** The node, with a way to the sandbox where it means to go to Vidu itself. */
	const remote = changed('test.remote', async (vidu, context, response) => {
		const { helpers } = context;
		const redirected = Object.create(helpers, {
			httpRequestWithAuthentication: {
				async value(_: string, options: IHttpRequestOptions) {
					expect(options.url).toMatch(/^https:\/\/api\.vidu\.com\//);
					const url = options.url.replace('https://api.vidu.com', stage.sandbox.url);
					const headers = { ...options.headers, Authorization: `Token ${SANDBOX_KEY}` };
					return await helpers.httpRequest({ ...options, url, headers });
				},
			},
		}) as typeof helpers;
		Object.defineProperty(context, 'helpers', { value: redirected });
		return await vidu.execute.call(context, response);
	});
	const vidu = (): RunOptions => ({
		credentials: { Vidu: { type: 'viduApi', data: { apiKey: SANDBOX_KEY } } },
		nodeTypes: [remote],
	});

	test('gives none away, sleeps by the clock, and tells how to be called back', async () => {
		const tested = clip({}, { type: 'test.remote', parameters: { downloadVideo: false } });
		const begun = await stage.suspend(['one'], tested, vidu());
		expect(Object(stage.orders()[0]?.body)).not.toHaveProperty('callback_url');
		const done = await stage.sleepOn(begun);
		expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
		expect(done.hints(NAME).map(({ message }) => message)).toEqual([
			expect.stringMatching(/not a public https address.*set N8N_WEBHOOK_URL/),
		]);
		expect(stage.sandbox.deliveries()).toEqual([]);
	});
});

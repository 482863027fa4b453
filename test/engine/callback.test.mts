import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { signCallback } from '../../sandbox/callbacks.mts';
import { contextExpression } from '../../nodes/Vidu/callbacks/nodeContext.ts';
import { workflowLibrary } from './harness/n8n.mts';
import { NodeTypes } from './harness/nodeTypes.mts';
import { runWorkflow, type InputItem, type RunOptions } from './harness/run.mts';
import { WaitingRoom } from './harness/waitingRoom.mts';
import { chain, node } from './harness/workflow.mts';

/** A clip is ready after a second, which a busy machine may need to suspend; a callback that fails is repeated after 0.7 s. */
const SANDBOX = { speed: 90, renderSeconds: 90, callbackRetrySeconds: 60 };

let sandbox: Sandbox;
let room: WaitingRoom;

beforeAll(async () => {
	sandbox = await startSandbox(SANDBOX);
	room = await WaitingRoom.open();
});

afterEach(() => sandbox.reset());

afterAll(async () => {
	await sandbox.close();
	await room.close();
});

function clip(options: IDataObject = {}, settings: Partial<INode> = {}): INode {
	return node({
		name: 'Clip "A"',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: {
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: '={{ $json.prompt }}',
			waitMode: 'callback',
			options: { skipUrlCheck: true, ...options },
		},
		...settings,
	});
}

const failures = node({ name: 'Failures', type: 'n8n-nodes-base.noOp' });
const NAME = 'Clip "A"';

const account = (data: IDataObject = {}): RunOptions => ({
	credentials: {
		Vidu: {
			type: 'viduApi',
			data: { apiKey: SANDBOX_KEY, baseUrl: sandbox.url, ...data } as never,
		},
	},
});

const rows = (prompts: string[]): InputItem[] => prompts.map((prompt) => ({ json: { prompt } }));
const looks = () => sandbox.requests().filter(({ method }) => method === 'GET');
const statuses = (id: string) =>
	room.answers.filter(({ execution }) => execution === id).map(({ status }) => status);

/** What the clip of an item was ordered with. */
const promptOf = ({ json }: INodeExecutionData) =>
	sandbox.tasks().find(({ id }) => id === json.taskId)?.prompt;

async function suspend(prompts: string[], tested = clip(), options: RunOptions = {}) {
	const workflow = chain([tested], tested.onError === 'continueErrorOutput' ? failures : undefined);
	return await room.suspend(workflow, { ...account(), items: rows(prompts), ...options });
}

/** Posts a callback as the provider would, or nearly so. */
async function post(
	index: number,
	body: IDataObject,
	headers: Record<string, string | undefined> = {},
): Promise<number> {
	return await repeatable(index)(body, headers);
}

/** A callback that can be posted again, with the same nonce and signature. */
function repeatable(index: number) {
	const url = sentUrl(index);
	const signed = signCallback(SANDBOX_KEY, url, new Date().toUTCString(), randomUUID());
	return async (body: IDataObject, headers: Record<string, string | undefined> = {}) => {
		const all = Object.entries({ ...signed, 'Content-Type': 'application/json', ...headers });
		const answer = await fetch(url, {
			method: 'POST',
			headers: Object.fromEntries(
				all.filter((entry): entry is [string, string] => entry[1] !== undefined),
			),
			body: JSON.stringify(body),
		});
		return answer.status;
	};
}

const sentUrl = (index: number) =>
	String(
		(
			sandbox.requests().filter(({ method }) => method === 'POST')[index]?.body as
				| IDataObject
				| undefined
		)?.callback_url,
	);

describe('waiting by callback', () => {
	test('suspends, and resumes once with every item in order, paired, with its own video', async () => {
		const { id, suspended, resumed } = await suspend(['one', 'two [render=30]', 'three']);
		expect(suspended.status).toBe('waiting');
		const done = await resumed;
		const items = done.items(NAME);
		expect(done.status).toBe('success');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(items.map(promptOf)).toEqual(['one', 'two [render=30]', 'three']);
		for (const item of items) {
			expect(item.json).toMatchObject({ state: 'succeeded', credits: 35 });
			expect(item.json.createdAt).not.toBeNull();
			expect((await done.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
		}
		// 409: told that it is processed, before n8n had stored the execution.
		expect(statuses(id).filter((status) => status !== 200 && status !== 409)).toEqual([]);
	});

	test('asks for the status of one clip twice at most', async () => {
		const { resumed } = await suspend(['one']);
		await resumed;
		const asked = looks().filter(({ path }) => path.startsWith('/ent/v2/tasks'));
		expect(asked.length).toBeLessThanOrEqual(2);
	});

	test('a callback while the provider works leaves the execution suspended', async () => {
		const { id, resumed } = await suspend(['one']);
		const before = looks().length;
		expect(await post(0, { state: 'processing' })).toBe(200);
		expect(looks()).toHaveLength(before);
		expect(statuses(id)).toContain(200);
		await resumed;
	});

	test('three last callbacks at the same moment make one result', async () => {
		const { id, resumed } = await suspend([
			'one [callback=none]',
			'two [callback=none]',
			'three [callback=none]',
		]);
		await until(() => sandbox.tasks().every(({ stage }) => stage === 'success'));
		const answers = await Promise.all(
			[0, 1, 2].map(async (index) => await post(index, { state: 'success' })),
		);
		expect(answers).toEqual([200, 200, 200]);
		const done = await resumed;
		expect(done.items(NAME)).toHaveLength(3);
		expect(statuses(id).filter((status) => status !== 200)).toEqual([]);
	});

	test.each([
		['no signature', { 'X-HMAC-SIGNATURE': undefined }],
		['another signature', { 'X-HMAC-SIGNATURE': Buffer.alloc(32).toString('base64') }],
		['another algorithm', { 'X-HMAC-ALGORITHM': 'none' }],
		['another access key', { 'X-HMAC-ACCESS-KEY': 'mallory' }],
	])('a callback with %s gets 401, costs no request and resumes nothing', async (_, headers) => {
		const { resumed } = await suspend(['one [callback=none]']);
		await until(() => sandbox.tasks()[0]?.stage === 'success');
		const before = sandbox.requests().length;
		expect(await post(0, { state: 'success' }, headers)).toBe(401);
		expect(sandbox.requests()).toHaveLength(before);
		expect(await post(0, { state: 'success' })).toBe(200);
		await resumed;
	});

	test("a changed body changes nothing: what the provider's API says comes out", async () => {
		const { resumed } = await suspend(['one [callback=none]']);
		await until(() => sandbox.tasks()[0]?.stage === 'success');
		const creations = [{ id: '1', url: 'https://evil.example/video.mp4', cover_url: '' }];
		await post(0, { id: '666', state: 'success', credits: 0, creations });
		const [item] = (await resumed).items(NAME);
		expect(item?.json).toMatchObject({ taskId: sandbox.tasks()[0]?.id, state: 'succeeded' });
		expect(JSON.stringify(item?.json)).not.toContain('evil');
	});

	test('a failed clip is an item with its error, and the others come out', async () => {
		const { resumed } = await suspend(['one', 'two [fail=CreationPolicyViolation]']);
		const done = await resumed;
		expect(done.status).toBe('success');
		expect(done.items(NAME).map(({ json }) => json.state)).toEqual(['succeeded', 'failed']);
		expect(done.items(NAME)[1]?.json.error).toMatchObject({ code: 'CreationPolicyViolation' });
	});

	test('with an error output the failed clip goes there', async () => {
		const { resumed } = await suspend(
			['one', 'two [fail=CreationPolicyViolation]'],
			clip({}, { onError: 'continueErrorOutput' }),
		);
		const done = await resumed;
		expect(done.items(NAME).map(promptOf)).toEqual(['one']);
		expect(done.items(NAME, 1)).toHaveLength(1);
		expect(JSON.stringify(done.items(NAME, 1))).toContain('CreationPolicyViolation');
	});

	test('when every clip failed the execution fails, with the first reason', async () => {
		const { resumed } = await suspend([
			'one [fail=CreationPolicyViolation]',
			'two [fail=AuditFailed]',
		]);
		const done = await resumed;
		expect(done.status).toBe('error');
		expect(done.error?.message).toContain('CreationPolicyViolation');
	});

	test('a node of an old workflow that continues on fail gives an item for every failed clip', async () => {
		const { resumed } = await suspend(
			['one [fail=CreationPolicyViolation]', 'two [fail=AuditFailed]'],
			clip({}, { continueOnFail: true }),
		);
		const done = await resumed;
		expect(done.status).toBe('success');
		const codes = done.items(NAME).map(({ json }) => (json.error as IDataObject).code);
		expect(codes).toEqual(['CreationPolicyViolation', 'AuditFailed']);
	});

	test('past the deadline the execution fails and lists the tasks', async () => {
		const { id, resumed } = await suspend(['one [callback=none]', 'two [callback=none]']);
		await room.expire(id);
		const done = await resumed;
		expect(done.status).toBe('error');
		for (const task of sandbox.tasks()) expect(done.error?.description).toContain(task.id);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'past the deadline, with On Error on %s, every item says which task it waits for',
		async (onError) => {
			const { id, resumed } = await suspend(
				['one [callback=none]', 'two [callback=none]'],
				clip({}, { onError }),
			);
			await room.expire(id);
			const done = await resumed;
			const items = done.items(NAME, onError === 'continueErrorOutput' ? 1 : 0);
			expect(items).toHaveLength(2);
			for (const [index, item] of items.entries()) {
				expect(JSON.stringify(item.json)).toContain(sandbox.tasks()[index]?.id);
				expect(JSON.stringify(item.json.error)).toMatch(/did not call back/);
			}
		},
	);

	test('clips that are ready before the execution is stored come out without suspending', async () => {
		const done = await runWorkflow(chain([clip()]), {
			...account(),
			items: rows(['one [render=0] [queue=0]']),
			webhookWaitingUrl: room.url,
		});
		expect(done.status).toBe('success');
		expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
	});

	test('a clip that the API shows running a moment longer than its callback says comes out as well', async () => {
		const { resumed } = await suspend(['one [callback=none] [render=180]']);
		expect(await post(0, { state: 'success' })).toBe(200);
		expect((await resumed).items(NAME)[0]?.json.state).toBe('succeeded');
	});

	test.each([
		['success', { creations: [{ id: '1', url: 'https://evil.example/video.mp4', cover_url: '' }] }],
		['failed', { err_code: 'AuditFailed' }],
	])(
		'a body that says %s while the API shows the clip running is to be repeated, and is no result',
		async (state, more) => {
			const { resumed } = await suspend(['one [callback=none] [render=900]']);
			const callback = repeatable(0);
			expect(await callback({ state, ...more })).toBe(503);
			await until(() => sandbox.tasks()[0]?.stage === 'success');
			expect(await callback({ state, ...more })).toBe(200);
			const [item] = (await resumed).items(NAME);
			expect(item?.json).toMatchObject({ state: 'succeeded' });
			expect(JSON.stringify(item?.json)).not.toMatch(/evil|AuditFailed/);
		},
	);

	test('a clip whose callback the API does not bear out yet is to be repeated, also while others run', async () => {
		const { resumed } = await suspend([
			'one [callback=none] [render=900]',
			'two [callback=none] [render=900]',
		]);
		expect(await post(0, { state: 'success' })).toBe(503);
		await until(() => sandbox.tasks().every(({ stage }) => stage === 'success'));
		expect(await post(0, { state: 'success' })).toBe(200);
		expect((await resumed).items(NAME)).toHaveLength(2);
	});

	test('the nonce of a callback is good once, also while the provider works', async () => {
		const { id, resumed } = await suspend(['one [callback=none]']);
		const callback = repeatable(0);
		expect(await callback({ state: 'processing' })).toBe(200);
		await until(() => sandbox.tasks()[0]?.stage === 'success');
		const before = looks().length;
		expect(await callback({ state: 'success' })).toBe(200);
		expect(looks()).toHaveLength(before);
		expect(statuses(id)).toEqual([200, 200]);
		await post(0, { state: 'success' });
		await resumed;
	});

	test.each([
		'`}}`',
		"It's ${1} {{ $json }}",
		'back\\slash \\" \\u0041',
		'two\u2028lines\u2029\n',
		'x .constructor',
	])('a node called %j is resumed', async (name) => {
		const { resumed } = await suspend(['one'], clip({}, { id: 'clip', name }));
		expect((await resumed).items(name)[0]?.json.state).toBe('succeeded');
	});

	test('the context of a node is read whatever its name', () => {
		// n8n gives every node a name.
		const minLength = 1;
		const odd = fc.string({
			minLength,
			unit: fc.constantFrom(...'"\'`{}$\\\u2028\u2029\n\0 .=ux41'),
		});
		const names = fc.oneof(
			odd,
			...(['binary', 'grapheme'] as const).map((unit) => fc.string({ minLength, unit })),
		);
		const nodeTypes = new NodeTypes([], []);
		fc.assert(
			fc.property(names, (name) => {
				const tested = node({ name, type: 'n8n-nodes-base.noOp' });
				const nodes = [tested, { ...tested, name: `${name}2` }];
				const workflow = new workflowLibrary.Workflow({
					nodes,
					nodeTypes,
					connections: {},
					active: false,
				});
				const data = workflowLibrary.createRunExecutionData({
					executionData: { contextData: { [`node:${name}`]: { own: name } } },
				});
				const value = workflow.expression.resolveSimpleParameterValue(
					`=${contextExpression(name)}`,
					{},
					data,
					0,
					0,
					name,
					[],
					'manual',
					{},
				);
				expect((value as unknown as IDataObject).own).toBe(name);
			}),
			{ numRuns: 300 },
		);
	});

	test('two nodes of one workflow that wait one after the other are both resumed', async () => {
		const second = clip({}, { name: 'Second' });
		second.parameters.prompt = 'two';
		const workflow = chain([clip(), second]);
		const { resumed } = await room.suspend(workflow, { ...account(), items: rows(['one']) });
		const done = await resumed;
		expect(done.items('Second').map(promptOf)).toEqual(['two']);
		expect(sandbox.ledger()).toHaveLength(2);
	});

	test('Retry On Fail keeps what is bought, and its callbacks come to the same execution', async () => {
		const refusing = `$itemIndex === 1 && Date.now() < ${Date.now() + 300}`;
		const tested = clip(
			{ maxConcurrency: 1 },
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 500 },
		);
		tested.parameters.prompt = `={{ $json.prompt + (${refusing} ? " [reject=FieldInvalid]" : "") }}`;
		const { resumed } = await suspend(['one', 'two'], tested);
		const done = await resumed;
		expect(done.items(NAME).map(promptOf)).toEqual(['one', 'two']);
		expect(sandbox.ledger()).toHaveLength(2);
	});

	test('a hundred clips in one execution come out in order', async () => {
		const prompts = Array.from({ length: 100 }, (_, index) => `clip ${index}`);
		const { resumed } = await suspend(prompts, clip({ maxConcurrency: 20, pollInterval: 1 }));
		const done = await resumed;
		expect(done.items(NAME).map(promptOf)).toEqual(prompts);
	}, 120_000);

	test('a callback of an earlier turn of a loop does not end a later one', async () => {
		const { id, resumed } = await suspend(['one [callback=none]']);
		await until(() => sandbox.tasks()[0]?.stage === 'success');
		const url = sentUrl(0);
		const other = url.replace(/item=0\./, 'item=7.');
		const signed = signCallback(SANDBOX_KEY, other, new Date().toUTCString(), 'nonce-turn');
		const headers = { ...signed, 'Content-Type': 'application/json' };
		const answer = await fetch(other, { method: 'POST', headers, body: '{"state":"success"}' });
		expect(answer.status).toBe(200);
		expect(statuses(id)).toEqual([200]);
		await post(0, { state: 'success' });
		await resumed;
	});

	test('an unsigned callback (kkiai) is a reason to ask the API, no more', async () => {
		const { resumed } = await suspend(
			['one [callback=none] [render=900]'],
			clip({}, { parameters: { ...clip().parameters, model: 'viduq2' } }),
			account({ provider: 'kkiai', apiKey: GATEWAY_KEYS.kkiai }),
		);
		expect(await post(0, { state: 'success' }, { 'X-HMAC-SIGNATURE': undefined })).toBe(503);
		await until(() => sandbox.tasks()[0]?.stage === 'success');
		expect(await post(0, { state: 'success' }, { 'X-HMAC-SIGNATURE': undefined })).toBe(200);
		expect((await resumed).items(NAME)[0]?.json).toMatchObject({
			provider: 'kkiai',
			state: 'succeeded',
		});
	});
});

describe('before anything is bought', () => {
	test('an address that no provider can reach is refused, and WEBHOOK_URL named', async () => {
		const done = await runWorkflow(chain([clip({ skipUrlCheck: false })]), {
			...account(),
			items: rows(['one']),
		});
		expect(`${done.error?.message} ${done.error?.description}`).toMatch(/WEBHOOK_URL/);
		expect(sandbox.ledger()).toHaveLength(0);
	});

	test.each(['octopusx', 'vtrix', 'jiekou'] as const)(
		'%s, which calls nobody back, is refused by name',
		async (provider) => {
			const done = await runWorkflow(chain([clip()]), {
				...account({ provider, apiKey: GATEWAY_KEYS[provider] }),
				items: rows(['one']),
			});
			expect(done.error?.message).toMatch(/calls nobody back; providers that do: Vidu, kkiai/);
			expect(sandbox.ledger()).toHaveLength(0);
		},
	);

	test("the user's own Callback URL beside it is refused", async () => {
		const done = await runWorkflow(chain([clip({ callbackUrl: 'https://example.com/hook' })]), {
			...account(),
			items: rows(['one']),
		});
		expect(done.error?.message).toContain('"Callback URL" is set');
		expect(sandbox.ledger()).toHaveLength(0);
	});
});

async function until(done: () => boolean): Promise<void> {
	while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
}

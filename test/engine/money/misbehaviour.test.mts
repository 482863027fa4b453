/** What providers, n8n and people do wrong, each as a story: nothing paid is lost, nothing is bought twice. */
import { inspect } from 'node:util';
import type { INode } from 'n8n-workflow';
import { submissionsOfProcess } from '../../../nodes/Vidu/tasks/submit/thisProcess.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { startAnswers, type Answers, type Given } from '../harness/answers.mts';
import { account, clip, errorText, rows, until } from '../harness/clip.mts';
import { core, onLog, type LogEntry } from '../harness/n8n.mts';
import { runWorkflow, startWorkflow, type Run, type RunOptions } from '../harness/run.mts';
import { chain } from '../harness/workflow.mts';

const ID = '911084878697623552';
const CREATED: Given = { status: 200, body: { task_id: ID, state: 'created' } };
const RUNNING: Given = { status: 200, body: { state: 'processing' } };
const DONE: Given = {
	status: 200,
	body: { state: 'success', creations: [{ id: '1', url: 'https://cdn.example/clip.mp4' }] },
};
const refused = (status: number): Given => ({ status, body: { code: status, message: 'no' } });

let provider: Answers;
let sandbox: Sandbox;

beforeAll(async () => {
	provider = await startAnswers();
	sandbox = await startSandbox({ speed: 3000, renderSeconds: 90, credits: 1e6 });
});

beforeEach(() => sandbox.reset());

afterAll(async () => {
	await provider.close();
	await sandbox.close();
});

const run = async (tested: INode, options: RunOptions): Promise<Run> =>
	await runWorkflow(chain([tested]), options);
const orders = () => sandbox.requests().filter(({ method }) => method === 'POST');
const ids = (done: Run) => done.items('Clip').map(({ json }) => json.taskId);

/** As after a restart: this process has forgotten what it bought. */
function forgetPurchases(): void {
	const others = submissionsOfProcess('elsewhere');
	for (let each = 0; each < 5000; each++) {
		others.set(String(each), { state: 'submitted', taskId: '1', at: 1 });
	}
}

describe('odd answers about a task that was bought', () => {
	test.each([
		['a 401', [refused(401)]],
		['a 403', [refused(403)]],
		['a 400', [refused(400)]],
		['a 404', [refused(404)]],
		['the page of a firewall', [{ status: 403, body: '<html>Request blocked</html>' }]],
		['a page with 200', [{ status: 200, body: '<html>One moment</html>' }]],
		['a success without a result', [{ status: 200, body: { state: 'success', creations: [] } }]],
		['an absurd Retry-After', [{ ...refused(429), headers: { 'Retry-After': '0' } }]],
		['nothing', [{ status: 200, body: '' }]],
	])('%s, once, does not end it', async (_, odd) => {
		provider.say([CREATED], [RUNNING, ...(odd as Given[]), DONE]);
		const done = await run(clip(), { ...account(provider.url), items: rows('a') });
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(ids(done)).toEqual([ID]);
		expect(provider.count('POST')).toBe(1);
	});

	test('a success that stays without a result fails after a while, says so, and is never bought again', async () => {
		provider.say([CREATED], [{ status: 200, body: { state: 'success', creations: [] } }]);
		const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const done = await run(clip({}, again), { ...account(provider.url), items: rows('a') });
		expect(errorText(done)).toContain('lists no result');
		expect(errorText(done)).toContain(ID);
		expect(provider.count('POST')).toBe(1);
	});

	test.each([403, 404])(
		'a list that is refused with %i is not asked again: tasks are read one by one',
		async (status) => {
			provider.say(
				[CREATED, { ...CREATED, body: { task_id: '2', state: 'created' } }],
				[RUNNING, RUNNING, RUNNING, RUNNING, DONE],
				[refused(status)],
			);
			const done = await run(clip({ timeout: 20 }), {
				...account(provider.url),
				items: rows('a', 'b'),
			});
			expect(errorText(done)).toBe('undefined\nundefined');
			expect(ids(done)).toEqual([ID, '2']);
			expect(provider.count('LIST')).toBe(1);
		},
	);

	test('a clock that is set while a task runs makes it no older', async () => {
		provider.say([CREATED], [...Array.from({ length: 20 }, () => RUNNING), DONE]);
		const running = run(clip({ timeout: 600 }), { ...account(provider.url), items: rows('a') });
		await until(() => provider.count('GET') > 0);
		const real = Date.now;
		Date.now = () => real() + 3_600_000;
		try {
			expect(errorText(await running)).toBe('undefined\nundefined');
		} finally {
			Date.now = real;
		}
	});
});

test('an n8n without custom data keeps what was bought, also through its retries', async () => {
	const base = Object.getPrototypeOf(core.ExecuteContext.prototype) as object;
	let owner: object | null = core.ExecuteContext.prototype;
	while (owner !== null && !Object.getOwnPropertyDescriptor(owner, 'customData')) {
		owner = Object.getPrototypeOf(owner) as object | null;
	}
	const target = owner ?? base;
	const kept = Object.getOwnPropertyDescriptor(target, 'customData');
	Object.defineProperty(target, 'customData', { configurable: true, get: () => undefined });
	try {
		const done = await run(clip(), { ...account(sandbox.url), items: rows('a') });
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(orders()).toHaveLength(1);
	} finally {
		if (kept) Object.defineProperty(target, 'customData', kept);
		else delete (target as { customData?: unknown }).customData;
	}
});

test('a failed clip that cannot be read for a moment hides nothing of the order that followed it', async () => {
	const failed: Given = { status: 200, body: { state: 'failed', err_code: 'Audit', credits: 0 } };
	const lost: Given = { status: 200, body: '' };
	// The first try buys, the second buys anew and gets no answer, the third cannot read the first task at once.
	provider.say([CREATED, lost], [failed, failed, refused(403), failed]);
	const custom = { provider: 'custom', apiKey: 'sk-custom', pathPrefix: '/vidu' };
	const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const done = await run(clip({}, { ...again, onError: 'continueRegularOutput' }), {
		...account(provider.url, custom),
		items: rows('a'),
	});
	expect(inspect(done.items('Clip')[0]?.json.error)).toMatch(/may or may not have accepted/);
	expect(provider.count('POST')).toBe(2);
});

test('every task is named in the log the moment it is bought', async () => {
	const done = await run(clip(), { ...account(sandbox.url), items: rows('a', 'b') });
	const lines = done.logs.filter(({ level }) => level === 'info').map(({ message }) => message);
	for (const { id } of sandbox.tasks()) {
		expect(lines.filter((line) => line.includes(id))).toHaveLength(1);
	}
});

describe('an order that is answered after Stop', () => {
	const logs: LogEntry[] = [];
	let stopListening: () => void;
	beforeEach(() => {
		logs.length = 0;
		stopListening = onLog((entry) => logs.push(entry));
	});
	afterEach(() => stopListening());

	test.each([
		['leave', 'queueing'],
		['cancel', 'cancelled'],
	])('is named in the log; with On Stop on "%s" its task ends as %s', async (onStop, stage) => {
		const execution = await startWorkflow(chain([clip({ onStop })]), {
			...account(sandbox.url),
			items: rows('a [slow=1500] [queue=1000000]'),
		});
		await until(() => orders().length === 1);
		await execution.stop();
		await until(() => inspect(logs).includes('arrived after that'));
		const [task] = sandbox.tasks();
		expect(inspect(logs)).toMatch(new RegExp(`task ${task?.id} arrived after that`));
		expect(task?.stage).toBe(stage);
	});
});

test('a server that cannot be reached is tried for a while, with a line in the log for each pause, and nothing is sent', async () => {
	const done = await run(clip(), { ...account('http://127.0.0.1:1'), items: rows('a', 'b', 'c') });
	expect(errorText(done)).toMatch(/could not be reached.*\nNothing was sent/);
	expect(JSON.stringify(done.logs)).toMatch(/Vidu: waiting \d+ s: Vidu could not be reached/);
});

describe('On Stop', () => {
	test('is honoured for each item by itself', async () => {
		const tested = clip({ onStop: '={{ $itemIndex === 1 ? "cancel" : "leave" }}' });
		const execution = await startWorkflow(chain([tested]), {
			...account(sandbox.url),
			items: rows('a [queue=1000000]', 'b [queue=1000000]'),
		});
		await until(() => sandbox.tasks().length === 2);
		await new Promise((resolve) => setTimeout(resolve, 50));
		await execution.stop();
		const stages = Object.fromEntries(
			sandbox.tasks().map(({ prompt, stage }) => [prompt.charAt(0), stage]),
		);
		expect(stages).toEqual({ a: 'queueing', b: 'cancelled' });
	});
});

describe('Retry pressed twice on one failed execution', () => {
	const failing = ['first', 'second [reject=FieldInvalid] [times=1]'];
	const fail = async () =>
		await run(clip({ maxConcurrency: 1 }), { ...account(sandbox.url), items: rows(...failing) });
	const retry = async (failed: Run) =>
		await run(clip(), { ...account(sandbox.url), items: undefined, retryOf: failed });

	test('buys once what was missing, also at the same moment', async () => {
		const failed = await fail();
		const both = await Promise.all([retry(failed), retry(failed)]);
		const later = await retry(failed);
		expect(sandbox.ledger()).toHaveLength(2);
		for (const done of [...both, later]) expect(ids(done)).toEqual(ids(later));
	});

	test('finds what another process bought by the mark in the payload', async () => {
		const failed = await fail();
		const first = await retry(failed);
		forgetPurchases();
		expect(ids(await retry(failed))).toEqual(ids(first));
		expect(sandbox.ledger()).toHaveLength(2);
	});
});

/** A failed execution at a provider that cannot be searched, which takes the next order. @returns how to retry it */
async function failAtGateway(): Promise<() => Promise<Run>> {
	const gateway = account(provider.url, { provider: 'octopusx', apiKey: 'sk-octopus' });
	const made: Given = { status: 200, body: { task_id: 'T1', status: 'processing' } };
	const done: Given = {
		status: 200,
		body: { task_id: 'T1', status: 'completed', video_url: 'https://a.b/c.mp4' },
	};
	provider.say([refused(400), made], [done]);
	const failed = await run(clip(), { ...gateway, items: rows('a') });
	return async () => await run(clip(), { ...gateway, items: undefined, retryOf: failed });
}

test('two Retries at the same moment give the same clip, also where the provider cannot be searched', async () => {
	const retry = await failAtGateway();
	const both = await Promise.all([retry(), retry()]);
	expect(both.map(ids)).toEqual([['T1'], ['T1']]);
	expect(provider.count('POST')).toBe(2);
});

test('a second Retry elsewhere is an error, not a second clip, where the provider cannot be searched', async () => {
	const retry = await failAtGateway();
	expect(ids(await retry())).toEqual(['T1']);
	forgetPurchases();
	expect(errorText(await retry())).toMatch(/Another attempt of this execution.*\nNothing was sent/);
	expect(provider.count('POST')).toBe(2);
});

describe('a deduplication key', () => {
	test('is bought for once by executions at the same moment', async () => {
		const runs = await Promise.all(
			['a', 'b', 'c'].map(
				async (prompt) =>
					await run(clip({ dedupeKey: 'same moment' }), {
						...account(sandbox.url),
						items: rows(prompt),
					}),
			),
		);
		expect(sandbox.ledger()).toHaveLength(1);
		expect(new Set(runs.flatMap(ids)).size).toBe(1);
	});

	test('is kept where an execution that began earlier ends later, and where the node gets another name', async () => {
		const long = await startWorkflow(chain([clip({ dedupeKey: 'long' })]), {
			...account(sandbox.url),
			items: rows('a [render=3000]'),
		});
		await run(clip({ dedupeKey: 'short' }), { ...account(sandbox.url), items: rows('b') });
		const { staticData } = await long.finished;
		const renamed = { ...clip({ dedupeKey: 'short' }), id: 'Clip', name: 'Another' };
		await run(renamed, { ...account(sandbox.url), items: rows('b'), staticData });
		expect(sandbox.ledger()).toHaveLength(2);
	});

	test('gives the clip that the node bought under another name, also after a restart', async () => {
		provider.say(
			[{ status: 200, body: { task_id: 'T2', status: 'processing' } }],
			[
				{
					status: 200,
					body: { task_id: 'T2', status: 'completed', video_url: 'https://a.b/c.mp4' },
				},
			],
		);
		const keyed = clip({ dedupeKey: 'renamed' });
		const options = {
			...account(provider.url, { provider: 'octopusx', apiKey: 'sk-octopus' }),
			items: rows('a'),
		};
		const { staticData } = await run(keyed, options);
		forgetPurchases();
		const again = await run({ ...keyed, name: 'Another' }, { ...options, staticData });
		expect(again.items('Another').map(({ json }) => json.taskId)).toEqual(['T2']);
		expect(provider.count('POST')).toBe(1);
	});

	test('whose clip was bought elsewhere and cannot be found again is an error that says so, not a second clip', async () => {
		const gateway = { provider: 'octopusx', apiKey: 'sk-octopus' };
		provider.say(
			[{ status: 200, body: { task_id: 'T1', status: 'processing' } }],
			[
				{
					status: 200,
					body: { task_id: 'T1', status: 'completed', video_url: 'https://a.b/c.mp4' },
				},
			],
		);
		const keyed = clip({ dedupeKey: 'elsewhere' });
		const options = { ...account(provider.url, gateway), items: rows('a') };
		expect(ids(await run(keyed, options))).toEqual(['T1']);
		forgetPurchases();
		const second = await run(keyed, options);
		expect(errorText(second)).toMatch(/"elsewhere" was used before.*\nNothing was sent/);
		expect(provider.count('POST')).toBe(1);
	});

	test('is free again after an order that was refused', async () => {
		const refusedFirst = 'a [reject=FieldInvalid] [times=1]';
		const keyed = clip({ dedupeKey: 'refused' });
		const first = await run(keyed, { ...account(sandbox.url), items: rows(refusedFirst) });
		expect(first.status).toBe('error');
		const second = await run(keyed, { ...account(sandbox.url), items: rows(refusedFirst) });
		expect(errorText(second)).toBe('undefined\nundefined');
		expect(sandbox.ledger()).toHaveLength(1);
	});
});

test('settings that hold for the whole run, but differ between items, are refused before anything is sent', async () => {
	const tested = clip({ maxConcurrency: '={{ $itemIndex + 1 }}' });
	const done = await run(tested, { ...account(sandbox.url), items: rows('a', 'b') });
	expect(errorText(done)).toMatch(
		/"Max Concurrency" is 1 for item 0 and 2 for item 1, but must be the same for all items\nNothing was sent/,
	);
	expect(orders()).toEqual([]);
});

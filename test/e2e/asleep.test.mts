/**
 * Nodes that wait without a worker, in a real n8n on SQLite whose clock is fast. All workflows run at
 * the same time; each test looks at the execution of one.
 */
import type { IDataObject } from 'n8n-workflow';
import type { TaskSummary } from '../../sandbox/server.mts';
import { output, type Execution, type WorkflowJson } from '../../scripts/n8nClient.mts';
import { start } from '../engine/harness/workflow.mts';
import { call, clip, flow, rows, type ClipOptions } from './flows.mts';
import { BAD, CLIP, SCENES, subWorkflow, Tasks } from './scenes.mts';
import { openSession, type Session } from './session.mts';
import { publish, until } from './waiting.mts';

/** Nobody rings, so that it is the clock that wakes the execution. */
const SILENT = '[callback=none]';
const NEVER = '[never]';
/** So long that the clock does not wake it in a test. Seconds. */
const LONG_SLEEP = { options: { pollInterval: 24 * 3600 } };
const HASTY = { options: { timeout: 20 } };
/** Made after the deadline of 20 s, and soon after it. */
const LATE = '[render=750]';

let session: Session;
const executions = new Map<string, string>();
/** Ids of executions that were seen asleep. */
const slept = new Set<string>();
let watching = true;

beforeAll(async () => {
	session = await openSession();
	await Promise.all(
		Object.entries(await workflows()).map(async ([name, workflow]) => {
			executions.set(name, await begin(workflow));
		}),
	);
	void watch();
	const stopped = executions.get('stopped') ?? '';
	await until(() => slept.has(stopped), 100);
	await session.client.stop(stopped);
});

afterAll(() => {
	watching = false;
});

async function workflows(): Promise<Record<string, WorkflowJson>> {
	const { client, credential } = session;
	const sub = await publish(client, subWorkflow(credential));
	const scenes = SCENES.map(({ title, workflow }) => [title, workflow({ start, credential, sub })]);
	const alone = (name: string, prompts: string[], options?: ClipOptions) =>
		flow(name, [start, rows(prompts), clip(CLIP, credential, options)], `Start > Rows > ${CLIP}`);
	const calls = (name: string, prompt: string, waits: boolean) =>
		flow(name, [start, rows([prompt]), call(sub, waits)], 'Start > Rows > Call');
	const late = [`late 0 ${SILENT} ${LATE}`, `late 1 ${SILENT}`];
	const never = (name: string) => [`${name} 0 ${NEVER}`, `${name} 1 ${NEVER}`];
	const then = (onError: 'continueRegularOutput' | 'continueErrorOutput') => ({
		...HASTY,
		settings: { onError },
	});
	return {
		...(Object.fromEntries(scenes) as Record<string, WorkflowJson>),
		rung: alone('Rung', ['rung 0', 'rung 1', 'rung 2']),
		clock: alone('By the clock', [`clock 0 ${SILENT}`, `clock 1 ${SILENT}`]),
		'let go': calls('Calls', 'let go', false),
		'in vain': calls('Calls what fails', `in vain ${BAD}`, true),
		fails: alone('Fails', [`fails 0 ${BAD}`, `fails 1 ${BAD}`]),
		ordered: flow(
			'Ordered now, waited for later',
			[
				start,
				rows(['ordered 0', 'ordered 1']),
				clip(CLIP, credential, { parameters: { waitMode: 'none' } }),
				clip('Wait', credential, {
					parameters: { resource: 'task', operation: 'wait', downloadVideo: true },
				}),
			],
			`Start > Rows > ${CLIP} > Wait`,
		),
		late: alone('Deadline', late, HASTY),
		goesOn: alone('Goes on', never('goes on'), then('continueRegularOutput')),
		branches: alone(
			'Branches',
			[`branches ${SILENT}`, ...never('branches')],
			then('continueErrorOutput'),
		),
		stopped: alone('Stopped', [`stopped ${SILENT} [render=300]`], LONG_SLEEP),
		forged: alone('Forged', [`forged ${NEVER}`], LONG_SLEEP),
	};
}

async function begin(workflow: WorkflowJson): Promise<string> {
	const id = await session.client.createWorkflow(workflow);
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('manualTrigger')) ?? start;
	return await session.client.run(id, trigger);
}

async function watch(): Promise<void> {
	while (watching) {
		for (const id of await session.client.waiting()) slept.add(id);
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
}

/** The execution of a workflow, when it has ended. */
async function done(name: string): Promise<Execution> {
	const execution = await session.client.ended(executions.get(name) ?? '', 200);
	expect([...slept]).toContain(execution.id);
	return execution;
}

async function succeeded(name: string): Promise<Execution> {
	const execution = await done(name);
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}

async function sandbox<T>(what: string): Promise<T[]> {
	return (await (await fetch(`${session.sandboxUrl}/_sandbox/${what}`)).json()) as T[];
}

const tasks = async () => new Tasks(await sandbox<TaskSummary>('tasks'));

/** Where an execution of one item is rung. */
async function bellOf(id: string): Promise<string> {
	const requests = await sandbox<{ body: IDataObject | null }>('requests');
	const urls = requests.map(({ body }) => String(body?.callback_url ?? ''));
	return urls.find((url) => url.includes(`/webhook-waiting/${id}/`)) ?? '';
}

test.each(SCENES)('$title', async ({ title, check }) => {
	check(await succeeded(title), await tasks());
});

test.each([
	['callbacks that come together', 'rung'],
	['the clock alone', 'clock'],
])('woken by %s, it goes on with all clips', async (_, name) => {
	const execution = await succeeded(name);
	const ordered = output(execution, 'Rows').map(({ json }) => json.prompt);
	expect((await tasks()).promptsOf(output(execution, CLIP))).toEqual(ordered);
});

test('a sub-workflow that nobody waits for sleeps by itself', async () => {
	const parent = await session.client.ended(executions.get('let go') ?? '');
	expect(parent.status).toBe('success');
	expect([...slept]).not.toContain(parent.id);
	const id = parent.runData.Call?.[0]?.metadata?.subExecution?.executionId ?? '';
	const child = await session.client.ended(id);
	expect([...slept]).toContain(id);
	expect((await tasks()).promptsOf(output(child, CLIP))).toEqual(['let go']);
});

test.each([
	['when every clip fails, so does the execution', 'fails'],
	['when the clip of a sub-workflow fails, so does the workflow that waits for it', 'in vain'],
])('%s', async (_, name) => {
	const execution = await done(name);
	expect(execution.status).toBe('error');
	expect(execution.error?.message).toContain('CreationPolicyViolation');
});

test('Task → Wait sleeps until what was ordered before is ready', async () => {
	const items = output(await succeeded('ordered'), 'Wait');
	expect((await tasks()).promptsOf(items)).toEqual(['ordered 0', 'ordered 1']);
	for (const item of items) {
		expect((await session.client.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
	}
});

test('what is not ready at the deadline fails with its ID; Retry buys nothing and brings all', async () => {
	const failed = await done('late');
	expect(failed.status).toBe('error');
	const [late = ''] = (await tasks()).bought('late 0');
	expect(`${failed.error?.message} ${failed.error?.description}`).toContain(late);
	const again = await session.client.retry(failed.id, false);
	expect(again.error).toBeUndefined();
	const ordered = output(failed, 'Rows').map(({ json }) => json.prompt);
	expect((await tasks()).promptsOf(output(again, CLIP))).toEqual(ordered);
	expect((await tasks()).bought('late')).toHaveLength(2);
});

test('"Continue" at the deadline brings an item with the error and the ID of each', async () => {
	const items = output(await succeeded('goesOn'), CLIP);
	expect(items).toHaveLength(2);
	for (const { json } of items) {
		expect(json.taskId).toMatch(/^\d{15,}$/);
		expect(JSON.stringify(json.error)).toMatch(/after 20 s/);
	}
});

test('at the deadline what is ready goes on, the rest to the error output', async () => {
	const execution = await succeeded('branches');
	const [good, bad] = execution.runData[CLIP]?.at(-1)?.data?.main ?? [];
	expect((await tasks()).promptsOf(good ?? [])).toEqual([`branches ${SILENT}`]);
	expect(bad).toHaveLength(2);
	expect(JSON.stringify(bad)).toMatch(/"taskId":"\d{15,}"/);
});

test('after Stop a callback is refused, and Retry goes on with the same clip', async () => {
	const { id, status } = await done('stopped');
	expect(status).toBe('canceled');
	expect((await fetch(await bellOf(id), { method: 'POST' })).status).toBe(409);
	await until(async () => (await tasks()).ready('stopped'), 60);
	const again = await session.client.retry(id, false);
	expect(again.error).toBeUndefined();
	const bought = (await tasks()).bought('stopped');
	expect(bought).toHaveLength(1);
	expect(output(again, CLIP).map(({ json }) => json.taskId)).toEqual(bought);
});

test('a hundred forged callbacks wake nothing and ask the provider nothing', async () => {
	const id = executions.get('forged') ?? '';
	await until(() => slept.has(id), 60);
	const url = await bellOf(id);
	const [taskId = 'none'] = (await tasks()).bought('forged');
	const body = JSON.stringify({ state: 'success', creations: [{ url: 'https://evil.example' }] });
	const headers = { 'Content-Type': 'application/json' };
	const asked = async () =>
		(await sandbox<{ path: string }>('requests')).filter(({ path }) => path.includes(taskId));
	const before = await asked();
	const forge = async () => (await fetch(url, { method: 'POST', headers, body })).status;
	for (let round = 0; round < 10; round++) {
		const statuses = await Promise.all(Array.from({ length: 10 }, forge));
		expect(new Set(statuses)).toEqual(new Set([401]));
	}
	expect((await session.client.execution(id)).status).toBe('waiting');
	expect(await asked()).toEqual(before);
	await session.client.stop(id);
});

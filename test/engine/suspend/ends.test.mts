/** How a run that slept ends: with all its clips, at its deadline, at a failure, or stopped; and what Retry makes of it. */
import type { IDataObject } from 'n8n-workflow';
import { startAnswers, type Answers } from '../harness/answers.mts';
import { Run } from '../harness/run.mts';
import { now } from '../harness/timeline.mts';
import { account, until } from '../harness/clip.mts';
import { clip, failures, NAME, numbered, openStage, workflowOf } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';
/** One that is ready soon, and one that takes longer than the Timeout of the tests. */
const SOON_AND_LATE = [`soon ${silent}`, `late ${silent} [render=2000]`];
const timeout = 600;

const said = (run: Run) => `${run.error?.message} ${run.error?.description}`;
const taskOf = (prompt: string) =>
	stage.sandbox.tasks().find((task) => task.prompt.startsWith(prompt));

/** "Retry" of a failed execution, to its end. */
async function retry(failed: Run, tested = clip(), original = false): Promise<Run> {
	return await stage.run(workflowOf(tested), [], { retryOf: failed, original });
}

describe('at the deadline', () => {
	test('the execution fails with the id of what is not ready, and Retry fetches that alone', async () => {
		const failed = await stage.run(workflowOf(clip({ timeout })), SOON_AND_LATE);
		expect(failed.status).toBe('error');
		expect(said(failed)).toContain(`after ${timeout} s`);
		for (const { id } of stage.sandbox.tasks()) expect(said(failed)).toContain(id);
		expect(stage.downloads()).toHaveLength(1);
		const done = await retry(failed, clip({ timeout: 9000 }));
		expect(done.status).toBe('success');
		expect(stage.promptsOf(done)).toEqual(SOON_AND_LATE);
		for (const item of done.items(NAME)) {
			expect((await done.binary(item)).subarray(4, 8).toString()).toBe('ftyp');
		}
		expect(stage.sandbox.ledger()).toHaveLength(2);
		expect(stage.downloads()).toHaveLength(2);
	});

	test('a retry of a retry buys nothing either', async () => {
		const tested = clip({ timeout: 300 });
		const first = await stage.run(workflowOf(tested), SOON_AND_LATE);
		const second = await retry(first, tested);
		expect([first.status, second.status]).toEqual(['error', 'error']);
		const done = await retry(second, clip({ timeout: 9000 }));
		expect(stage.promptsOf(done)).toEqual(SOON_AND_LATE);
		expect(stage.sandbox.ledger()).toHaveLength(2);
	});

	test.each([
		['continueRegularOutput', 0],
		['continueErrorOutput', 1],
	] as const)(
		'with On Error on %s what is ready comes out, and the rest as errors with their ids',
		async (onError, output) => {
			const done = await stage.run(workflowOf(clip({ timeout }, { onError })), SOON_AND_LATE);
			expect(done.status).toBe('success');
			expect(stage.promptsOf(done)[0]).toBe(SOON_AND_LATE[0]);
			const error = done.items(NAME, output).at(-1);
			expect(JSON.stringify(error?.json)).toContain(taskOf('late')?.id);
			expect(JSON.stringify(error?.json.error)).toContain('increase \\"Timeout (Seconds)\\"');
			expect(error?.pairedItem).toEqual({ item: 1 });
		},
	);

	test.each([
		['24 hours', {}, 86_400],
		['48 hours and ten minutes off-peak', { offPeak: true }, 173_400],
	])(
		'which is %s unless set',
		async (_, options: IDataObject, seconds) => {
			const began = now();
			const begun = await stage.suspend([`one ${silent} [never]`], clip(options));
			const done = await stage.sleepOn(begun);
			expect(said(done)).toContain(`after ${seconds} s`);
			const took = (now() - began) / 1000;
			expect(took).toBeGreaterThanOrEqual(seconds);
			expect(took).toBeLessThan(seconds + 120);
		},
		120_000,
	);

	test('items that wait for their place have all of their own time', async () => {
		const prompts = numbered(3, `${silent} [render=500]`);
		const done = await stage.run(workflowOf(clip({ timeout, maxConcurrency: 1 })), prompts);
		expect(stage.promptsOf(done)).toEqual(prompts);
	});
});

describe('a clip that fails', () => {
	const failing = [
		`one ${silent}`,
		`two ${silent} [fail=CreationPolicyViolation]`,
		`three ${silent} [render=2000]`,
	];

	test('ends the execution at the wake-up that sees it; the others are named, and Retry picks them up', async () => {
		const begun = await stage.suspend(failing);
		await stage.wakeUp(begun);
		await stage.wakeUp(begun);
		const failed = await begun.resumed;
		expect(failed.status).toBe('error');
		expect(said(failed)).toContain('CreationPolicyViolation');
		expect(said(failed)).toContain(taskOf('one')?.id);
		expect(said(failed)).toContain(taskOf('three')?.id);
		const again = await retry(failed);
		// The provider gave nothing for the second, and would do so again.
		expect(again.status).toBe('error');
		expect(stage.sandbox.ledger().filter(({ refunded }) => !refunded)).toHaveLength(2);
	});

	test('buys nothing more: items that were not submitted yet stay so', async () => {
		const prompts = [`one ${silent} [fail=AuditFailed]`, ...numbered(4, silent)];
		const failed = await stage.run(workflowOf(clip({ maxConcurrency: 2 })), prompts);
		expect(failed.status).toBe('error');
		expect(stage.sandbox.ledger()).toHaveLength(2);
	});

	test('is an item with its error where the others go on', async () => {
		const onError = 'continueRegularOutput';
		const done = await stage.run(workflowOf(clip({}, { onError })), failing);
		expect(done.items(NAME).map(({ json }) => json.state)).toEqual([
			'succeeded',
			'failed',
			'succeeded',
		]);
		expect(done.items(NAME)[1]?.json.error).toMatchObject({ code: 'CreationPolicyViolation' });
	});

	test('goes to the error output, in its place and paired', async () => {
		const onError = 'continueErrorOutput';
		const done = await stage.run(workflowOf(clip({}, { onError })), failing);
		expect(stage.promptsOf(done)).toEqual([failing[0], failing[2]]);
		expect(done.items(failures.name)).toHaveLength(1);
		const [error] = done.items(NAME, 1);
		expect(JSON.stringify(error)).toContain('CreationPolicyViolation');
		expect(error?.pairedItem).toEqual({ item: 1 });
	});

	test('of an old workflow that continues on fail is an item too', async () => {
		const tested = clip({}, { continueOnFail: true });
		const prompts = [`one ${silent} [fail=AuditFailed]`, `two ${silent}`];
		const done = await stage.run(workflowOf(tested), prompts);
		expect(done.items(NAME).map(({ json }) => json.state)).toEqual(['failed', 'succeeded']);
	});
});

describe('Stop', () => {
	test('while it sleeps asks for nothing more; Retry brings the clips without buying', async () => {
		const prompts = numbered(3, silent);
		const tested = clip({ maxConcurrency: 2 });
		const begun = await stage.suspend(prompts, tested);
		stage.room.stop(begun.id);
		const stopped = await begun.resumed;
		expect(stopped.status).toBe('canceled');
		const before = stage.sandbox.requests().length;
		expect(await stage.wakeUp(begun)).toBe(false);
		expect(await stage.ring(stage.bellOf(0))).toBe(409);
		expect(stage.sandbox.requests()).toHaveLength(before);
		// With the workflow as it is saved now n8n would pass the items on as they are: it disables the node.
		const done = await retry(stopped, tested, true);
		expect(done.status).toBe('success');
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});

	test('while it is awake orders nothing more, and tells of every task that runs on', async () => {
		const prompts = [`one ${silent}`, `two ${silent} [slow=200]`, `three ${silent}`];
		const tested = clip({ maxConcurrency: 1 });
		const begun = await stage.suspend(prompts, tested);
		const waking = stage.wakeUp(begun);
		await until(() => stage.orders().length === 2);
		stage.room.stop(begun.id);
		await waking;
		const stopped = await begun.resumed;
		expect(stopped.status).toBe('canceled');
		expect(stopped.logs.map(({ message }) => message).join()).toContain(taskOf('two')?.id);
		expect(stopped.items(NAME).map(({ json }) => json.taskId)).toEqual([
			taskOf('one')?.id,
			taskOf('two')?.id,
			null,
		]);
		expect(await stage.wakeUp(begun)).toBe(false);
		expect(stage.orders()).toHaveLength(2);
	});
});

describe('a provider that answers oddly while the run sleeps', () => {
	test('a storm of refusals is slept through, not held, up to the Timeout and no longer', async () => {
		const faults = `${silent} [busy=9999]`;
		const began = now();
		const begun = await stage.suspend([`one ${faults}`, `two ${faults}`], clip({ timeout: 900 }));
		// What passes in the process passes in real time.
		expect(now() - began).toBeLessThan(25_000);
		const failed = await stage.sleepOn(begun);
		expect(failed.status).toBe('error');
		expect(said(failed)).toMatch(/QuotaExceeded|quota/i);
		expect((now() - began) / 1000).toBeGreaterThanOrEqual(900);
		expect((now() - began) / 1000).toBeLessThan(1000);
		expect(stage.sandbox.ledger()).toHaveLength(0);
	}, 300_000);

	test('a storm that ends in time costs nothing but time', async () => {
		const prompts = [`one ${silent} [busy=2] [retryAfter=600]`, `two ${silent}`];
		const begun = await stage.suspend(prompts);
		expect((stage.room.waitTill(begun.id)?.getTime() ?? 0) - now()).toBeGreaterThan(60_000);
		const done = await stage.sleepOn(begun);
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(stage.sandbox.ledger()).toHaveLength(2);
	});

	describe('about a task that was bought', () => {
		let answers: Answers;
		beforeAll(async () => {
			answers = await startAnswers();
		});
		afterAll(async () => await answers.close());
		const taken = { status: 200, body: { task_id: '17', state: 'created', credits: 35 } };
		const creations: IDataObject[] = [];

		test.each([
			['a refusal to show it', { status: 403, body: { code: 403, message: 'no' } }, 180],
			['a success without files', { status: 200, body: { state: 'success', creations } }, 60],
		])(
			'%s ends the wait when it has repeated for minutes, with its id',
			async (_, told, patience) => {
				answers.say([taken], [told]);
				const began = now();
				const failed = await stage.run(workflowOf(clip()), ['one'], account(answers.url));
				expect(failed.status).toBe('error');
				expect(said(failed)).toContain('Task ID: 17');
				expect((now() - began) / 1000).toBeGreaterThanOrEqual(patience);
				expect((now() - began) / 1000).toBeLessThan(patience + 600);
				expect(answers.count('POST')).toBe(1);
			},
		);
	});

	test('status requests that fail for several wake-ups are survived', async () => {
		const done = await stage.run(workflowOf(clip()), [`one ${silent} [poll500=3]`]);
		expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
	});
});

test('what comes out of a run that slept is what comes out of one that did not', async () => {
	stage.sandbox.set({ renderSeconds: 1 });
	const onError = 'continueRegularOutput';
	const options = { pollInterval: 1, downloadCover: true, includeRaw: true, maxConcurrency: 2 };
	const prompts = [...numbered(3, silent), `odd ${silent} [fail=AuditFailed]`];
	const outputOf = async (waitMode: string) => {
		const tested = clip(options, { onError, parameters: { waitMode } });
		const done = await stage.run(workflowOf(tested), prompts);
		expect(done.status).toBe('success');
		const ids = done.items(NAME).map(({ json }) => json.taskId as string);
		const items = done.items(NAME).map(({ json, binary, pairedItem }) => ({
			json,
			pairedItem,
			binary: Object.entries(binary ?? {}).map(([name, { mimeType, fileName, fileSize }]) => ({
				name,
				mimeType,
				fileName,
				fileSize,
			})),
		}));
		const told = ids.reduce(
			(text, id, at) => text.replaceAll(id, `task ${at}`),
			JSON.stringify(items),
		);
		const timeless = told
			.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time')
			.replace(/n8n:[0-9a-f]{24}/g, 'a mark')
			.replace(/"\d{18,20}"/g, '"an id"')
			.replace(/(https?:[^"]*?)[?\/][^"]*/g, '$1');
		return { items: JSON.parse(timeless) as unknown, hints: done.hints(NAME) };
	};
	const polled = await outputOf('poll');
	expect(await outputOf('suspend')).toEqual(polled);
	stage.sandbox.set({ renderSeconds: 80 });
});

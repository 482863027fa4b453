/**
 * n8n goes on with what it read when a call came. One that is slow, and is overtaken by a whole turn
 * of the execution, takes it back to before that turn.
 */
import { createServer, request as askFor } from 'node:http';
import type { AddressInfo } from 'node:net';
import { submissionsOfProcess } from '../../../nodes/Vidu/tasks/submit/thisProcess.ts';
import { now } from '../harness/timeline.mts';
import type { Suspended } from '../harness/waitingRoom.mts';
import { chain } from '../harness/workflow.mts';
import { account, until } from '../harness/clip.mts';
import { clip, NAME, openStage, RENDER } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';

/** As on another worker: this process has forgotten what it bought. */
function forgetPurchases(): void {
	const others = submissionsOfProcess('elsewhere');
	for (let each = 0; each < 5000; each++) {
		others.set(String(each), { state: 'submitted', taskId: '1', at: 1 });
	}
}

/** Lets an execution take a turn, and then another worker go on from before that turn. */
async function goBackATurn(id: string): Promise<void> {
	const before = stage.room.stored(id);
	stage.pass(RENDER + 1);
	await stage.room.wake(id);
	forgetPurchases();
	await stage.room.wake(id, before);
}

const bought = () =>
	stage.sandbox
		.tasks()
		.map(({ prompt }) => prompt)
		.sort();

test('what the overtaken turn bought is taken up by our mark', async () => {
	const prompts = ['0', '1 [render=200]', '2', '3'].map((prompt) => `${prompt} ${silent}`);
	const begun = await stage.suspend(prompts, clip({ maxConcurrency: 2 }));
	await goBackATurn(begun.id);
	const done = await stage.sleepOn(begun);
	expect(done.status).toBe('success');
	expect(stage.promptsOf(done)).toEqual(prompts);
	expect(bought()).toEqual(prompts);
});

test("what the overtaken turn bought under a payload of the user's own is not bought again", async () => {
	const prompts = ['0', '1 [render=200]', '2'].map((prompt) => `${prompt} ${silent}`);
	const begun = await stage.suspend(prompts, clip({ maxConcurrency: 2, payload: 'own' }));
	await goBackATurn(begun.id);
	const done = await stage.sleepOn(begun);
	expect(done.error?.message).toContain('Another attempt of this execution');
	expect(bought()).toEqual(prompts);
});

test('nor is what a node after that has bought in the overtaken turn', async () => {
	const second = clip({}, { name: 'Second', parameters: { prompt: `two ${silent}` } });
	const begun = await stage.begin(chain([clip(), second]), [`one ${silent}`]);
	await goBackATurn((begun as Suspended).id);
	const done = await stage.sleepOn(begun as Suspended);
	expect(done.status).toBe('success');
	expect(bought()).toEqual([`one ${silent}`, `two ${silent}`]);
});

describe('a call that the provider keeps waiting', () => {
	const waiting: Array<() => void> = [];
	let hold = false;
	const slow = createServer((request, response) => {
		const pass = () => {
			const { method, url, headers } = request;
			const passed = askFor(stage.sandbox.url + url, { method, headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 0, answer.headers);
				answer.pipe(response);
			});
			request.pipe(passed);
		};
		if (hold) waiting.push(pass);
		else pass();
		hold = false;
	});

	beforeAll(async () => await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve)));
	afterAll(() => slow.close());

	const slowly = () => account(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`);

	test.each([
		['until the execution has been awake', 0, 200],
		['for seconds, whoever has woken the execution meanwhile,', 6, 503],
	])('%s wakes nobody', async (_, seconds, status) => {
		const prompts = ['0', '1 [render=900]', '2'].map((prompt) => `${prompt} ${silent}`);
		const begun = await stage.suspend(prompts, clip({ maxConcurrency: 2 }), slowly());
		stage.pass(RENDER + 1);
		hold = true;
		const rung = stage.ring(stage.bellOf(0));
		await until(() => waiting.length > 0);
		await stage.room.wake(begun.id);
		stage.pass(seconds);
		waiting.shift()?.();
		expect(await rung).toBe(status);
		expect(stage.room.wakeUps(begun.id)).toBe(1);
		expect(bought()).toEqual(prompts);
		stage.room.stop(begun.id);
	});
});

test('a call just before the execution wakes by the clock is left to that', async () => {
	const begun = await stage.suspend([`one ${silent}`]);
	const till = stage.room.waitTill(begun.id);
	stage.pass((Number(till) - now()) / 1000 - 1);
	expect(await stage.ring(stage.bellOf(0))).toBe(503);
	const done = await stage.sleepOn(begun);
	expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
	expect(stage.room.wakeUps(begun.id)).toBe(1);
});

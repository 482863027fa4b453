/** A node that sleeps and is woken by its provider's callbacks. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { contextExpression } from '../../../nodes/Vidu/tasks/suspend/doorbell.ts';
import { workflowLibrary } from '../harness/n8n.mts';
import { NodeTypes } from '../harness/nodeTypes.mts';
import type { Run } from '../harness/run.mts';
import type { Suspended } from '../harness/waitingRoom.mts';
import { chain, node } from '../harness/workflow.mts';
import { until } from '../harness/clip.mts';
import { clip, NAME, numbered, openStage, RENDER } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';

/** Lets time pass until the provider rings, again and again, until the execution has ended. */
async function rungOn({ id, resumed }: Suspended): Promise<Run> {
	let done: Run | undefined;
	void resumed.then((run) => {
		done = run;
	});
	while (done === undefined) {
		const before = stage.room.wakeUps(id);
		stage.pass(RENDER + 1);
		await until(
			() =>
				done !== undefined ||
				(stage.room.wakeUps(id) > before && stage.room.waitTill(id) !== undefined),
		);
	}
	return done;
}

describe('waiting without a worker, with callbacks', () => {
	test('the callbacks of clips that end together wake the execution once, and every item comes out', async () => {
		const prompts = numbered(3);
		const begun = await stage.suspend(prompts);
		const done = await rungOn(begun);
		expect(done.status).toBe('success');
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(done.items(NAME).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(stage.room.wakeUps(begun.id)).toBe(1);
	});

	test('one clip costs two status requests at most', async () => {
		const done = await rungOn(await stage.suspend(['one']));
		expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
		expect(stage.looks().length).toBeLessThanOrEqual(2);
	});

	test('no look is due by the clock before the provider had its time to ring', async () => {
		const { id } = await stage.suspend([`one ${silent}`]);
		stage.pass(RENDER + 60);
		expect(stage.room.waitTill(id)?.getTime()).toBeGreaterThan(Date.now());
		stage.room.stop(id);
	});

	test('a callback that never comes is made up for by the clock', async () => {
		const done = await stage.sleepOn(await stage.suspend([`one ${silent}`, 'two [callback=late]']));
		expect(done.items(NAME).map(({ json }) => json.state)).toEqual(['succeeded', 'succeeded']);
	});

	test('twenty clips through an account of three: each callback lets the next one in, and each is bought once', async () => {
		const prompts = numbered(20);
		const most = stage.watchFlights();
		const done = await rungOn(await stage.suspend(prompts, clip({ maxConcurrency: 3 })));
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(stage.sandbox.ledger()).toHaveLength(20);
		expect(most()).toBe(3);
	});

	test('a clip that ends before others wakes nobody, as long as no item waits for its place', async () => {
		const begun = await stage.suspend(['one', 'two [render=1000]']);
		stage.pass(RENDER + 1);
		await until(() => stage.sandbox.deliveries().some(({ event }) => event === 'success'));
		await until(() => stage.answers(begun.id).length > 0);
		// A callback of the other clip's start may come at the same moment.
		expect(new Set(stage.answers(begun.id))).toEqual(new Set([200]));
		// A ring that lets an item in waits for others for a second.
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(stage.room.wakeUps(begun.id)).toBe(0);
		stage.pass(1000);
		expect((await begun.resumed).items(NAME)).toHaveLength(2);
		expect(stage.room.wakeUps(begun.id)).toBe(1);
	});

	test('a callback while the provider works costs no request and wakes nobody', async () => {
		const begun = await stage.suspend([`one ${silent}`]);
		const before = stage.sandbox.requests().length;
		expect(await stage.ring(stage.bellOf(0), { state: 'processing' })).toBe(200);
		expect(stage.sandbox.requests()).toHaveLength(before);
		expect(stage.room.wakeUps(begun.id)).toBe(0);
		await stage.sleepOn(begun);
	});

	test('two last callbacks that the API does not bear out yet are to be repeated, and then wake the execution', async () => {
		const begun = await stage.suspend([`one ${silent}`, `two ${silent}`]);
		const rings = async () =>
			await Promise.all([0, 1].map(async (index) => await stage.ring(stage.bellOf(index))));
		expect(await rings()).toEqual([503, 503]);
		expect(stage.room.wakeUps(begun.id)).toBe(0);
		stage.pass(RENDER + 1);
		expect(await rings()).toEqual([200, 200]);
		expect((await begun.resumed).items(NAME)).toHaveLength(2);
	});

	test('the nonce of a callback that was heard is good once, and one answered 503 may come again', async () => {
		const begun = await stage.suspend([`one ${silent}`, `two ${silent} [render=1000]`]);
		const again = stage.repeatable(stage.bellOf(0));
		expect(await again({ state: 'success' })).toBe(503);
		stage.pass(RENDER + 1);
		expect(await again({ state: 'success' })).toBe(200);
		const before = stage.sandbox.requests().length;
		expect(await again({ state: 'success' })).toBe(200);
		expect(stage.sandbox.requests()).toHaveLength(before);
		await stage.sleepOn(begun);
	});

	test('the callbacks of clips that end in one moment cost one status request together', async () => {
		const begun = await stage.suspend(
			[...numbered(20, silent), `late ${silent} [render=1000]`],
			clip({ maxConcurrency: 21 }),
		);
		stage.pass(RENDER + 1);
		const bells = Array.from({ length: 20 }, (_, index) => stage.bellOf(index));
		const rung = await Promise.all(bells.map(async (bell) => await stage.ring(bell)));
		expect(new Set(rung)).toEqual(new Set([200]));
		expect(stage.looks()).toHaveLength(1);
		expect(stage.room.wakeUps(begun.id)).toBe(0);
		expect((await stage.sleepOn(begun)).items(NAME)).toHaveLength(21);
	});

	test('those of clips that end after a look share the next one, and wake the execution once', async () => {
		const later = `${silent} [render=${RENDER + 300}]`;
		const begun = await stage.suspend([`one ${silent}`, `two ${later}`, `three ${later}`]);
		stage.pass(RENDER + 1);
		expect(await stage.ring(stage.bellOf(0))).toBe(200);
		stage.pass(300);
		const rings = [1, 2].map(async (index) => await stage.ring(stage.bellOf(index)));
		// n8n answers 409 to whoever comes when the execution runs already.
		expect(await Promise.all(rings)).toContain(200);
		const done = await begun.resumed;
		expect(done.items(NAME)).toHaveLength(3);
		expect(stage.room.wakeUps(begun.id)).toBe(1);
		// The last one is that of the execution.
		expect(stage.looks()).toHaveLength(3);
	});

	test("with the user's own Callback URL the provider rings there, and the clock wakes the node", async () => {
		const callbackUrl = 'https://example.com/hook';
		const begun = await stage.suspend([`one ${silent}`], clip({ callbackUrl }));
		expect(stage.bellOf(0)).toBe(callbackUrl);
		const done = await stage.sleepOn(begun);
		expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
	});

	test('kkiai, which signs nothing, is heard once in two seconds, and believed only where the API agrees', async () => {
		const begun = await stage.suspend(
			[`one ${silent}`, `two ${silent}`],
			clip(),
			stage.account('kkiai'),
		);
		const before = stage.sandbox.requests().length;
		const bell = stage.bellOf(0);
		const unsigned = async () => await stage.ring(bell, { state: 'success' }, UNSIGNED);
		expect(await unsigned()).toBe(503);
		const cost = stage.sandbox.requests().length - before;
		expect(await Promise.all([unsigned(), unsigned(), unsigned()])).toEqual([503, 503, 503]);
		expect(stage.sandbox.requests().length - before).toBe(cost);
		expect(stage.room.wakeUps(begun.id)).toBe(0);
		stage.pass(RENDER + 1);
		expect(await unsigned()).toBe(200);
		const done = await begun.resumed;
		expect(done.items(NAME).map(({ json }) => json.state)).toEqual(['succeeded', 'succeeded']);
	});
});

const UNSIGNED = {
	'X-HMAC-SIGNATURE': undefined,
	'X-HMAC-ALGORITHM': undefined,
	'X-HMAC-ACCESS-KEY': undefined,
};

describe('a callback that is not one of the provider to this run', () => {
	const evil = [{ id: '1', url: 'https://evil.example/video.mp4', cover_url: '' }];

	const bells: Array<
		[string, number, (url: string) => string, Record<string, undefined | string>]
	> = [
		['without a mark', 401, (url) => url.replace(/[?&]item=[^&]*/, ''), {}],
		['with another key', 401, (url) => url.replace(/[0-9a-f]{24}$/, '0'.repeat(24)), {}],
		['of another turn of a loop', 200, (url) => url.replace(/item=0\./, 'item=7.'), {}],
		['for an item that there is not', 200, (url) => url.replace(/(item=0\.)0/, '$19'), {}],
		['with no signature', 401, (url) => url, { 'X-HMAC-SIGNATURE': undefined }],
		[
			'with another signature',
			401,
			(url) => url,
			{ 'X-HMAC-SIGNATURE': Buffer.alloc(32).toString('base64') },
		],
		['with another algorithm', 401, (url) => url, { 'X-HMAC-ALGORITHM': 'none' }],
		['with another access key', 401, (url) => url, { 'X-HMAC-ACCESS-KEY': 'mallory' }],
		['signed days ago', 401, (url) => url, { Date: 'Sat, 21 Nov 2020 10:00:00 GMT' }],
	];
	test.each(bells)(
		'%s gets %d, costs no request, wakes nobody and changes nothing',
		async (_, status, change, headers) => {
			const begun = await stage.suspend([`one ${silent}`]);
			stage.pass(RENDER + 1);
			const stored = JSON.stringify(stage.room.stored(begun.id));
			const before = stage.sandbox.requests().length;
			const url = change(stage.bellOf(0));
			const body = { state: 'success', creations: evil };
			expect(await stage.ring(url, body, headers)).toBe(status);
			expect(stage.sandbox.requests()).toHaveLength(before);
			expect(stage.room.wakeUps(begun.id)).toBe(0);
			expect(JSON.stringify(stage.room.stored(begun.id))).toBe(stored);
			expect(await stage.ring(stage.bellOf(0))).toBe(200);
			expect((await begun.resumed).items(NAME)[0]?.json.state).toBe('succeeded');
		},
	);

	test('with another key costs no request where the provider signs nothing, either', async () => {
		const begun = await stage.suspend([`one ${silent}`], clip(), stage.account('kkiai'));
		stage.pass(RENDER + 1);
		const before = stage.sandbox.requests().length;
		const url = stage.bellOf(0).replace(/[0-9a-f]{24}$/, '0'.repeat(24));
		expect(await stage.ring(url, { state: 'success' }, UNSIGNED)).toBe(401);
		expect(stage.sandbox.requests()).toHaveLength(before);
		expect(stage.room.wakeUps(begun.id)).toBe(0);
		await stage.sleepOn(begun);
	});

	test.each<[string, IDataObject]>([
		['a link of its own', { state: 'success', id: '666', credits: 0, creations: evil }],
		['a false failure', { state: 'failed', err_code: 'AuditFailed' }],
	])(
		"with %s in its body changes nothing: what the provider's API says comes out",
		async (_, body) => {
			const begun = await stage.suspend([`one ${silent}`]);
			const again = stage.repeatable(stage.bellOf(0));
			expect(await again(body)).toBe(503);
			stage.pass(RENDER + 1);
			expect(await again(body)).toBe(200);
			const [item] = (await begun.resumed).items(NAME);
			expect(item?.json).toMatchObject({
				taskId: stage.sandbox.tasks()[0]?.id,
				state: 'succeeded',
			});
			expect(JSON.stringify(item?.json)).not.toMatch(/evil|AuditFailed|"666"/);
		},
	);
});

describe('whatever the node is called', () => {
	test.each([
		'`}}`',
		"It's ${1} {{ $json }}",
		'back\\slash \\" \\u0041',
		'two\u2028lines\u2029\n',
		'x .constructor',
	])('%j is rung awake', async (name) => {
		const done = await rungOn(await stage.suspend(['one'], clip({}, { id: 'clip', name })));
		expect(done.items(name)[0]?.json.state).toBe('succeeded');
	});

	test('its context is read', () => {
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
});

describe('several nodes that sleep', () => {
	test('one after the other are each rung awake', async () => {
		const second = clip({}, { name: 'Second', parameters: { prompt: 'two' } });
		const third = clip({}, { name: 'Third', parameters: { prompt: 'three' } });
		const begun = await stage.begin(chain([clip(), second, third]), ['one']);
		const done = await rungOn(begun as Suspended);
		expect(stage.promptsOf(done, 'Third')).toEqual(['three']);
		expect(done.items('Third')[0]?.json.state).toBe('succeeded');
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});
});

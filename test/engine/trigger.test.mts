import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { signCallback } from '../../sandbox/callbacks.mts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call, createTask } from '../contract/client.mts';
import { until } from './harness/clip.mts';
import { binaryData, setBinaryMode } from './harness/n8n.mts';
import { TriggerWorkflow, type Incoming, type TriggerOptions } from './harness/webhook.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, renderSeconds: 90 });
	await setBinaryMode('filesystem');
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const credential = () => ({ provider: 'vidu', apiKey: SANDBOX_KEY, baseUrl: sandbox.url });

function trigger(parameters: IDataObject = {}, other: Partial<TriggerOptions> = {}) {
	return new TriggerWorkflow({ parameters, credential: credential(), ...other });
}

/** A task that is done, or fails, at once. */
const finishedTask = async (prompt = '') =>
	await createTask(sandbox, { prompt: `A cat [render=0] ${prompt}` });
const runningTask = async () => await createTask(sandbox, { prompt: 'A cat [queue=0]' });

const body = (id: string, state = 'success', more: IDataObject = {}) =>
	JSON.stringify({ id, state, creations: [], ...more });

/** A callback that is signed for a URL, changed where `headers` say. */
function signed(
	url: string,
	text: string,
	{ key = SANDBOX_KEY, date = new Date(), headers = {} } = {},
): Incoming {
	const stamp = date.toUTCString();
	return { body: text, headers: { ...signCallback(key, url, stamp, randomUUID()), ...headers } };
}

/** How often the API was asked for a task. */
const looks = () => sandbox.requests().filter(({ method }) => method === 'GET').length;

describe('a signed callback', () => {
	it('starts the workflow with the task as the API shows it', async () => {
		const hook = trigger({ options: { includeRaw: true } });
		const id = await finishedTask();
		const lie = body(id, 'success', { creations: [{ url: 'https://evil.example/x.mp4' }] });
		const { status, item, answeredEarly } = await hook.call(signed(hook.url, lie));
		expect({ status, answeredEarly }).toEqual({ status: 200, answeredEarly: false });
		expect(item).toEqual({
			json: expect.objectContaining({
				taskId: id,
				provider: 'vidu',
				operation: 'callback',
				state: 'succeeded',
				error: null,
				videos: [expect.objectContaining({ url: expect.stringContaining(sandbox.url) })],
				raw: expect.objectContaining({ id }),
			}),
		});
	});

	it('of a failed task starts it with the reason', async () => {
		const hook = trigger();
		const id = await finishedTask('[fail=AuditFailed]');
		const { item } = await hook.call(signed(hook.url, body(id, 'failed')));
		expect(item?.json).toMatchObject({ state: 'failed', error: { code: 'AuditFailed' } });
	});

	it('tells what the body says when only the signature is checked, without asking the API', async () => {
		const hook = trigger({ verification: 'signature' });
		const text = body('955117325476716544', 'success', { creations: [{ url: 'https://a/b.mp4' }] });
		const { item } = await hook.call(signed(hook.url, text));
		expect(item?.json).toMatchObject({
			taskId: '955117325476716544',
			videos: [{ url: 'https://a/b.mp4' }],
		});
		expect(looks()).toBe(0);
	});

	it('keeps every digit of an id that came as a number', async () => {
		const hook = trigger({ verification: 'signature' });
		const { item } = await hook.call(
			signed(
				hook.url,
				'{"id":955117325476716545,"state":"success","creations":[{"url":"https://a"}]}',
			),
		);
		expect(item?.json.taskId).toBe('955117325476716545');
	});

	it('brings the video, after the provider has its answer', async () => {
		const hook = trigger({ downloadVideo: true, options: { binaryPropertyName: 'clip' } });
		const id = await finishedTask();
		const { status, item, answeredEarly } = await hook.call(signed(hook.url, body(id)));
		expect({ status, answeredEarly }).toEqual({ status: 200, answeredEarly: true });
		const [video] = item?.json.videos as Array<{ url: string }>;
		const served = Buffer.from(await (await fetch(video?.url ?? '')).arrayBuffer());
		const stored = await binaryData.getAsBuffer(item?.binary?.clip as never);
		expect(stored.equals(served)).toBe(true);
	});

	it('is not lost when its video cannot be downloaded', async () => {
		const hook = trigger({ downloadVideo: true });
		const id = await finishedTask('[expired=9]');
		const { status, item } = await hook.call(signed(hook.url, body(id)));
		expect(status).toBe(200);
		expect(item?.json).toMatchObject({
			taskId: id,
			error: { message: expect.stringContaining('could not be downloaded') },
		});
	});
});

describe('a callback that is not what it should be', () => {
	const id = '955117325476716544';

	it.each([
		['has no signature', () => ({ body: body(id) })],
		['is signed with another key', (url: string) => signed(url, body(id), { key: 'vda_other' })],
		[
			'was signed too long ago',
			(url: string) => signed(url, body(id), { date: new Date(Date.now() - 310_000) }),
		],
		[
			'names another algorithm',
			(url: string) => signed(url, body(id), { headers: { 'X-HMAC-ALGORITHM': 'hmac-sha1' } }),
		],
		[
			'does not sign its nonce',
			(url: string) => signed(url, body(id), { headers: { 'X-HMAC-SIGNED-HEADERS': 'Date' } }),
		],
		[
			'names another access key',
			(url: string) => signed(url, body(id), { headers: { 'X-HMAC-ACCESS-KEY': 'me' } }),
		],
		['is signed for another URL', (url: string) => signed(`${url}/x`, body(id))],
		[
			'is signed for another query',
			(url: string) => ({ ...signed(`${url}?a=1`, body(id)), query: '?a=2' }),
		],
	])('and %s gets 401, and the API is not asked', async (_, make) => {
		const hook = trigger();
		const { status, item } = await hook.call(make(hook.url));
		expect({ status, item }).toEqual({ status: 401, item: undefined });
		expect(looks()).toBe(0);
		expect(hook.logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
	});

	it.each([
		['malformed JSON', '{"id":'],
		['nothing', ''],
		['no object', '[1]'],
		['no state', '{"id":"7"}'],
		['no id', '{"state":"success"}'],
		['an id that would lead elsewhere', '{"id":"..","state":"success"}'],
		['an id with a slash', '{"id":"7/cancel","state":"success"}'],
		['an id of a megabyte', JSON.stringify({ id: 'x'.repeat(1e6), state: 'success' })],
	])('with %s gets 400', async (_, text) => {
		const hook = trigger();
		expect(await hook.call(signed(hook.url, text))).toMatchObject({ status: 400, item: undefined });
		expect(looks()).toBe(0);
	});

	it.each([
		['8 MB of digits', () => `{"id":"7","state":"success","x":${'1'.repeat(8e6)}.}`],
		['8 MB of brackets', () => '['.repeat(8e6)],
		['8 MB in one text', () => `{"id":"7","state":"success","payload":"${'\\"'.repeat(4e6)}"}`],
		['a million brackets', () => `{"id":${'['.repeat(1e6)}`],
		['half a million objects', () => `${'{"id":'.repeat(5e5)}7${'}'.repeat(5e5)}`],
	])('and holds %s is refused at once, signed or not', async (_, make) => {
		const text = make();
		const hook = trigger();
		expect(await hook.call({ body: text })).toMatchObject({ status: 401 });
		expect(await hook.call(signed(hook.url, text))).toMatchObject({ status: 400 });
		const asking = trigger({ verification: 'fetch' });
		expect(await asking.call({ body: text })).toMatchObject({ status: 400, item: undefined });
		expect(looks()).toBe(0);
	});

	it('is not read before its signature was verified', async () => {
		const hook = trigger();
		const read = jest.spyOn(JSON, 'parse');
		await hook.call({ body: '{"id":"not-read","state":"success"}' });
		const texts = read.mock.calls.map(([text]) => String(text));
		read.mockRestore();
		expect(texts.filter((text) => text.includes('not-read'))).toEqual([]);
	});

	it.each(['javascript:alert(1)', 'file:///etc/passwd', '/relative.mp4'])(
		'and links to %j gets 400, although the body counts',
		async (url) => {
			const hook = trigger({ verification: 'signature' });
			const text = body('7', 'success', { creations: [{ url }] });
			const { status, item } = await hook.call(signed(hook.url, text));
			expect({ status, item }).toEqual({ status: 400, item: undefined });
		},
	);

	it('comes out without a cover that is no link, although the body counts', async () => {
		const hook = trigger({ verification: 'signature' });
		const creation = { url: 'https://a/b.mp4', cover_url: 'data:text/html,x' };
		const { item } = await hook.call(
			signed(hook.url, body('7', 'success', { creations: [creation] })),
		);
		expect(item?.json.videos).toMatchObject([{ url: 'https://a/b.mp4', coverUrl: null }]);
	});

	it('of a task that the API does not know gets 200, so that it does not come again', async () => {
		const hook = trigger();
		const { status, item } = await hook.call(signed(hook.url, body('123')));
		expect({ status, item }).toEqual({ status: 200, item: undefined });
	});

	it('may come again while the API cannot be asked', async () => {
		const down = await startSandbox();
		const hook = trigger({}, { credential: { ...credential(), baseUrl: down.url } });
		await down.close();
		const callback = signed(hook.url, body(id));
		for (const _ of [1, 2]) {
			expect(await hook.call(callback)).toMatchObject({ status: 503, item: undefined });
		}
	});

	it('gets 503 and no stack trace when the credential cannot be used', async () => {
		const hook = trigger(
			{},
			{ credential: { ...credential(), baseUrl: 'http://elsewhere.example' } },
		);
		const { status, message, item } = await hook.call(signed(hook.url, body(id)));
		expect({ status, item }).toEqual({ status: 503, item: undefined });
		expect(message).toBe('The callback cannot be processed at the moment');
	});

	it.each([
		['signatureAndFetch', 'success'],
		['signatureAndFetch', 'failed'],
		['fetch', 'success'],
		['fetch', 'failed'],
	])(
		'with %s that says %s while the API shows it running is asked for again',
		async (how, state) => {
			const hook = trigger({ verification: how, events: ['processing', 'succeeded', 'failed'] });
			const running = await createTask(sandbox, { prompt: '[queue=1e9]' });
			const callback = signed(hook.url, body(running, state, { err_code: 'X' }));
			for (const _ of [1, 2]) {
				expect(await hook.call(callback)).toMatchObject({ status: 503, item: undefined });
			}
			await call(sandbox, 'POST', `/ent/v2/tasks/${running}/cancel`, { id: running });
			expect((await hook.call(callback)).item?.json).toMatchObject({ state: 'cancelled' });
		},
	);

	it.each([400, 401, 403, 405, 418, 500])(
		'may come again when the API answers %i',
		async (status) => {
			await using api = await apiThatAnswers(status, '{}');
			const hook = trigger({}, { credential: { ...credential(), baseUrl: api.url } });
			expect(await hook.call(signed(hook.url, body(id)))).toMatchObject({ status: 503 });
		},
	);

	it('does not come out with what the API says of another task: it may come again', async () => {
		await using api = await apiThatAnswers(
			200,
			body('8', 'success', { creations: [{ url: 'https://a' }] }),
		);
		const hook = trigger({}, { credential: { ...credential(), baseUrl: api.url } });
		expect(await hook.call(signed(hook.url, body('7')))).toMatchObject({ status: 503 });
		expect((await hook.call(signed(hook.url, body('8')))).item?.json.taskId).toBe('8');
	});
});

describe('a delivery that is repeated', () => {
	const accepted = async (hook: TriggerWorkflow, calls: Incoming[]) =>
		(await Promise.all(calls.map(async (incoming) => await hook.call(incoming)))).map(
			({ status, item }) => `${status}${item ? ' started' : ''}`,
		);

	it.each(['signatureAndFetch', 'fetch', 'signature'])(
		'starts one execution with %s',
		async (verification) => {
			const hook = trigger({ verification });
			const id = await finishedTask();
			const text = body(id, 'success', { creations: [{ url: 'https://a/b.mp4' }] });
			const same = signed(hook.url, text);
			const calls = [same, same, signed(hook.url, text), signed(hook.url, text)];
			const answers = await accepted(hook, calls);
			expect(answers.sort()).toEqual(['200', '200', '200', '200 started']);
			const asked = looks();
			expect(await accepted(hook, calls)).toEqual(['200', '200', '200', '200']);
			expect(looks()).toBe(asked);
		},
	);

	it.each(['signatureAndFetch', 'signature'])(
		'of a task that is still processed is known by its nonce (%s)',
		async (verification) => {
			const hook = trigger({ verification });
			const first = signed(hook.url, body(await runningTask(), 'processing'));
			expect(await hook.call(first)).toMatchObject({
				status: 200,
				message: 'Ignored: processing is not selected',
				item: undefined,
			});
			const asked = looks();
			const creations = [{ url: 'https://evil.example/x.mp4' }];
			const swapped = body(await finishedTask(), 'success', { creations });
			expect(await hook.call({ ...first, body: swapped })).toMatchObject({
				status: 200,
				message: 'Already processed',
				item: undefined,
			});
			expect(looks()).toBe(asked);
		},
	);

	it.each([
		['is about an unknown task', '{"id":"123","state":"success"}'],
		['has no body', ''],
	])('is known by its nonce, also if the first %s', async (_, text) => {
		const hook = trigger();
		const first = signed(hook.url, text);
		expect((await hook.call(first)).item).toBeUndefined();
		const next = await hook.call({ ...first, body: body(await finishedTask()) });
		expect(next).toMatchObject({ message: 'Already processed', item: undefined });
	});

	it('after 2,000 others starts nothing, here and after a restart', async () => {
		const hook = trigger({ verification: 'signature' });
		const first = signed(hook.url, body('1', 'success', { creations: [{ url: 'https://a' }] }));
		expect(await accepted(hook, [first])).toEqual(['200 started']);
		for (let task = 0; task < 2_000; task++) {
			const other = signed(hook.url, body(`${1e15 + task}`, 'processing'));
			expect((await hook.call(other)).status).toBe(200);
			// Nothing here waits, and idle connections want to be closed.
			if (task % 500 === 0) await new Promise(setImmediate);
		}
		const changed = { ...first, body: first.body.replace('"1"', '"2"') };
		const afresh = signed(hook.url, first.body);
		expect(await accepted(hook, [first, changed, afresh])).toEqual(['200', '200', '200']);
		const after = trigger({ verification: 'signature' });
		after.staticData = hook.staticData;
		expect(await accepted(after, [first, changed, afresh])).toEqual(['200', '200', '200']);
		expect(JSON.stringify(hook.staticData).length).toBeLessThan(2_000 * 16 + 1_000);
	}, 60_000);

	it('by a clock that is ahead is known as long as its date is good', async () => {
		const hook = trigger({ verification: 'signature' });
		const begun = Date.now();
		const text = body('1', 'success', { creations: [{ url: 'https://a' }] });
		const first = signed(hook.url, text, { date: new Date(begun + 295_000) });
		const changed = { ...first, body: first.body.replace('"1"', '"2"') };
		const now = jest.spyOn(Date, 'now');
		now.mockReturnValue(begun);
		expect(await accepted(hook, [first])).toEqual(['200 started']);
		now.mockReturnValue(begun + 590_000);
		expect(await accepted(hook, [changed])).toEqual(['200']);
		now.mockRestore();
	});

	it('with the same nonce and another body starts nothing', async () => {
		const hook = trigger({ verification: 'signature' });
		const first = signed(hook.url, body('1', 'success', { creations: [{ url: 'https://a' }] }));
		const changed = { ...first, body: first.body.replace('"1"', '"2"') };
		expect(await accepted(hook, [first])).toEqual(['200 started']);
		expect(await accepted(hook, [changed])).toEqual(['200']);
	});

	it('is known after a restart, from the static data of the workflow', async () => {
		const hook = trigger();
		const callback = signed(hook.url, body(await finishedTask()));
		expect(await accepted(hook, [callback])).toEqual(['200 started']);
		const after = trigger();
		after.staticData = hook.staticData;
		expect(await accepted(after, [callback])).toEqual(['200']);
	});

	it('is welcome when n8n could not start the first', async () => {
		let status = 500;
		const hook = trigger({}, { started: () => status });
		const callback = signed(hook.url, body(await finishedTask()));
		expect(await hook.call(callback)).toMatchObject({ status: 500 });
		status = 200;
		expect(await accepted(hook, [callback])).toEqual(['200 started']);
		expect(await accepted(hook, [callback])).toEqual(['200']);
	});

	it('is welcome when n8n could not start the first, also if another was saved meanwhile', async () => {
		let fail = (_: number) => {};
		const failing = new Promise<number>((resolve) => (fail = resolve));
		const answers: Array<Promise<number>> = [failing];
		const hook = trigger({}, { started: () => answers.shift() ?? 200 });
		const callback = signed(hook.url, body(await finishedTask()));
		const first = hook.call(callback);
		await until(() => answers.length === 0);
		const other = signed(hook.url, body(await finishedTask()));
		expect(await accepted(hook, [other])).toEqual(['200 started']);
		fail(500);
		expect(await first).toMatchObject({ status: 500 });
		expect(await accepted(hook, [callback])).toEqual(['200 started']);
		expect(await accepted(hook, [callback])).toEqual(['200']);
	});

	it('is not refused at the test URL, where one tries things', async () => {
		const hook = trigger({}, { test: true });
		const callback = signed(hook.url, body(await finishedTask()));
		expect(await accepted(hook, [callback])).toEqual(['200 started']);
		expect(await accepted(hook, [callback])).toEqual(['200 started']);
	});

	it('adds sixteen characters to what n8n writes to its database', async () => {
		const hook = trigger({ verification: 'signature' });
		for (let task = 0; task < 600; task++)
			await hook.call(signed(hook.url, body(`${1e15 + task}`)));
		expect(JSON.stringify(hook.staticData).length).toBeLessThan(600 * 16 + 500);
	});
});

it('knows a key that was changed a moment ago', async () => {
	const saved = { ...credential(), apiKey: 'Token vda_old' };
	const hook = trigger({ verification: 'signature' }, { credential: saved });
	const now = jest.spyOn(Date, 'now');
	const statusAt = async (seconds: number, key: string) => {
		const date = new Date(begun + seconds * 1000);
		now.mockReturnValue(date.getTime());
		return (await hook.call(signed(hook.url, body(`${seconds}`), { key, date }))).status;
	};
	const begun = Date.now();
	expect(await statusAt(0, 'vda_old')).toBe(200);
	saved.apiKey = 'vda_new';
	expect(await statusAt(10, 'vda_new')).toBe(200);
	expect(await statusAt(11, 'vda_old')).toBe(401);
	now.mockRestore();
});

describe('the filters', () => {
	it('pass the events that were chosen', async () => {
		const hook = trigger({ events: ['processing'] });
		const running = await runningTask();
		const done = await finishedTask();
		expect(
			(await hook.call(signed(hook.url, body(running, 'processing')))).item?.json,
		).toMatchObject({
			taskId: running,
		});
		expect(await hook.call(signed(hook.url, body(done)))).toMatchObject({
			status: 200,
			item: undefined,
		});
	});

	it('drop "processing" when it comes after the end', async () => {
		const hook = trigger({ events: ['processing', 'succeeded'], verification: 'signature' });
		const end = body('7', 'success', { creations: [{ url: 'https://a' }] });
		expect((await hook.call(signed(hook.url, end))).item).toBeDefined();
		const late = await hook.call(signed(hook.url, body('7', 'processing')));
		expect(late).toMatchObject({ status: 200, item: undefined });
	});

	it('tell a cancelled task as failed', async () => {
		const hook = trigger();
		const id = await createTask(sandbox, { prompt: '[queue=1e9]' });
		await call(sandbox, 'POST', `/ent/v2/tasks/${id}/cancel`, { id });
		const { item } = await hook.call(
			signed(hook.url, body(id, 'failed', { err_code: 'UserCancelled' })),
		);
		expect(item?.json.state).toBe('cancelled');
	});

	it.each([
		[['viduq2'], true],
		[['viduq3'], false],
		[['viduq3', 'viduq2'], true],
	])('pass tasks of the models %j: %s', async (models, passes) => {
		const hook = trigger({ options: { models } });
		const { status, item } = await hook.call(signed(hook.url, body(await finishedTask())));
		expect(status).toBe(200);
		expect(item?.json.model).toBe(passes ? 'viduq2' : undefined);
	});
});

describe('the URL that is verified', () => {
	const accepts = async (hook: TriggerWorkflow, url: string, query?: string) =>
		(await hook.call({ ...signed(url, body(await finishedTask())), query })).status;

	it('has the prefix of a reverse proxy that n8n knows of', async () => {
		const hook = trigger({}, { baseUrl: 'https://example.com/n8n%20eu/webhook' });
		expect(await accepts(hook, hook.url)).toBe(200);
		expect(await accepts(hook, hook.url.replace('%20', ' '))).toBe(200);
		expect(await accepts(hook, hook.url.replace('/n8n%20eu', ''))).toBe(401);
	});

	it('has the query that the user added to it, as it stands', async () => {
		const hook = trigger();
		const query = '?row=7&name=%E4%BD%A0%20x&a=%2f&&b';
		expect(await accepts(hook, hook.url + query, query)).toBe(200);
		expect(await accepts(hook, hook.url, query)).toBe(401);
	});

	it('is what the user says was given, with a query of its own or that of the request', async () => {
		const given = 'https://hooks.example.com/vidu';
		const hook = trigger({ options: { callbackUrl: given } });
		expect(await accepts(hook, given)).toBe(200);
		expect(await accepts(hook, `${given}?row=7`, '?row=7')).toBe(200);
		expect(await accepts(hook, hook.url)).toBe(401);
		const whole = trigger({ options: { callbackUrl: `${given}?token=1` } });
		expect(await accepts(whole, `${given}?token=1`, '?rewritten=2')).toBe(200);
	});

	it('is the test URL while the editor listens', async () => {
		const hook = trigger({}, { test: true });
		expect(hook.url).toContain('/webhook-test/');
		expect(await accepts(hook, hook.url)).toBe(200);
		expect(await accepts(hook, hook.url.replace('-test', ''))).toBe(401);
	});
});

describe('a provider whose callbacks the key cannot verify', () => {
	const kkiai = () => ({ ...credential(), provider: 'kkiai' });

	it.each([
		['kkiai', 'signatureAndFetch', 'Callbacks from kkiai cannot be verified'],
		['kkiai', 'signature', 'Callbacks from kkiai cannot be verified'],
		['octopusx', 'fetch', 'OctopusX does not send callbacks'],
		['vidu', 'fetch', null],
		['vidu', 'signature', null],
		['kkiai', 'fetch', null],
	])('is told when publishing: %s with %s', async (provider, verification, problem) => {
		const hook = trigger({ verification }, { credential: { ...credential(), provider } });
		const published = hook.publish();
		if (problem === null) await expect(published).resolves.toBeUndefined();
		else await expect(published).rejects.toThrow(problem);
	});

	it('gets 401 and a line in the log, even with a signature of that key', async () => {
		const hook = trigger({}, { credential: kkiai() });
		expect(await hook.call(signed(hook.url, body('7')))).toMatchObject({ status: 401 });
		expect(hook.logs).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringContaining('Callbacks from kkiai cannot be verified'),
			}),
		);
	});

	it('starts the workflow with the answer of the API when that is chosen', async () => {
		const hook = trigger({ verification: 'fetch' });
		const id = await finishedTask();
		const { item } = await hook.call({ body: body(id) });
		expect(item?.json).toMatchObject({ taskId: id, state: 'succeeded' });
	});
});

async function apiThatAnswers(status: number, text: string) {
	const server = createServer((_, response) => response.writeHead(status).end(text));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** API → Request: anything below the base URL, through the door of all requests, and paid for once. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INode } from 'n8n-workflow';
import { runWorkflow, type Run, type RunOptions } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import { pathProblem } from '../../../nodes/Vidu/operations/api/request.ts';
import { account, errorText } from '../harness/clip.mts';
import { quick, useStage } from './vidu.mts';

const stage = useStage();
const clip = { model: 'viduq2', prompt: 'a cat runs', duration: 4, resolution: '540p' };
const post = { method: 'POST', path: '/ent/v2/text2video', body: JSON.stringify(clip) };

describe('GET', () => {
	it('outputs the response, with query parameters, as often as it is asked for', async () => {
		const query = { parameter: [{ name: 'show_detail', value: '=true' }] };
		const parameters = { path: '/ent/v2/credits', query };
		const done = await stage.run('api', 'request', parameters, [{ json: {} }, { json: {} }]);
		expect(stage.outputs(done)).toEqual(
			[1, 2].map(() =>
				expect.objectContaining({
					...{ provider: 'vidu', operation: 'request' },
					response: expect.objectContaining({ remains: expect.any(Array) }),
				}),
			),
		);
		expect(stage.sandbox.requests()).toHaveLength(2);
	});

	it('is refused with advice, as by the other operations', async () => {
		const parameters = { path: '/ent/v2/credits' };
		const done = await stage.run('api', 'request', parameters, undefined, {}, { apiKey: 'wrong' });
		expect(errorText(done)).toContain('The API key was not accepted');
		expect(errorText(done)).toContain('Check the API key in the credential');
	});
});

describe('POST', () => {
	it('waits for the task in the response, and delivers its file', async () => {
		const done = await stage.run('api', 'request', { ...post, options: quick });
		const [item] = done.items('Vidu');
		expect(item?.json).toMatchObject({
			...{ operation: 'request', model: 'viduq2', state: 'succeeded', estimatedCredits: null },
			videos: [{ url: expect.stringContaining('http') }],
		});
		expect((await done.binary(item!, 'data')).length).toBeGreaterThan(1000);
		expect(stage.bodies('/text2video')).toEqual([clip]);
	});

	it('outputs the task at once when it is not to wait', async () => {
		const done = await stage.run('api', 'request', { ...post, waitMode: 'none' });
		expect(stage.outputs(done)).toMatchObject([{ taskId: expect.any(String) }]);
	});

	it('outputs a response without a task, as for a subject of the library', async () => {
		const done = await stage.run('api', 'request', {
			...{ method: 'POST', path: '/ent/v2/subjects' },
			body: { name: 'cat', images: [stage.sample('cat.png')] },
		});
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.outputs(done)).toMatchObject([
			{ taskId: null, state: 'succeeded', response: { id: expect.any(String), name: 'cat' } },
		]);
	});

	it('is refused in the words of the provider, and nothing is charged', async () => {
		const body = { ...clip, model: 'viduq9' };
		const done = await stage.run('api', 'request', { ...post, body });
		expect(errorText(done)).toMatch(/Vidu refused the request/);
		expect(stage.sandbox.ledger()).toEqual([]);
	});
});

describe('a path', () => {
	it.each(['/ent/v2/credits', '/a/b.c/~d', '/ent/v2/tasks/1/', '/a%20b'])('may be %s', (path) => {
		expect(pathProblem(path)).toBeNull();
	});

	it.each([
		...['', 'credits', 'https://evil.example/x', '//evil.example/x', '/\\evil.example'],
		...['/../x', '/a/../../x', '/a/%2e%2E/x', '/a/./x', '/a//b', '/a?b=c', '/a#b', '/a b', '/@{x}'],
	])('is refused before anything is sent: %s', async (path) => {
		expect(pathProblem(path)).not.toBeNull();
	});

	it('never leads to another host, whatever an expression returns', async () => {
		const parameters = { path: '={{ "//evil.example/ent/v2/credits" }}' };
		const done = await stage.run('api', 'request', parameters);
		expect(errorText(done)).toMatch(/^"Path" is "\/\/evil.example/);
		expect(errorText(done)).toContain('Nothing was sent');
		expect(stage.sandbox.requests()).toEqual([]);
	});
});

describe('paid for once', () => {
	/** Answers requests as told, and counts those that could cost something. */
	let server: Server;
	let url: string;
	const posts: string[] = [];
	let isRepaired = false;
	let answer: 'lost' | 'text' | 'done' | 'plain' = 'lost';
	beforeAll(async () => {
		server = createServer((request, response) => {
			if (request.method === 'POST') posts.push(request.url ?? '');
			const isBad = request.url === '/ent/v2/bad' && !isRepaired;
			response.statusCode = isBad ? 400 : 200;
			const say = (body: unknown) => {
				response.setHeader('Content-Type', 'application/json');
				response.end(JSON.stringify(body));
			};
			if (request.method === 'GET') say({ id: '77', state: 'success', creations: [] });
			else if (isBad) say({ message: 'no such path' });
			else if (answer === 'lost') request.socket.destroy();
			else if (answer === 'text') response.end('<html>ok</html>');
			else if (answer === 'done') say({ task_id: '77' });
			else say({ id: 'job-1', credits: 5 });
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(() => {
		posts.splice(0);
		isRepaired = false;
	});
	afterAll(() => server.close());

	async function run(
		tried: IDataObject,
		settings: Partial<INode> = {},
		options: RunOptions = {},
	): Promise<Run> {
		const parameters = { resource: 'api', operation: 'request', waitMode: 'none', ...tried };
		const tested = node({
			...{ name: 'Vidu', type: 'n8n-nodes-vidu.vidu' },
			credentials: { viduApi: { id: '1', name: 'Vidu' } },
			parameters: parameters as never,
			...settings,
		});
		return await runWorkflow(chain([tested]), {
			...account(url, { provider: 'kkiai' }),
			...options,
		});
	}

	it.each(['lost', 'text'] as const)(
		'is not sent again after an unclear response (%s), neither by Retry On Fail nor by Retry',
		async (kind) => {
			answer = kind;
			const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const failed = await run(post, retrying);
			expect(errorText(failed)).toMatch(/may or may not have accepted the request/);
			expect(posts).toHaveLength(1);
			await run(post, retrying, { retryOf: failed });
			expect(posts).toHaveLength(1);
		},
	);

	it.each(['done', 'plain'] as const)(
		'is not sent again by the retry of an execution that failed later (%s)',
		async (kind) => {
			answer = kind;
			const items = ['/ent/v2/x', '/ent/v2/bad'].map((path) => ({ json: { path } }));
			const options = { maxConcurrency: 1 };
			const order = { method: 'POST', path: '={{ $json.path }}', body: '{}', options };
			const failed = await run(order, {}, { items });
			expect(errorText(failed)).toContain('kkiai refused the request: no such path');
			expect(posts).toEqual(['/ent/v2/x', '/ent/v2/bad']);
			isRepaired = true;
			const done = await run(order, {}, { retryOf: failed });
			expect(posts).toEqual(['/ent/v2/x', '/ent/v2/bad', '/ent/v2/bad']);
			expect(done.items('Vidu').map(({ json }) => json)).toMatchObject(
				items.map(() =>
					kind === 'done' ? { taskId: '77' } : { taskId: null, response: { id: 'job-1' } },
				),
			);
		},
	);
});

describe('an agent', () => {
	const tool = { type: 'n8n-nodes-vidu.viduTool' };

	it('cannot send requests unless an option says so', async () => {
		const path = '/ent/v2/credits';
		const ask = async (parameters: IDataObject) =>
			stage.outputs(await stage.run('api', 'request', { path, ...parameters }, [{}], tool));
		expect(await ask({})).toMatchObject([
			{ error: { message: expect.stringContaining('Agents may not send API requests') } },
		]);
		expect(stage.sandbox.requests()).toEqual([]);
		expect(await ask({ allowAsTool: true })).toMatchObject([{ response: {} }]);
	});
});

/** Every envelope in which providers say that something is wrong, off the wire, as the user sees it. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { inspect } from 'node:util';
import vectors from '../unit/vectors/provider-responses.json' with { type: 'json' };
import { startAnswers, type Answers, type Given } from './harness/answers.mts';
import { account } from './harness/clip.mts';
import { runWorkflow, type Run } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';

const KEY = 'sk-never-shown';
const ID = '911084878697623552';
const HTML = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const TRACE = '04e5c2fe159ff7c574acd0424e78c35f';

let provider: Answers;

beforeAll(async () => {
	provider = await startAnswers();
});

afterAll(async () => await provider.close());

/** A model of text to video, and the answer to a create request, at each provider. */
const ORDERS: Readonly<Record<string, { model: string; created: object }>> = {
	vidu: { model: 'viduq2', created: { task_id: ID, state: 'created' } },
	octopusx: { model: 'viduq2', created: { task_id: ID, status: 'processing' } },
	kkiai: { model: 'viduq2', created: { task_id: ID, state: 'created' } },
	vtrix: { model: 'viduq2', created: { id: ID, status: 'in_progress' } },
	jiekou: { model: 'viduq2', created: { task_id: ID } },
	custom: { model: 'viduq2', created: { task_id: ID, state: 'created' } },
};

async function run(
	id: string,
	parameters: IDataObject,
	settings: Partial<INode> = {},
): Promise<Run> {
	const tested = node({
		name: 'Vidu',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: parameters as INodeParameters,
		...settings,
	});
	const there = account(provider.url, { provider: id, apiKey: KEY });
	const done = await runWorkflow(chain([tested]), there);
	const everything = inspect([done.error, done.data.resultData, done.logs], { depth: 12 });
	expect(everything).not.toContain(KEY);
	return done;
}

/** Orders a clip for which the provider gives these answers. */
async function order(
	id: string,
	creates: readonly Given[],
	queries: readonly Given[] = [],
	options: IDataObject = {},
): Promise<Run> {
	provider.say(creates, queries);
	return await run(id, {
		resource: 'video',
		operation: 'textToVideo',
		model: ORDERS[id]?.model,
		prompt: 'a lake',
		waitMode: queries.length > 0 ? 'poll' : 'none',
		downloadVideo: false,
		options: { pollInterval: 0.05, timeout: 0.3, ...options },
	});
}

/** Asks once for a task of which the provider says this. */
async function get(id: string, answer: Given, taskId = ID): Promise<Run> {
	provider.say([], [answer]);
	return await run(id, { resource: 'task', operation: 'get', taskId, downloadVideo: false });
}

const created = (id: string, taskId = ID): Given => ({
	status: 200,
	body: JSON.parse(JSON.stringify(ORDERS[id]?.created).replace(ID, taskId)) as object,
});
const said = ({ error }: Run) => `${error?.message}\n${error?.description ?? ''}`;
const kratos = (code: number, reason: string, message: string) => ({
	code,
	reason,
	message,
	metadata: { trace_id: TRACE },
});
const newApi = (message: string, code = '') => ({
	error: { message, type: 'new_api_error', code },
});

describe('every error of the vectors, as the answer to an order', () => {
	it.each(vectors.errors)('$name', async ({ provider: id, status, body, code, mentions = [] }) => {
		const done = await order(id, [{ status, body }]);
		expect(done.status).toBe('error');
		for (const word of [...mentions, code ?? '']) expect(said(done)).toContain(word);
		// Only "too many" says for certain that the order was not taken.
		if (status === 429) expect(provider.count('POST')).toBeGreaterThan(1);
		else expect(provider.count('POST')).toBe(1);
	});

	it.each(vectors.errors)('$name, as the answer to a query', async (entry) => {
		const { provider: id, status, body, code, mentions = [] } = entry;
		const done = await get(id, { status, body });
		expect(done.status).toBe('error');
		for (const word of [...mentions.filter((word) => word !== TRACE), code ?? '', ID]) {
			expect(said(done)).toContain(word);
		}
	});
});

describe('every query of the vectors', () => {
	const queries = vectors.cases.filter(({ kind }) => kind === 'query');

	it.each(queries)('$name', async ({ provider: id, status, body, task }) => {
		const done = await get(id, { status, body }, task.taskId);
		const [item] = done.items('Vidu').map(({ json }) => json);
		const { state, error } = task;
		expect(item).toMatchObject({ state, ...(error === null ? { error } : {}) });
		if (error !== null) expect(item?.error).toMatchObject(error);
	});

	it.each(queries.filter(({ task }) => task.error !== null))(
		'$name, as the end of an order',
		async ({ provider: id, status, body, task: { error, taskId } }) => {
			const done = await order(id, [created(id, taskId)], [{ status, body }]);
			expect(done.error?.message).toMatch(
				/task (did not succeed|was cancelled|succeeded, but)|refused|could not generate/,
			);
			for (const word of Object.values(error ?? {})) expect(said(done)).toContain(word);
			expect(done.error?.description).toContain(`Task ID: ${taskId}`);
			expect(provider.count('POST')).toBe(1);
		},
	);
});

/** What an order is refused with, and what the user reads. */
const REFUSALS: ReadonlyArray<
	readonly [what: string, id: string, answer: Given, message: string | RegExp, advice: RegExp]
> = [
	[
		"Vidu's Kratos envelope",
		'vidu',
		{ status: 400, body: kratos(400, 'CreditInsufficient', 'credit insufficient') },
		'Vidu refused the request: credit insufficient (CreditInsufficient)',
		new RegExp(`^Top up the credits.*platform\\.vidu\\.com.*Trace ID: ${TRACE}\\.$`),
	],
	[
		"Vidu's bad key",
		'vidu',
		{ status: 401, body: kratos(401, 'Unauthorized', 'invalid token') },
		'The API key was not accepted (Unauthorized)',
		/Check the API key.*Region.*Vidu refused the request: invalid token\./,
	],
	[
		'a reason without advice of its own',
		'vidu',
		{ status: 400, body: kratos(400, 'BadRequest', 'no such thing.') },
		'Vidu refused the request: no such thing (BadRequest)',
		new RegExp(`^Trace ID: ${TRACE}\\.$`),
	],
	[
		"Vidu's envelope passed on by kkiai",
		'kkiai',
		{ status: 400, body: kratos(400, 'ImageDownloadFailure', 'download failed') },
		'kkiai refused the request: download failed (ImageDownloadFailure)',
		/Each image URL must be public/,
	],
	[
		"kkiai's OpenAI-style error",
		'kkiai',
		{
			status: 400,
			body: { error: { message: 'bad model', type: 'invalid', code: 'MODEL_NOT_FOUND' } },
		},
		'kkiai refused the request: bad model (MODEL_NOT_FOUND)',
		/Choose another model/,
	],
	[
		"JieKou's 403 for the key",
		'jiekou',
		{
			status: 403,
			body: { code: 403, reason: 'INVALID_API_KEY', message: 'invalid api key', metadata: {} },
		},
		'The API key was not accepted (INVALID_API_KEY)',
		/^Check the API key in the credential\. JieKou.*: invalid api key\.$/,
	],
	[
		"JieKou's 403 for the balance",
		'jiekou',
		{
			status: 403,
			body: {
				code: 403,
				reason: 'NOT_ENOUGH_BALANCE',
				message: 'not enough balance',
				metadata: {},
			},
		},
		'JieKou / HighwayAPI refused the request: not enough balance (NOT_ENOUGH_BALANCE)',
		/^Top up the balance of the account, then try again\.$/,
	],
	[
		"JieKou's name in the code",
		'jiekou',
		{ status: 403, body: { code: 'ACCESS_DENY', message: 'access denied' } },
		'JieKou / HighwayAPI refused the request: access denied (ACCESS_DENY)',
		/may use this model/,
	],
	[
		"JieKou's 401",
		'jiekou',
		{ status: 401, body: { code: 401, reason: 'FAILED_TO_AUTH', message: 'failed to auth' } },
		'The API key was not accepted (FAILED_TO_AUTH)',
		/Check the API key/,
	],
	[
		"OctopusX's bad key, as new-api says it",
		'octopusx',
		{ status: 401, body: newApi('Invalid token (request id: r1)') },
		'The API key was not accepted (HTTP 401)',
		/Check the API key.*Invalid token \(request id: r1\)/,
	],
	[
		"OctopusX's empty account, as new-api says it",
		'octopusx',
		{ status: 403, body: newApi('user quota is not enough', 'insufficient_user_quota') },
		'OctopusX refused the request: user quota is not enough (insufficient_user_quota)',
		/Top up the balance of the account/,
	],
	[
		"OctopusX's refused task, as new-api says it",
		'octopusx',
		{ status: 400, body: { code: 'invalid_request', message: 'prompt is required', data: null } },
		'OctopusX refused the request: prompt is required (invalid_request)',
		/^$/,
	],
	[
		"OctopusX's error inside a success",
		'octopusx',
		{ status: 200, body: { code: 'invalid_request', message: 'bad model', data: null } },
		'OctopusX refused the request: bad model (invalid_request)',
		/^$/,
	],
	[
		"Vidu's error inside a success",
		'vidu',
		{ status: 200, body: kratos(400, 'FieldInvalid', 'invalid field: duration') },
		'Vidu refused the request: invalid field: duration (FieldInvalid)',
		/models table.*Trace ID/,
	],
	[
		"Vtrix's numbered error",
		'vtrix',
		{
			status: 400,
			body: { error: { code: '008017001', message: 'subjects parameter is required' } },
		},
		'Vtrix refused the request: subjects parameter is required (008017001)',
		/^Add subjects, or turn "Audio" off\.$/,
	],
	[
		"SeaCloud's error with a request id",
		'vtrix',
		{
			status: 401,
			body: { error: { code: 'UNAUTHORIZED', message: 'bad key' }, request_id: 'req-7' },
		},
		'The API key was not accepted (UNAUTHORIZED)',
		/Check the API key.*bad key.*Trace ID: req-7/,
	],
	[
		"Vtrix's error as a text",
		'vtrix',
		{ status: 400, body: { error: 'bad parameters' } },
		'Vtrix refused the request: bad parameters (HTTP 400)',
		/^$/,
	],
	[
		"Vtrix's message alone",
		'vtrix',
		{ status: 403, body: { message: 'permission denied' } },
		'Vtrix refused the request: permission denied (HTTP 403)',
		/Check the balance of the account, and that the API key/,
	],
	[
		'an empty 402',
		'jiekou',
		{ status: 402, body: '' },
		'JieKou / HighwayAPI refused the request: no reason was given (HTTP 402)',
		/Top up the balance/,
	],
	[
		'an HTML page that says 403',
		'vtrix',
		{ status: 403, body: HTML },
		'Vtrix refused the request: no reason was given (HTTP 403)',
		/Check the balance/,
	],
	[
		'an HTML page that says 404',
		'octopusx',
		{ status: 404, body: HTML },
		'OctopusX refused the request: no reason was given (HTTP 404)',
		/^$/,
	],
	[
		'a redirect, which the key does not follow',
		'kkiai',
		{ status: 302, body: '', headers: { Location: 'http://127.0.0.1:9/elsewhere' } },
		'kkiai refused the request: no reason was given (HTTP 302)',
		/^$/,
	],
];

describe('an order that is refused was sent once, and the user reads why', () => {
	it.each(REFUSALS)('%s (%s, %j)', async (_, id, answer, message, advice) => {
		const done = await order(id, [answer]);
		expect(done.error?.message).toBe(message);
		expect(done.error?.description ?? '').toMatch(advice);
		expect(provider.count('POST')).toBe(1);
	});
});

/** Answers that leave open whether the order was taken, and what the user reads. */
const DOUBTS: ReadonlyArray<readonly [what: string, id: string, answer: Given, reason: string]> = [
	['HTML 502', 'kkiai', { status: 502, body: HTML }, 'HTTP 502, no reason was given'],
	['HTML 504', 'vtrix', { status: 504, body: HTML }, 'HTTP 504, no reason was given'],
	['an empty 500', 'octopusx', { status: 500, body: '' }, 'HTTP 500, no reason was given'],
	[
		"Vidu's own 500",
		'vidu',
		{ status: 500, body: kratos(500, 'InternalServiceFailure', 'internal service failure') },
		`HTTP 500, internal service failure (InternalServiceFailure, trace ID ${TRACE})`,
	],
	[
		"new-api's 500",
		'octopusx',
		{
			status: 500,
			body: { code: 'do_request_failed', message: 'upstream unreachable', data: null },
		},
		'HTTP 500, upstream unreachable (do_request_failed)',
	],
	[
		"JieKou's 503 without Retry-After",
		'jiekou',
		{ status: 503, body: { code: 503, reason: 'SERVICE_NOT_AVAILABLE', message: 'not available' } },
		'HTTP 503, not available (SERVICE_NOT_AVAILABLE)',
	],
	['HTTP 408', 'vidu', { status: 408, body: '' }, 'HTTP 408, no reason was given'],
	['a success without a body', 'jiekou', { status: 200, body: '' }, 'the response has no task ID'],
	['a success in HTML', 'kkiai', { status: 200, body: HTML }, 'the response has no task ID'],
	[
		'truncated JSON',
		'vidu',
		{ status: 200, body: '{"task_id":"9110848' },
		'the response has no task ID',
	],
	['a success of nothing', 'vtrix', { status: 200, body: {} }, 'the response has no task ID'],
	[
		"new-api's wrapper around nothing",
		'octopusx',
		{ status: 200, body: { code: 'success', message: '', data: {} } },
		'the response has no task ID',
	],
	[
		'an error without a name inside a success',
		'octopusx',
		{ status: 200, body: newApi('upstream lost') },
		'the response has no task ID; upstream lost',
	],
	[
		'a code that nobody knows inside a success',
		'kkiai',
		{ status: 200, body: { code: 'ORDER_ACCEPTED', message: 'wait for it' } },
		'the response has no task ID; wait for it (ORDER_ACCEPTED)',
	],
	[
		'a code that refuses nothing inside a success',
		'jiekou',
		{ status: 200, body: { reason: 'SERVICE_NOT_AVAILABLE', message: 'not available' } },
		'the response has no task ID; not available (SERVICE_NOT_AVAILABLE)',
	],
];

describe('an order in doubt is not sent again, and the user reads how to find it', () => {
	it.each(DOUBTS)('%s (%s, %j): %s', async (_, id, answer, reason) => {
		const done = await order(id, [answer]);
		expect(done.error?.message).toContain('may or may not have accepted');
		expect(done.error?.message).toContain(reason);
		expect(done.error?.description).toMatch(/not retried.*the prompt "a lake"/);
		expect(provider.count('POST')).toBe(1);
	});
});

/** Answers that say for certain that the order was not taken. */
const BUSY: ReadonlyArray<readonly [what: string, id: string, answer: Given]> = [
	[
		"Vidu's concurrency limit",
		'vidu',
		{ status: 429, body: kratos(429, 'QuotaExceeded', 'too many') },
	],
	[
		"Vidu's operation in process",
		'vidu',
		{ status: 400, body: kratos(400, 'OperationInProcess', 'busy') },
	],
	[
		"JieKou's rate limit",
		'jiekou',
		{ status: 429, body: { code: 429, reason: 'RATE_LIMIT_EXCEEDED', message: 'slow down' } },
	],
	[
		"new-api's 429",
		'octopusx',
		{
			status: 429,
			body: { code: 'fail_to_fetch_task', message: '当前分组上游负载已饱和', data: null },
		},
	],
	['an HTML 429', 'kkiai', { status: 429, body: HTML }],
	['a 503 that says when', 'vtrix', { status: 503, body: { detail: 'later' } }],
];

describe('an order that was certainly not taken is sent again', () => {
	it.each(BUSY)('%s (%s, %j)', async (_, id, answer) => {
		const busy = { ...answer, headers: { 'Retry-After': '0' } };
		const done = await order(id, [busy, created(id)], [], { timeout: 30 });
		expect(said(done)).toBe('undefined\n');
		expect(done.items('Vidu')[0]?.json.taskId).toBe(ID);
		expect(provider.count('POST')).toBe(2);
	});
});

describe('trouble with a query', () => {
	const finished = {
		status: 200,
		body: { id: ID, state: 'success', creations: [{ url: 'https://cdn.example/v.mp4' }] },
	};
	const now = { 'Retry-After': '0' };

	it.each([
		['an HTML 502', { status: 502, body: HTML }],
		['an empty 200', { status: 200, body: '' }],
		['truncated JSON', { status: 200, body: '{"id":"91108487869' }],
		[
			'an error inside a success',
			{ status: 200, body: kratos(500, 'InternalServiceFailure', 'x') },
		],
		['a 429', { status: 429, body: kratos(429, 'TooManyRequests', 'too many requests') }],
		['a task that is not known yet', { status: 404, body: kratos(404, 'TaskNotFound', 'no task') }],
	])('%s is survived, and nothing is bought twice', async (_, answer) => {
		const troubled = { ...answer, headers: now };
		const done = await order('vidu', [created('vidu')], [troubled, troubled, finished], {
			timeout: 30,
		});
		expect(said(done)).toBe('undefined\n');
		expect(done.items('Vidu')[0]?.json).toMatchObject({ taskId: ID, state: 'succeeded' });
		expect(provider.count('POST')).toBe(1);
		expect(provider.count('GET')).toBe(3);
	});

	it('that lasts ends at the timeout with the id under which the clip can be fetched', async () => {
		const done = await order(
			'vidu',
			[created('vidu')],
			[{ status: 502, body: HTML, headers: now }],
		);
		expect(done.error?.message).toMatch(/still queued after/);
		expect(done.error?.description).toContain(ID);
		expect(provider.count('POST')).toBe(1);
	});

	it('by a refusal names the refusal and the id', async () => {
		const refusal = { status: 401, body: newApi('Invalid token') };
		const done = await order('octopusx', [created('octopusx')], [refusal]);
		expect(done.error?.message).toBe('The API key was not accepted (HTTP 401)');
		expect(done.error?.description).toMatch(
			new RegExp(
				`Check the API key.*OctopusX refused to show the task ${ID}: Invalid token.*Task ID: ${ID}.*not be charged again`,
			),
		);
		expect(provider.count('POST')).toBe(1);
	});

	it.each([
		['HTML', 'kkiai', { status: 502, body: HTML }, 'HTTP 502 without JSON'],
		['nothing', 'jiekou', { status: 200, body: '' }, 'HTTP 200 without JSON'],
		['truncated JSON', 'vidu', { status: 200, body: '{"id":"9110' }, 'HTTP 200 without JSON'],
		[
			'an error inside a success',
			'octopusx',
			{ status: 200, body: { code: 'task_not_exist', message: 'no such task', data: null } },
			'HTTP 200, no such task (task_not_exist)',
		],
	])('is told when a task is fetched by its id: %s (%s)', async (_, id, answer, reason) => {
		const done = await get(id, answer);
		expect(done.error?.message).toContain(`could not show the task ${ID} at the moment: ${reason}`);
	});
});

it('an item that failed carries code, sentence and advice while others go on', async () => {
	provider.say([
		{
			status: 403,
			body: { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' },
		},
	]);
	const parameters = {
		resource: 'video',
		operation: 'textToVideo',
		model: 'viduq2',
		prompt: 'a lake',
	};
	const done = await run('jiekou', parameters, { onError: 'continueRegularOutput' });
	expect(done.status).toBe('success');
	expect(done.items('Vidu')[0]?.json).toMatchObject({
		provider: 'jiekou',
		taskId: null,
		error: {
			code: 'NOT_ENOUGH_BALANCE',
			message: expect.stringContaining('not enough balance'),
			description: expect.stringContaining('Top up the balance'),
		},
	});
});

describe('a task that nobody knows', () => {
	it.each([
		['vidu', { status: 404, body: kratos(404, 'TaskNotFound', 'task not found') }],
		['vtrix', { status: 404, body: { detail: 'task not found' } }],
		['vidu', { status: 400, body: kratos(400, 'CODEC', 'parse error') }],
	])('is not offered for fetching (%s, %j)', async (id, answer) => {
		const done = await get(id, answer);
		expect(done.error?.message).toContain(`refused to show the task ${ID}`);
		expect(done.error?.description).toContain(
			'Check the ID, and that the credential belongs to the account that created the task.',
		);
		expect(done.error?.description).not.toContain('Fetch the result');
	});

	it('nor where it is waited for', async () => {
		provider.say([], [{ status: 404, body: kratos(404, 'TaskNotFound', 'task not found') }]);
		const options = { pollInterval: 0.05, timeout: 0.2 };
		const done = await run('vidu', { resource: 'task', operation: 'wait', taskId: ID, options });
		expect(done.error?.message).toContain(`refused to show the task ${ID}`);
		expect(done.error?.description).toContain('Check the ID');
		expect(done.error?.description).not.toContain('Fetch the result');
	});
});

describe('a provider that echoes what it got', () => {
	const echo = `Bearer ${KEY} may not read https://cdn.example/a.png?Signature=c2lnbmVk nor data:image/png;base64,${'iVBORw0KGgo'.repeat(50)}`;
	const places = ['error', 'message', 'detail', 'err_msg'].map((name) => [name]);

	it.each(places)('shows neither key nor signature nor file in an error (%s)', async (name) => {
		for (const done of [
			await order('custom', [{ status: 400, body: { [name]: echo } }]),
			await order('custom', [{ status: 500, body: { [name]: echo } }]),
			await order('custom', [{ status: 401, body: { [name]: echo } }]),
			await get('custom', { status: 403, body: { [name]: echo } }),
			await order('custom', [created('custom')], [{ status: 502, body: { [name]: echo } }]),
			await order(
				'custom',
				[created('custom')],
				[{ status: 200, body: { id: ID, state: 'failed', err_code: echo, [name]: echo } }],
			),
		]) {
			expect(done.status).toBe('error');
			const everything = inspect([done.error, done.data.resultData, done.logs], { depth: 12 });
			expect(everything).not.toMatch(/Signature=|iVBORw0KGgoiVBOR/);
			expect(done.error?.message.length).toBeLessThan(500);
		}
	});

	it('is stored as it answered, but for the key and the files', async () => {
		provider.say([], [{ status: 200, body: { id: ID, state: 'failed', err_msg: echo, n: 0.1 } }]);
		const done = await run('vidu', {
			resource: 'task',
			operation: 'get',
			taskId: ID,
			options: { includeRaw: true },
		});
		expect(done.items('Vidu')[0]?.json).toMatchObject({
			error: { message: expect.stringContaining('Bearer ••• may not read') },
			raw: { id: ID, n: 0.1, err_msg: expect.stringContaining('Signature=c2lnbmVk') },
		});
		expect(JSON.stringify(done.items('Vidu'))).not.toContain('iVBORw0KGgo');
	});
});

it('an answer about another task never becomes the result of the one that was bought', async () => {
	const other = {
		status: 200,
		body: { id: '1', state: 'success', creations: [{ url: 'https://cdn.example/other.mp4' }] },
		headers: { 'Retry-After': '0' },
	};
	const own = {
		status: 200,
		body: { id: ID, state: 'success', creations: [{ url: 'https://cdn.example/own.mp4' }] },
	};
	const done = await order('vidu', [created('vidu')], [other, other, own], { timeout: 30 });
	expect(said(done)).toBe('undefined\n');
	expect(done.items('Vidu')[0]?.json).toMatchObject({
		taskId: ID,
		videos: [{ url: 'https://cdn.example/own.mp4' }],
	});
	expect(provider.count('POST')).toBe(1);
});

it('a status with fractions of 16 digits and more is read', async () => {
	const body = `{"id":${ID},"state":"success","progress":0.3333333333333333,"creations":[{"url":"https://cdn.example/v.mp4","duration":3.0416666666666665}]}`;
	const done = await get('vidu', { status: 200, body });
	expect(done.items('Vidu')[0]?.json).toMatchObject({ taskId: ID, state: 'succeeded' });
});

import type { IDataObject, INode } from 'n8n-workflow';
import { PROVIDERS } from '../../nodes/Vidu/providers/index.ts';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { account, errorText } from './harness/clip.mts';
import { runWorkflow, type Run } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 300, renderSeconds: 90 });
});

afterEach(() => {
	sandbox.reset();
	sandbox.set({ kkiaiQuery: 'tasks' });
});

afterAll(async () => await sandbox.close());

const sample = (name: string) => `${sandbox.url}/samples/${name}`;

/** Each way to a clip: the credential, a model that is offered there, and where the order goes. */
const WAYS: ReadonlyArray<{
	name: string;
	credential: IDataObject;
	model: string;
	media?: true;
	path: string;
}> = [
	{
		name: 'Vidu',
		credential: { provider: 'vidu', apiKey: SANDBOX_KEY },
		model: 'viduq2',
		path: '/ent/v2/reference2video',
	},
	{
		name: 'OctopusX',
		credential: { provider: 'octopusx', apiKey: GATEWAY_KEYS.octopusx },
		model: 'viduq2-pro',
		path: '/vidu/ent/v2/reference2video',
	},
	{
		name: 'kkiai',
		credential: { provider: 'kkiai', apiKey: GATEWAY_KEYS.kkiai },
		model: 'viduq2',
		path: '/ent/v2/reference2video',
	},
	{
		name: 'Vtrix',
		credential: { provider: 'vtrix', apiKey: GATEWAY_KEYS.vtrix },
		model: 'viduq2-pro-fast',
		path: '/model/v1/generation',
	},
	{
		name: 'JieKou with subjects',
		credential: { provider: 'jiekou', apiKey: GATEWAY_KEYS.jiekou },
		model: 'viduq2',
		path: '/v3/async/vidu-q2-reference2video',
	},
	{
		name: 'JieKou with images',
		credential: { provider: 'jiekou', apiKey: GATEWAY_KEYS.jiekou },
		model: 'vidu2.0',
		media: true,
		path: '/v3/async/vidu-2.0-reference2video',
	},
	{
		name: 'a relay like 302.AI',
		credential: {
			provider: 'custom',
			apiKey: GATEWAY_KEYS.relay302,
			pathPrefix: '/relay302/vidu/ent/v2',
			queryPath: '/tasks/{id}/creations',
		},
		model: 'viduq2',
		path: '/relay302/vidu/ent/v2/reference2video',
	},
	{
		name: 'a relay like PowerTokens',
		credential: {
			provider: 'custom',
			apiKey: GATEWAY_KEYS.powertokens,
			pathPrefix: '/powertokens/vidu/ent/v2/',
			queryPath: '/tasks/{id}',
		},
		model: 'viduq2',
		path: '/powertokens/vidu/ent/v2/reference2video',
	},
];

type Way = (typeof WAYS)[number];

async function run(
	way: Way,
	parameters: IDataObject = {},
	credential: IDataObject = {},
): Promise<Run> {
	const media = way.media
		? { referenceType: 'media', imageUrls: [sample('cat.png')], prompt: 'a cat runs' }
		: {
				subjects: { subject: [{ name: 'cat', imageUrls: [sample('cat.png')] }] },
				prompt: '@cat runs',
			};
	const clip: INode = node({
		name: 'Clip',
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		// As an expression, since the list holds what Vidu itself offers.
		parameters: { model: `=${way.model}`, ...media, options: { pollInterval: 0.1 }, ...parameters },
	});
	const defaults = { authScheme: 'auto', region: 'global' };
	return await runWorkflow(
		chain([clip]),
		account(sandbox.url, { ...defaults, ...way.credential, ...credential }),
	);
}

const orders = () => sandbox.requests().filter(({ method }) => method === 'POST');
const way = (name: string) => WAYS.find((each) => each.name === name) as Way;

test('there is a way to every provider', () => {
	const known = new Set(WAYS.map(({ credential }) => credential.provider));
	expect([...known].sort()).toEqual(PROVIDERS.map(({ id }) => id).sort());
});

describe.each(WAYS)('$name', (each) => {
	test('makes a clip from the same node and delivers it in the same item', async () => {
		const done = await run(each);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(orders().map(({ path }) => path)).toEqual([each.path]);
		const [item] = done.items('Clip');
		expect(item?.json).toMatchObject({
			provider: each.credential.provider,
			model: each.model,
			state: 'succeeded',
			error: null,
			videos: [{ url: expect.stringContaining('http') }],
		});
		expect(typeof item?.json.taskId).toBe('string');
		expect((await done.binary(item!, 'data')).length).toBeGreaterThan(1000);
	});

	test('says what is wrong with a bad key, once, and buys nothing', async () => {
		const done = await run(each, {}, { apiKey: 'sk-wrong' });
		expect(done.status).toBe('error');
		expect(errorText(done)).toMatch(/key|token|unauthorized|auth/i);
		expect(errorText(done)).not.toContain('sk-wrong');
		expect(sandbox.ledger()).toEqual([]);
	});

	test('names the reason of a task that failed', async () => {
		const prompt = each.media
			? 'a cat [fail=AuditSubmitIllegal]'
			: '@cat [fail=AuditSubmitIllegal]';
		const done = await run(each, { prompt });
		expect(done.status).toBe('error');
		expect(errorText(done)).toMatch(/did not succeed|refused the prompt or an image/);
		expect(errorText(done)).toContain(sandbox.tasks()[0]?.id);
	});
});

describe('what differs on the wire', () => {
	test('OctopusX gets subjects by id, and no aspect ratio', async () => {
		await run(way('OctopusX'));
		const body = orders()[0]?.body as IDataObject;
		expect(body.subjects).toEqual([{ id: 'cat', images: [sample('cat.png')] }]);
		expect(body).not.toHaveProperty('aspect_ratio');
	});

	test('Vtrix gets its own model id and the parameters wrapped', async () => {
		await run(way('Vtrix'), { duration: 8, resolution: '1080p' });
		expect(orders()[0]?.body).toMatchObject({
			model: 'viduq2_pro_fast_reference2video',
			input: [{ params: { duration: 8, resolution: '1080p', subjects: [{ id: 'cat' }] } }],
		});
	});

	test('Vtrix is read in its other shape as well, with the cost in USD', async () => {
		const done = await run(way('Vtrix'), { prompt: '@cat [shape=B]' });
		expect(done.items('Clip')[0]?.json).toMatchObject({
			state: 'succeeded',
			credits: null,
			cost: { amount: expect.any(Number), currency: 'USD' },
		});
	});

	test("JieKou's links are said to live an hour", async () => {
		const done = await run(way('JieKou with subjects'));
		const expires = Date.parse(String(done.items('Clip')[0]?.json.expiresAt));
		expect(Math.round((expires - Date.now()) / 600_000)).toBe(6);
	});

	test('JieKou gets no model in the body', async () => {
		await run(way('JieKou with images'));
		expect(orders()[0]?.body).not.toHaveProperty('model');
	});

	test.each(['task', 'list'] as const)(
		'kkiai is found where it keeps its tasks: %s',
		async (kkiaiQuery) => {
			sandbox.set({ kkiaiQuery });
			const done = await run(way('kkiai'));
			expect(orders()).toHaveLength(1);
			expect(done.items('Clip')[0]?.json.state).toBe('succeeded');
		},
	);
});

describe('what a provider does not take is refused before anything is sent', () => {
	test.each([
		['Vtrix', { duration: 9 }, /"Duration" is 9.*Vtrix.*1–8 s/],
		['Vtrix', { model: '=viduq3' }, /"Model" is Vidu Q3.*Vtrix offers.*offered for this by Vidu/],
		['JieKou with images', { prompt: 'x'.repeat(1501) }, /1501 characters.*1500/],
		['kkiai', { model: '=viduq3-pro' }, /"Model" is Vidu Q3 Pro/],
		['OctopusX', { aspectRatio: '9:16' }, /"Aspect Ratio" is 9:16.*does not have this field/],
		[
			'JieKou with images',
			{ options: { payload: 'x' } },
			/"Payload" is set.*does not have this field/,
		],
	] as const)('%s %j', async (name, parameters, message) => {
		const done = await run(way(name), parameters as IDataObject);
		expect(errorText(done)).toMatch(message);
		expect(sandbox.requests()).toEqual([]);
	});
});

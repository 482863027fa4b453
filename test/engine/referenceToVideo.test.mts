import { inspect } from 'node:util';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { picture as drawn } from '../../sandbox/pictures.mts';
import { account, errorText, rows, until } from './harness/clip.mts';
import { runWorkflow, startWorkflow, type Run, type RunOptions } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';

/** Provider-seconds per real second, and from order to clip: a clip is ready after 0.3 s. */
const SPEED = 300;
const RENDER = 90;

/** What every item holds, whatever the provider. */
const FIELDS = [
	...[
		'taskId',
		'provider',
		'operation',
		'model',
		'state',
		'nativeState',
		'progress',
		'videos',
		'creationIds',
	],
	...['error', 'credits', 'cost', 'estimatedCredits', 'payload', 'createdAt', 'expiresAt'],
];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: SPEED, renderSeconds: RENDER });
});

afterEach(() => sandbox.reset());

afterAll(async () => await sandbox.close());

const after = node({ name: 'After', type: 'n8n-nodes-base.noOp' });
const failures = node({ name: 'Failures', type: 'n8n-nodes-base.noOp' });

/** The node under test: one cat, the prompt of the item, quick looks. */
function clip(parameters: IDataObject = {}, settings: Partial<INode> = {}): INode {
	const { options, ...others } = parameters;
	return node({
		name: 'Clip',
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: {
			model: 'viduq2',
			subjects: { subject: [{ name: 'cat', imageUrls: [sample('cat.png')] }] },
			prompt: '={{ $json.prompt }}',
			options: { pollInterval: 0.1, ...Object(options) },
			...others,
		},
		...settings,
	});
}

const sample = (name: string) => `${sandbox.url}/samples/${name}`;

/** Runs the node for these prompts, one item each. */
async function run(prompts: string[], tested = clip(), options: RunOptions = {}): Promise<Run> {
	return await runWorkflow(chain([tested], failures), {
		...account(sandbox.url),
		items: rows(...prompts),
		...options,
	});
}

const orders = () => sandbox.requests().filter(({ path }) => path === '/ent/v2/reference2video');
const sent = (index = 0) => orders()[index]?.body as IDataObject;
const isLook = ({ method, path }: { method: string; path: string }) =>
	method === 'GET' && path.startsWith('/ent/v2/tasks');
const bought = () => sandbox.tasks().map(({ id }) => id);
const json = (items: INodeExecutionData[]) => items.map((item) => item.json);
const paired = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

/** Everything that a run leaves, errors and causes included, as one text. */
const everything = ({ data, logs }: Run) =>
	inspect({ data, logs }, { depth: Infinity, maxArrayLength: null, maxStringLength: null });

/** A grey PNG, a few hundred bytes. */
const png = (grey: number) => drawn({ width: 128, height: 128 }, grey);

describe('one clip', () => {
	test('two subjects by URL become a clip with its price, its task id and its bytes', async () => {
		const subject = [
			{ name: 'cat', imageUrls: [sample('cat.png')] },
			{ name: 'robot', imageUrls: [sample('robot.png'), sample('bottle.png')] },
		];
		const tested = clip({
			subjects: { subject },
			duration: 4,
			resolution: '720p',
			aspectRatio: '9:16',
		});
		const done = await run(['@cat and @robot dance'], tested);
		expect(done.error).toBeUndefined();
		const [item] = done.items('Clip');
		const [entry] = sandbox.ledger();
		expect(Object.keys(item?.json ?? {})).toEqual(FIELDS);
		expect(item?.json).toMatchObject({
			taskId: entry?.taskId,
			provider: 'vidu',
			operation: 'referenceToVideo',
			model: 'viduq2',
			state: 'succeeded',
			videos: [{ url: expect.any(String), coverUrl: expect.any(String), watermarkedUrl: null }],
			error: null,
			credits: entry?.credits,
			estimatedCredits: entry?.credits,
			expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
		expect(item?.pairedItem).toEqual({ item: 0 });
		expect(sent()).toMatchObject({
			model: 'viduq2',
			subjects: subject.map(({ name, imageUrls }) => ({ name, images: imageUrls })),
			duration: 4,
			resolution: '720p',
			aspect_ratio: '9:16',
		});

		const [video] = item?.json.videos as Array<{ url: string }>;
		const original = Buffer.from(await (await fetch(video?.url ?? '')).arrayBuffer());
		expect((await done.binary(item)).equals(original)).toBe(true);
		expect(item?.binary?.data).toMatchObject({
			fileName: `viduq2-${entry?.taskId}.mp4`,
			mimeType: 'video/mp4',
			fileType: 'video',
		});
	});

	test.each(['filesystem', 'default'] as const)(
		'pictures from binary fields are sent as they are, in %s mode',
		async (binaryMode) => {
			const [front, side] = [png(10), png(200)];
			const file = { fileName: 'a.bin', mimeType: 'application/octet-stream' };
			const subject = [{ name: 'cat', binaryPropertyNames: 'front, side' }];
			const done = await run([], clip({ subjects: { subject } }), {
				binaryMode,
				items: [
					{
						json: { prompt: '@cat runs' },
						binary: { front: { data: front, ...file }, side: { data: side, ...file } },
					},
				],
			});
			expect(done.error).toBeUndefined();
			expect(sent().subjects).toEqual([
				{
					name: 'cat',
					images: [front, side].map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`),
				},
			]);
			expect(done.items('Clip')[0]?.json.state).toBe('succeeded');
		},
	);

	test('reference media, and a model from an expression', async () => {
		const tested = clip({
			model: '={{ $json.model }}',
			referenceType: 'media',
			imageUrls: [sample('cat.png'), sample('robot.png')],
		});
		const done = await run([], tested, {
			items: [{ json: { prompt: 'A dance', model: 'viduq2-pro' } }],
		});
		expect(done.error).toBeUndefined();
		expect(sent()).toMatchObject({
			model: 'viduq2-pro',
			images: [sample('cat.png'), sample('robot.png')],
		});
		expect(done.items('Clip')[0]?.json.model).toBe('viduq2-pro');
	});

	test('the options of both collections reach the model', async () => {
		const options = { seed: 7, watermark: true, wmPosition: 1 };
		const done = await run(['@cat runs'], clip({ options, runOptions: { payload: 'order-17' } }));
		expect(sent()).toMatchObject({ seed: 7, payload: 'order-17', watermark: true, wm_position: 1 });
		expect(done.items('Clip')[0]?.json).toMatchObject({
			payload: 'order-17',
			videos: [{ watermarkedUrl: expect.any(String) }],
		});
	});

	test('a workflow made when all options were in one collection runs as before', async () => {
		const earlier = clip({ options: { seed: 7, payload: 'order-17', maxCredits: 1 } });
		const refused = await run(['@cat runs'], earlier);
		expect(refused.error?.message).toMatch(/"Max Credits"/);
		expect(orders()).toEqual([]);
		await run(['@cat runs'], {
			...earlier,
			parameters: { ...earlier.parameters, runOptions: { maxCredits: 100 } },
		});
		expect(sent()).toMatchObject({ seed: 7, payload: 'order-17' });
	});

	test('the cover, another binary field and the raw answer come on request', async () => {
		const options = { downloadCover: true, binaryPropertyName: 'clip' };
		const done = await run(['@cat runs'], clip({ options, simplify: false }));
		const [item] = done.items('Clip');
		expect(Object.keys(item?.binary ?? {}).sort()).toEqual(['clip', 'clipCover']);
		expect((await done.binary(item, 'clipCover')).subarray(0, 2)).toEqual(
			Buffer.from('ffd8', 'hex'),
		);
		expect(item?.json.raw).toMatchObject({ state: 'success', creations: [{}] });
	});

	test('without download the item carries the links only', async () => {
		const done = await run(['@cat runs'], clip({ downloadVideo: false }));
		const [item] = done.items('Clip');
		expect(item?.binary).toBeUndefined();
		expect(item?.json.videos).toHaveLength(1);
		expect(sandbox.requests().some(({ path }) => path.startsWith('/results'))).toBe(false);
	});

	test('without waiting the task comes back at once', async () => {
		const done = await run(['@cat runs [never]'], clip({ waitMode: 'none' }));
		expect(json(done.items('Clip'))).toMatchObject([
			{ taskId: bought()[0], state: 'queued', videos: [], credits: sandbox.ledger()[0]?.credits },
		]);
		expect(sandbox.requests().filter(isLook)).toEqual([]);
	});

	test('the key goes to the API only, never with a download', async () => {
		await run(['@cat runs']);
		for (const { path, headers } of sandbox.requests()) {
			expect([path, headers.authorization]).toEqual([
				path,
				path.startsWith('/ent/') ? 'Token ***' : undefined,
			]);
		}
	});
});

describe('several items', () => {
	test('five are made side by side and come out in the order of the input', async () => {
		const prompts = [5, 4, 3, 2, 1].map((n) => `@cat runs [render=${n * 30}]`);
		// The first look comes when also a busy machine has sent all orders.
		const tested = clip({ options: { payload: '={{ $itemIndex }}', pollInterval: 2 } });
		const done = await run(prompts, tested);
		const items = done.items('Clip');
		expect(items.map((item) => item.json.payload)).toEqual(['0', '1', '2', '3', '4']);
		expect(paired(items)).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
		const clips = await Promise.all(items.map(async (item) => await done.binary(item)));
		expect(clips.every((bytes) => bytes.subarray(4, 8).toString() === 'ftyp')).toBe(true);
		const kinds = sandbox.requests().map(({ method, path }) => `${method} ${path.split('/')[2]}`);
		expect(kinds.lastIndexOf('POST v2')).toBeLessThan(kinds.indexOf('GET v2'));
		const looks = sandbox.requests().filter(isLook);
		expect(bought().every((id) => looks[0]?.path.includes(id))).toBe(true);
	});

	test('no more run at once than allowed', async () => {
		let most = 0;
		const stop = sandbox.addLogger(() => {
			const running = sandbox.tasks().filter(({ stage }) => stage !== 'success');
			most = Math.max(most, running.length);
		});
		const done = await run(
			['@cat 1', '@cat 2', '@cat 3', '@cat 4'],
			clip({ options: { maxConcurrency: 2 } }),
		);
		stop();
		expect(done.items('Clip')).toHaveLength(4);
		expect(most).toBe(2);
	});

	const mixed = ['@cat 1', '@cat 2 [fail=CreationPolicyViolation]', '@dog 3', '@cat 4'];

	test('under Stop nothing is sent while any item is wrong', async () => {
		const done = await run(mixed);
		expect(done.error?.message).toContain('@dog');
		expect(done.error).toMatchObject({ context: { itemIndex: 2 } });
		expect(orders()).toEqual([]);
		expect(sandbox.ledger()).toEqual([]);
	});

	test('under Stop a failed task ends the execution, and its error names the tasks that go on', async () => {
		const done = await run(['@cat 1 [never]', '@cat 2 [fail=CreationPolicyViolation]']);
		const [failed, running] = bought();
		expect(done.status).toBe('error');
		expect(done.error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 1 } });
		expect(errorText(done)).toContain('CreationPolicyViolation');
		expect(errorText(done)).toContain(failed);
		expect(errorText(done)).toContain(running);
	});

	test('under Continue good and bad items come out in input order, each with its error and task', async () => {
		const done = await run(mixed, clip({}, { onError: 'continueRegularOutput' }));
		expect(done.status).toBe('success');
		const items = done.items('Clip');
		expect(paired(items)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		const [first, failed, refused, last] = items;
		expect(first?.json.state).toBe('succeeded');
		expect(last?.json.state).toBe('succeeded');
		expect(inspect(failed?.json)).toContain('CreationPolicyViolation');
		expect(bought().some((id) => inspect(failed?.json).includes(id))).toBe(true);
		expect(inspect(refused?.json)).toContain('@dog');
		expect(sandbox.ledger().filter(({ refunded }) => !refunded)).toHaveLength(2);
	});

	test('with an error output the good go one way and the bad the other, with what failed', async () => {
		const done = await run(mixed, clip({}, { onError: 'continueErrorOutput' }));
		expect(paired(done.items('Clip'))).toEqual([{ item: 0 }, { item: 3 }]);
		expect(paired(done.items('Clip', 1))).toEqual([{ item: 1 }, { item: 2 }]);
		const [failed, refused] = json(done.items('Failures'));
		expect(inspect(failed)).toContain('CreationPolicyViolation');
		expect(bought().some((id) => inspect(failed).includes(id))).toBe(true);
		expect(inspect(refused)).toContain('@dog');
	});
});

test('Vidu Q4 is given images, sounds and no subjects', async () => {
	const soundUrls = ['https://example.com/voice.mp3'];
	const imageUrls = [sample('cat.png'), sample('robot.png')];
	const media = { referenceType: 'media', model: 'viduq4-preview', imageUrls, soundUrls };
	const done = await run(['Image 1 speaks like audio 1'], clip({ ...media, resolution: '4K' }));
	expect(json(done.items('Clip'))).toMatchObject([{ state: 'succeeded', credits: 390 }]);
	expect(sent()).toMatchObject({
		...{ model: 'viduq4-preview', images: imageUrls, sounds: soundUrls, resolution: '4K' },
	});
	expect(sent()).not.toHaveProperty('subjects');
});

describe('no money is wasted', () => {
	test.each([
		[{ duration: 11 }, ['Duration', '11', 'Vidu Q2', '1–10']],
		[{ resolution: '4K' }, ['Resolution', '4K', 'Vidu Q2', '540p, 720p, 1080p']],
		[{ model: 'viduq1', resolution: '540p' }, ['Resolution', '540p', 'Vidu Q1', '1080p']],
		[{ model: 'viduq3-pro' }, ['Model', 'Vidu Q3 Pro', 'viduq2']],
	])('%j is refused before any request, with what is allowed', async (parameters, words) => {
		const done = await run(['@cat runs'], clip(parameters));
		expect(done.status).toBe('error');
		for (const word of words) expect(done.error?.message).toContain(word);
		expect(sandbox.requests()).toEqual([]);
		expect(sandbox.ledger()).toEqual([]);
	});

	test('a run above Max Credits is refused as a whole', async () => {
		const done = await run(['@cat 1', '@cat 2'], clip({ options: { maxCredits: 50 } }));
		expect(done.error?.message).toMatch(/"Max Credits" is 50.*2 items/);
		expect(sandbox.requests()).toEqual([]);
	});

	test('a subject that the prompt does not call gets a hint', async () => {
		const done = await run(['A street']);
		expect(done.hints('Clip').map(({ message }) => message)).toEqual([
			expect.stringContaining('@cat'),
		]);
	});

	test.each(['[drop]', '[create500]'])(
		'after %s the order is not sent again: its task is found by our mark and delivered',
		async (fault) => {
			const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const done = await run([`@cat runs ${fault}`, '@cat runs'], clip({}, retrying));
			expect(done.status).toBe('success');
			expect(done.items('Clip').map(({ json }) => json.state)).toEqual(['succeeded', 'succeeded']);
			expect(orders()).toHaveLength(2);
			expect(sandbox.ledger()).toHaveLength(2);
			const [lost] = done.items('Clip');
			const [task] = sandbox.tasks().filter(({ prompt }) => prompt.includes(fault));
			expect(lost?.json).toMatchObject({ taskId: task?.id, payload: null });
		},
	);

	test.each(['[drop]', '[create500]'])(
		"after %s with a payload of the user's own, the error names the tasks that it may be",
		async (fault) => {
			const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const done = await run(
				[`@cat runs ${fault}`],
				clip({ options: { payload: 'row 7' } }, retrying),
			);
			expect(done.status).toBe('error');
			expect(orders()).toHaveLength(1);
			expect(sandbox.ledger()).toHaveLength(1);
			expect(errorText(done)).toMatch(/may or may not have accepted/);
			expect(errorText(done)).toMatch(/Look for a task with the model viduq2/);
			expect(errorText(done)).toContain(`The task may be one of ${bought()[0]}`);
		},
	);

	test('two items that ask for the same each get their own clip, also when both answers are lost', async () => {
		const done = await run(['@cat runs [drop]', '@cat runs [drop]']);
		const ids = done.items('Clip').map(({ json }) => json.taskId);
		expect([...ids].sort()).toEqual([...bought()].sort());
		expect(sandbox.ledger()).toHaveLength(2);
	});

	test('task ids stand in the custom data of the execution, where the list can be searched', async () => {
		const done = await run(Array.from({ length: 40 }, (_, index) => `@cat ${index}`));
		const noted = Object.entries(done.customData).filter(([key]) => key.startsWith('viduTasks'));
		expect(noted.flatMap(([, ids]) => ids.split(',')).sort()).toEqual([...bought()].sort());
		for (const [, ids] of noted) expect(ids.length).toBeLessThanOrEqual(512);
	});

	test('a picture that cannot be fetched is named', async () => {
		const subjects = {
			subject: [{ name: 'cat', imageUrls: [sample('cat.png'), sample('missing.png')] }],
		};
		const done = await run(['@cat runs'], clip({ subjects }));
		expect(errorText(done)).toMatch(
			/image 2 in "Image URLs" of subject 1 "cat" \(http.*missing\.png\)/,
		);
	});

	test('a charge that differs from the estimate is a hint', async () => {
		const done = await run(['@cat runs [charge=99]']);
		expect(done.hints('Clip').map(({ message }) => message)).toEqual([
			expect.stringMatching(/cost 99 credits \(\$0\.50\), not 45 credits \(\$0\.23\) as estimated/),
		]);
	});

	test('429 is waited for as long as the provider asks, then the order goes through', async () => {
		const began = performance.now();
		const done = await run(['@cat runs [busy=1] [retryAfter=1]']);
		expect(done.items('Clip')[0]?.json.state).toBe('succeeded');
		expect(orders().map(({ status }) => status)).toEqual([429, 200]);
		// Node's timers may come a millisecond early, and it waits in four slices.
		expect(performance.now() - began).toBeGreaterThan(990);
		expect(sandbox.ledger()).toHaveLength(1);
	});

	test('a refused order names the code and what to do', async () => {
		const done = await run(['@cat runs [reject=CreditInsufficient]']);
		expect(errorText(done)).toContain('CreditInsufficient');
		expect(errorText(done)).toMatch(/top up/i);
		expect(orders()).toHaveLength(1);
	});
});

describe('no result is lost', () => {
	test('failing status requests are survived', async () => {
		const done = await run(['@cat 1 [poll500=2]', '@cat 2 [poll429=1]']);
		expect(json(done.items('Clip')).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
		expect(orders()).toHaveLength(2);
		const answers = sandbox
			.requests()
			.filter(isLook)
			.map(({ status }) => status);
		expect(answers).toEqual(expect.arrayContaining([500, 429, 200]));
	});

	test('an expired link is renewed once', async () => {
		const done = await run(['@cat runs [expired=1]']);
		expect((await done.binary(done.items('Clip')[0])).length).toBeGreaterThan(1000);
		const downloads = sandbox.requests().filter(({ path }) => path.startsWith('/results'));
		expect(downloads.map(({ status }) => status)).toEqual([403, 200]);
		expect(orders()).toHaveLength(1);
	});

	test('a download that breaks off is taken up again', async () => {
		const done = await run(['@cat runs [truncate=1]']);
		const [item] = done.items('Clip');
		const [video] = item?.json.videos as Array<{ url: string }>;
		const original = Buffer.from(await (await fetch(video?.url ?? '')).arrayBuffer());
		expect((await done.binary(item)).equals(original)).toBe(true);
	});

	test('a clip that cannot be downloaded stays fetchable by its id', async () => {
		const done = await run(['@cat runs [expired=9]']);
		expect(errorText(done)).toMatch(/result is ready, but could not be downloaded/);
		expect(errorText(done)).toContain(bought()[0]);
	});

	test('the timeout ends the node with the task id', async () => {
		const done = await run(['@cat runs [never]'], clip({ options: { timeout: 0.3 } }));
		expect(done.status).toBe('error');
		expect(errorText(done)).toContain(bought()[0]);
	});

	test('Retry On Fail takes the paid task up again instead of buying another', async () => {
		const retrying = { retryOnFail: true, maxTries: 5, waitBetweenTries: 200 };
		const done = await run(
			['@cat runs [render=300]'],
			clip({ options: { timeout: 0.3 } }, retrying),
		);
		expect(done.items('Clip')[0]?.json).toMatchObject({ taskId: bought()[0], state: 'succeeded' });
		expect(orders()).toHaveLength(1);
	});

	test('retrying the failed execution takes up paid tasks and buys only what is missing', async () => {
		const tested = clip({ options: { timeout: 0.3 } });
		const failed = await run(
			['@cat 1 [render=300]', '@cat 2', '@cat 3 [reject=FieldInvalid]'],
			tested,
		);
		expect(failed.status).toBe('error');
		const before = orders().length;
		await until(() => sandbox.tasks().every(({ stage }) => stage === 'success'));
		const retried = await run([], tested, { items: undefined, retryOf: failed });
		expect(
			orders()
				.slice(before)
				.map(({ body }) => (body as IDataObject).prompt),
		).toEqual(['@cat 3 [reject=FieldInvalid]']);
		expect(retried.status).toBe('error');
		expect(sandbox.ledger()).toHaveLength(2);
	});
});

describe('Stop', () => {
	async function stopWhileRunning(prompt: string, onStop: string): Promise<Run> {
		const execution = await startWorkflow(chain([clip({ options: { onStop } }), after]), {
			...account(sandbox.url),
			items: [{ json: { prompt } }],
		});
		await until(() => sandbox.requests().some(({ path }) => path.includes(bought()[0] ?? 'none')));
		return await execution.stop();
	}

	test('ends the node and leaves the task running', async () => {
		const stopped = await stopWhileRunning('@cat runs [never]', 'leave');
		expect(stopped.status).toBe('canceled');
		expect(stopped.items('After')).toEqual([]);
		expect(sandbox.tasks().map(({ stage }) => stage)).toEqual(['processing']);
		expect(inspect(stopped.logs)).toContain(bought()[0]);
	});

	test('cancels a task that still waits, if so chosen, and the credits come back', async () => {
		await stopWhileRunning('@cat runs [queue=100000]', 'cancel');
		expect(sandbox.tasks().map(({ stage }) => stage)).toEqual(['cancelled']);
		expect(sandbox.ledger().map(({ refunded }) => refunded)).toEqual([true]);
	});
});

describe('a deduplication key', () => {
	const keyed = () => clip({ options: { dedupeKey: '={{ $json.row }}' } });
	const keys = (...names: string[]) => names.map((row) => ({ json: { row, prompt: '@cat runs' } }));

	test('buys one clip for items of the same key, and gives it to each', async () => {
		const done = await run([], keyed(), { items: keys('a', 'b', 'a') });
		const ids = json(done.items('Clip')).map(({ taskId }) => taskId);
		expect(orders()).toHaveLength(2);
		expect(ids[0]).toBe(ids[2]);
		expect(ids[0]).not.toBe(ids[1]);
	});

	test('gives a later execution the clip of an earlier one', async () => {
		const first = await run([], keyed(), { items: keys('d') });
		const second = await run([], keyed(), { items: keys('d', 'e'), staticData: first.staticData });
		const [again] = json(second.items('Clip'));
		expect(again?.taskId).toBe(json(first.items('Clip'))[0]?.taskId);
		expect(orders()).toHaveLength(2);
	});

	test('buys again after a clip that failed without a charge', async () => {
		const failing = [{ json: { row: 'f', prompt: '@cat [fail=AuditFailed]' } }];
		const first = await run([], keyed(), { items: failing });
		const second = await run([], keyed(), { items: keys('f'), staticData: first.staticData });
		expect(second.status).toBe('success');
		expect(orders()).toHaveLength(2);
	});
});

describe('large pictures', () => {
	test('are uploaded where the request would be too large, and the rest travels inside', async () => {
		const noise = (megabytes: number) =>
			Buffer.concat([png(9), Buffer.alloc(megabytes * 1e6, megabytes)]);
		const file = (megabytes: number) => ({
			data: noise(megabytes),
			fileName: `${megabytes}.png`,
			mimeType: 'image/png',
		});
		const done = await run(
			[],
			clip({ subjects: { subject: [{ name: 'cat', binaryPropertyNames: 'big, small, mid' }] } }),
			{
				items: [
					{ json: { prompt: '@cat' }, binary: { big: file(9), small: file(1), mid: file(8) } },
				],
			},
		);
		expect(errorText(done)).toBe('undefined\nundefined');
		const [{ images } = { images: [] }] = sent().subjects as Array<{ images: string[] }>;
		expect(images.map((image) => image.split(/[:?]/)[0])).toEqual(['ssupload', 'data', 'data']);
		const put = sandbox
			.requests()
			.find(({ method, path }) => method === 'PUT' && !path.endsWith('/finish'));
		expect(inspect(put?.headers).toLowerCase()).not.toContain('authorization');
	});

	test('that can go neither way are refused before anything is sent', async () => {
		const data = Buffer.concat([png(9), Buffer.alloc(17e6)]);
		const done = await run(
			[],
			clip({ subjects: { subject: [{ name: 'cat', binaryPropertyNames: 'data' }] } }),
			{
				items: [
					{
						json: { prompt: '@cat' },
						binary: { data: { data, fileName: 'a.png', mimeType: 'image/png' } },
					},
				],
			},
		);
		expect(errorText(done)).toMatch(/17 MB[\s\S]*20 MB/);
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('trust', () => {
	test.each([
		'@cat runs [drop]',
		'@cat runs [create500]',
		'@cat runs [reject=FieldInvalid]',
		'@cat runs [fail=AuditFailed]',
		'@cat runs [expired=9]',
		'@cat runs',
	])('no key is in any error, log or item: %s', async (prompt) => {
		const done = await run([prompt]);
		expect(everything(done)).not.toContain(SANDBOX_KEY);
	});

	test('a wrong key is named as such, but not shown', async () => {
		const done = await run(
			['@cat runs'],
			clip(),
			account(sandbox.url, { apiKey: 'vda_not_this_one' }),
		);
		expect(done.status).toBe('error');
		expect(errorText(done)).toMatch(/key/i);
		expect(everything(done)).not.toContain('vda_not_this_one');
	});

	test('no signed link is in an error or a log', async () => {
		const done = await run(['@cat runs [expired=9]']);
		expect(inspect([done.error, done.logs], { depth: Infinity })).not.toContain('Signature=');
	});
});

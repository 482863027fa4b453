import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	NodeOperationError,
	type ICredentialType,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { describeNode } from './harness/nodeTypes.mts';
import { processedData } from './harness/processedData.mts';
import { runWorkflow, startWorkflow, type Run, type RunOptions } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

let server: Server;
let url: string;
const seen: IncomingHttpHeaders[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		seen.push(request.headers);
		if (request.url === '/hang') return;
		if (request.url === '/broken') response.statusCode = 500;
		response.end(request.url === '/file.mp4' ? bytes : '{"ok":true}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

/** A node as ours are: it calls an API with a credential, downloads, remembers, fails when told to. */
class Probe implements INodeType {
	description = describeNode({
		displayName: 'Probe',
		name: 'test.probe',
		credentials: [{ name: 'signed' }, { name: 'generic' }],
		properties: [
			{ displayName: 'Action', name: 'action', type: 'string', default: 'echo' },
			{ displayName: 'Value', name: 'value', type: 'string', default: '' },
		],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const context = this.getContext('node');
		context.tries = Number(context.tries ?? 0) + 1;
		const results: INodeExecutionData[] = [];
		for (const index of this.getInputData().keys()) {
			const value = this.getNodeParameter('value', index) as string;
			const result = { json: { value }, pairedItem: { item: index } };
			switch (this.getNodeParameter('action', index)) {
				case 'call':
					await this.helpers.httpRequestWithAuthentication.call(this, value, { url });
					break;
				case 'get':
					await this.helpers.httpRequestWithAuthentication.call(this, 'signed', {
						url: url + value,
					});
					break;
				case 'download': {
					const response = await this.helpers.httpRequest({
						url: `${url}/file.mp4`,
						encoding: 'stream',
						returnFullResponse: true,
					});
					const data = await this.helpers.prepareBinaryData(response.body, 'clip.mp4', 'video/mp4');
					results.push({ ...result, binary: { data } });
					continue;
				}
				case 'measure': {
					const { length } = await this.helpers.getBinaryDataBuffer(index, value);
					results.push({ ...result, json: { length } });
					continue;
				}
				case 'notice':
					this.addExecutionHints({ message: value, location: 'outputPane' });
					// n8n 2.16 and later have it.
					this.customData?.set('note', value);
					this.logger.info(value);
					this.getWorkflowStaticData('node').note = value;
					break;
				case 'record': {
					const recorded = await this.helpers.checkProcessedAndRecord(
						value.split(' '),
						'workflow',
						{
							mode: 'entries',
						},
					);
					results.push({ ...result, json: { ...recorded } });
					continue;
				}
				case 'wait':
					await this.putExecutionToWait(new Date('2100-01-01'));
					break;
				case 'failTwice':
					if (context.tries <= 2) throw new NodeOperationError(this.getNode(), 'Not yet');
					break;
				case 'failOn':
					if (value !== 'bad') break;
					const error = new NodeOperationError(this.getNode(), 'Bad item', { itemIndex: index });
					if (!this.continueOnFail()) throw error;
					results.push({ json: { error: error.message }, pairedItem: { item: index } });
					continue;
			}
			results.push(result);
		}
		return [results];
	}
}

const signed: ICredentialType = {
	name: 'signed',
	displayName: 'Signed',
	properties: [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Scheme', name: 'scheme', type: 'string', default: 'Token' },
	],
	authenticate: async ({ scheme, key }, request) => ({
		...request,
		headers: { ...request.headers, Authorization: `${scheme} ${key}` },
	}),
};

const generic: ICredentialType = {
	name: 'generic',
	displayName: 'Generic',
	properties: [{ displayName: 'Key', name: 'key', type: 'string', default: '' }],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.key }}' } },
	},
};

const options: RunOptions = {
	nodeTypes: [new Probe()],
	credentialTypes: [signed, generic],
	credentials: {
		mine: { type: 'signed', data: { key: 'abc' } },
		other: { type: 'generic', data: { key: 'def' } },
	},
};

const probe = (action: string, value = '', settings: object = {}) =>
	node({
		name: 'Probe',
		type: 'test.probe',
		parameters: { action, value },
		credentials: { signed: { id: '1', name: 'mine' }, generic: { id: '2', name: 'other' } },
		...settings,
	});
const after = node({ name: 'After', type: 'n8n-nodes-base.noOp' });
const names = [{ json: { name: 'one' } }, { json: { name: 'bad' } }, { json: { name: 'three' } }];

test('expressions read the item, and results are paired with it through the workflow', async () => {
	const items = node({
		name: 'Items',
		type: 'test.items',
		parameters: { items: '=[{ "name": "{{ $json.name }}1" }, { "name": "{{ $json.name }}2" }]' },
	});
	const back = {
		...probe('echo', '={{ $("Start").item.json.name }}/{{ $json.value }}'),
		name: 'Back',
	};
	const run = await runWorkflow(chain([items, probe('echo', '={{ $json.name }}'), back]), {
		...options,
		items: names.slice(0, 2),
	});
	expect(run.status).toBe('success');
	expect(run.items('Back').map(({ json }) => json.value)).toEqual([
		'one/one1',
		'one/one2',
		'bad/bad1',
		'bad/bad2',
	]);
	expect(run.items('Items').map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 0 },
		{ item: 1 },
		{ item: 1 },
	]);
});

test('without items the trigger itself starts the workflow with one empty item', async () => {
	const run = await runWorkflow(chain([after]), options);
	expect(run.items('After').map(({ json }) => json)).toEqual([{}]);
});

test('credentials sign requests with a function or with generic expressions, defaults filled in', async () => {
	seen.length = 0;
	await runWorkflow(chain([probe('call', 'signed')]), options);
	await runWorkflow(chain([probe('call', 'generic')]), options);
	expect(seen.map(({ authorization }) => authorization)).toEqual(['Token abc', 'Bearer def']);
});

test.each(['filesystem', 'default'] as const)(
	'a streamed download is kept as binary data in %s mode and can be read back',
	async (binaryMode) => {
		const run = await runWorkflow(chain([probe('download')]), { ...options, binaryMode });
		const [item] = run.items('Probe');
		expect(item?.binary?.data).toMatchObject({
			fileName: 'clip.mp4',
			mimeType: 'video/mp4',
		});
		expect(Boolean(item?.binary?.data?.id)).toBe(binaryMode === 'filesystem');
		expect((await run.binary(item)).equals(bytes)).toBe(true);
	},
);

test.each(['filesystem', 'default'] as const)(
	'binary fields of the first items reach the node in %s mode',
	async (binaryMode) => {
		const run = await runWorkflow(chain([probe('measure', 'photo')]), {
			...options,
			binaryMode,
			items: [{ binary: { photo: { data: bytes, fileName: 'a.png', mimeType: 'image/png' } } }],
		});
		expect(run.items('Probe')[0]?.json).toEqual({ length: bytes.length });
	},
);

describe('when one of three items fails', () => {
	const failing = (onError: string) =>
		runWorkflow(
			chain(
				[probe('failOn', '={{ $json.name }}', { onError })],
				onError === 'continueErrorOutput' ? after : undefined,
			),
			{ ...options, items: names },
		);

	test('the execution stops with the error by default', async () => {
		const run = await failing('stopWorkflow');
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({ message: 'Bad item', node: { name: 'Probe' } });
	});

	test('it goes on with an error item under Continue', async () => {
		const run = await failing('continueRegularOutput');
		expect(run.status).toBe('success');
		expect(run.items('Probe').map(({ json }) => json)).toEqual([
			{ value: 'one' },
			{ error: 'Bad item' },
			{ value: 'three' },
		]);
	});

	test('the failed item goes to the error output under Continue (using error output)', async () => {
		const run = await failing('continueErrorOutput');
		expect(run.items('Probe').map(({ json }) => json.value)).toEqual(['one', 'three']);
		expect(run.items('Probe', 1)).toEqual([
			{ json: { name: 'bad', error: 'Bad item' }, pairedItem: { item: 1 } },
		]);
		expect(run.items('After').map(({ json }) => json.name)).toEqual(['bad']);
	});
});

test('Retry On Fail runs the node again, and its node context survives', async () => {
	const retrying = probe('failTwice', '', { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
	const run = await runWorkflow(chain([retrying]), options);
	expect(run.status).toBe('success');
	expect(run.context('Probe')).toEqual({ tries: 3 });
});

test('retrying a failed execution goes on at the failed node with the context it left', async () => {
	const workflow = chain([probe('failTwice', '={{ $json.name }}'), after]);
	const first = await runWorkflow(workflow, { ...options, items: names.slice(0, 1) });
	expect(first.error?.message).toBe('Not yet');
	const second = await runWorkflow(workflow, { ...options, retryOf: first });
	expect(second.error?.message).toBe('Not yet');
	const third = await runWorkflow(workflow, { ...options, retryOf: second });
	expect(third.status).toBe('success');
	expect(third.context('Probe')).toEqual({ tries: 3 });
	expect(third.items('After').map(({ json }) => json)).toEqual([{ value: 'one' }]);
});

test('Stop aborts the request that runs and cancels the execution', async () => {
	seen.length = 0;
	const execution = await startWorkflow(chain([probe('get', '/hang')]), options);
	while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
	const run = await execution.stop();
	expect(run.status).toBe('canceled');
});

test('hints, custom data, static data and logs of a node can be seen', async () => {
	const run = await runWorkflow(chain([probe('notice', 'look here')]), {
		...options,
		staticData: { 'node:Probe': { earlier: true } },
	});
	expect(run.hints('Probe')).toEqual([{ message: 'look here', location: 'outputPane' }]);
	expect([{}, { note: 'look here' }]).toContainEqual(run.customData);
	expect(run.staticData).toMatchObject({ 'node:Probe': { earlier: true, note: 'look here' } });
	expect(run.logs).toContainEqual({ level: 'info', message: 'look here' });
});

test('an execution that a node puts to wait is suspended', async () => {
	const run = await runWorkflow(chain([probe('wait'), after]), options);
	expect(run.status).toBe('waiting');
	expect(run.waitTill).toEqual(new Date('2100-01-01'));
	expect(run.items('After')).toEqual([]);
});

test('a refused request reaches the node as the NodeApiError that n8n makes', async () => {
	const run = await runWorkflow(chain([probe('get', '/broken')]), options);
	expect(run.error).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
});

describe('what nodes record in the database', () => {
	const record = async (value: string, workflowId?: string) =>
		await runWorkflow(chain([probe('record', value)]), { ...options, workflowId });
	const newOnes = (run: Run) => run.items('Probe')[0]?.json.new;

	test('is known to the next execution of the workflow at once, and to no other workflow', async () => {
		expect(newOnes(await record('a b'))).toEqual(['a', 'b']);
		expect(newOnes(await record('b c'))).toEqual(['c']);
		expect(newOnes(await record('a b', 'another'))).toEqual(['a', 'b']);
	});

	test('fails when two executions record the first entry together', async () => {
		processedData.delay = 100;
		const runs = await Promise.all([record('a'), record('b')]);
		expect(runs.map(({ status }) => status).sort()).toEqual(['error', 'success']);
	});

	test('is lost when another execution reads before and writes after', async () => {
		await record('a');
		processedData.delay = 100;
		const runs = await Promise.all([record('b'), record('b')]);
		expect(runs.map(newOnes)).toEqual([['b'], ['b']]);
		await Promise.all([record('c'), record('d')]);
		const last = await record('c d');
		expect(newOnes(last)).toHaveLength(1);
	});
});

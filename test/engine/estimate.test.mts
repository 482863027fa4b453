import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { runWorkflow, type Run } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterEach(() => {
	expect(sandbox.requests()).toEqual([]);
});

afterAll(async () => await sandbox.close());

async function estimate(parameters: IDataObject, credential: IDataObject = {}): Promise<Run> {
	const tested = node({
		name: 'Vidu',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'account' } },
		parameters: { resource: 'account', operation: 'estimate', ...parameters },
	});
	const data = { apiKey: SANDBOX_KEY, baseUrl: sandbox.url, ...credential };
	return await runWorkflow(chain([tested]), {
		credentials: { account: { type: 'viduApi', data: data as never } },
		items: [{ json: { seconds: 8 } }],
	});
}

const output = (run: Run) => run.items('Vidu')[0]?.json;
const errorText = ({ error }: Run) => `${error?.message}\n${error?.description}`;

describe('account: estimate, which asks nobody', () => {
	test('says credits and dollars of the usual clip', async () => {
		expect(output(await estimate({}))).toEqual({
			provider: 'vidu',
			operation: 'estimate',
			task: 'referenceSubjects',
			model: 'viduq2',
			duration: 5,
			resolution: '720p',
			audio: false,
			offPeak: false,
			credits: 45,
			atMost: 45,
			cost: { amount: 0.225, currency: 'USD' },
			note: null,
		});
	});

	test('counts the region, off-peak and what an expression gives', async () => {
		const asked = {
			task: 'imageToVideo',
			model: 'viduq3-turbo',
			duration: '={{ $json.seconds }}',
			audio: true,
		};
		expect(output(await estimate(asked, { region: 'china' }))).toMatchObject({
			...{ duration: 8, credits: 96, cost: { amount: 3, currency: 'CNY' } },
		});
		expect(output(await estimate({ ...asked, options: { offPeak: true } }))).toMatchObject({
			...{ offPeak: true, credits: 48, cost: { amount: 0.24, currency: 'USD' } },
		});
	});

	test('gives the most where the model chooses the length', async () => {
		const asked = { model: 'viduq2-pro', duration: 0 };
		expect(output(await estimate(asked))).toMatchObject({
			...{ credits: null, atMost: 75, cost: { amount: 0.375, currency: 'USD' } },
			note: expect.stringContaining('longest'),
		});
	});

	test('says what is not documented at a gateway', async () => {
		expect(output(await estimate({}, { provider: 'kkiai' }))).toMatchObject({
			...{ credits: 45, cost: null },
			note: expect.stringContaining('kkiai'),
		});
		const fast = { model: 'viduq2-pro-fast' };
		expect(output(await estimate(fast, { provider: 'vtrix' }))).toMatchObject({
			...{ provider: 'vtrix', credits: null, atMost: null, cost: null },
			note: expect.stringContaining('documents no price'),
		});
	});

	test('refuses what the provider would refuse', async () => {
		expect(errorText(await estimate({ model: 'viduq1', duration: 9 }))).toContain('accepts 5 s');
		expect(errorText(await estimate({}, { provider: 'vtrix' }))).toContain('Vtrix offers for');
		expect(errorText(await estimate({ audio: true, options: { offPeak: true } }))).toContain(
			'off-peak only with "Audio" off',
		);
	});
});

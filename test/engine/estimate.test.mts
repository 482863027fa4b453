import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { account, errorText } from './harness/clip.mts';
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
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: { resource: 'account', operation: 'estimate', ...parameters },
	});
	return await runWorkflow(chain([tested]), {
		...account(sandbox.url, credential),
		items: [{ json: { seconds: 8 } }],
	});
}

const output = (run: Run) => run.items('Vidu')[0]?.json;

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

	test('has no price for a length that is not known of the model', async () => {
		const drama = { model: 'viduq3-drama', duration: '={{ 20 }}' };
		expect(output(await estimate(drama))).toMatchObject({
			credits: null,
			atMost: null,
			cost: null,
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

	test.each([
		[{ task: 'upscale', upscaleResolution: '8K', options: { sourceSeconds: 8 } }, 1280, 6.4],
		[{ task: 'cloneVoice', text: 'This is how I sound.' }, 310, 1.55],
		[{ task: 'extend', model: 'viduq2-pro', duration: 5, resolution: '720p' }, 70, 0.35],
		[{ task: 'lipSync', options: { sourceSeconds: 12 } }, 60, 0.3],
		[{ task: 'motionSync', options: { sourceSeconds: 12.5 } }, 130, 0.65],
		[{ task: 'referenceToImage', model: 'viduq2', resolution: '4K' }, 10, 0.05],
		[{ task: 'textToSpeech', text: 'Hello' }, 10, 0.05],
		[{ task: 'textToAudio', duration: 4 }, 10, 0.05],
		[{ task: 'timingToAudio' }, 20, 0.1],
		[{ task: 'recommend', count: 6 }, 20, 0.1],
		[{ task: 'createSubject' }, 5, 0.025],
		[
			{ task: 'multiFrame', model: 'viduq2-pro', keyFrames: { keyFrame: [{ duration: 2 }, {}] } },
			...([110, 0.55] as const),
		],
		[
			{ task: 'imageToVideo', model: 'viduq4-preview', duration: 16, resolution: '4K' },
			...([1248, 6.24] as const),
		],
	])('knows what other tasks cost: %j', async (parameters, credits, amount) => {
		expect(output(await estimate(parameters))).toMatchObject({
			...{ credits, atMost: credits, cost: { amount, currency: 'USD' } },
		});
	});

	test('tells the rate where only the length decides', async () => {
		expect(output(await estimate({ task: 'upscale', upscaleResolution: '8K' }))).toMatchObject({
			...{ credits: null, atMost: 48_000 },
			note: expect.stringContaining('160 credits ($0.80) per second, for a video of up to 300'),
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

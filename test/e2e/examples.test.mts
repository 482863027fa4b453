import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { exampleNames, manualTrigger, readExample } from '../../scripts/examples.mts';
import { readMp4 } from '../../scripts/mp4.mts';
import { output, type Execution } from '../../scripts/n8nClient.mts';
import { openSession, type Session } from './session.mts';

const VIDU_NODE = 'Vidu Reference to Video';

let session: Session;

beforeAll(async () => {
	session = await openSession();
});

async function run(name: string): Promise<Execution> {
	const workflow = await readExample(name, session);
	const id = await session.client.createWorkflow(workflow);
	return await session.client.ended(await session.client.run(id, manualTrigger(workflow)));
}

/** What the sandbox serves as the video of an item. */
async function served({ json }: INodeExecutionData): Promise<Buffer> {
	const [video] = json.videos as Array<{ url: string }>;
	const answer = await fetch(video?.url ?? '');
	return Buffer.from(await answer.arrayBuffer());
}

describe.each([
	{ example: 'reference-to-video', clips: 1 },
	{ example: 'product-clips-batch', clips: 3 },
])('the example $example', ({ example, clips }) => {
	let execution: Execution;
	let items: INodeExecutionData[];

	beforeAll(async () => {
		execution = await run(example);
		items = output(execution, VIDU_NODE);
	});

	it('runs to its end in a real n8n', () => {
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		expect(items).toHaveLength(clips);
	});

	it('holds in n8n, byte for byte, the video that was made', async () => {
		for (const item of items) {
			const bytes = await session.client.binary(item);
			expect(bytes.equals(await served(item))).toBe(true);
			expect(item.binary?.data).toMatchObject({
				mimeType: 'video/mp4',
				fileExtension: 'mp4',
				bytes: bytes.length,
			});
		}
	});

	it('says on every item what was billed', async () => {
		const billed = await session.billed();
		for (const { json } of items) {
			expect(json.credits).toBeGreaterThan(0);
			expect(json.credits).toBe(billed.get(String(json.taskId)));
			expect(json.estimatedCredits).toBe(json.credits);
		}
	});
});

it('saves a playable H.264 file for every product of the batch', async () => {
	const execution = await run('product-clips-batch');
	const rows = output(execution, 'One item per product');
	const clips = output(execution, VIDU_NODE);
	for (const [index, { json }] of rows.entries()) {
		const path = join(session.filesFolder, `${String(json.sku)}.mp4`);
		const clip = clips[index] as INodeExecutionData;
		expect((await readFile(path)).equals(await session.client.binary(clip))).toBe(true);
		expect(await readMp4(path)).toMatchObject({ codec: 'avc', width: 540, height: 960 });
	}
});

it('moves a product photo, and fetches the same clip again by its id', async () => {
	const execution = await run('product-photo-moves');
	expect(execution.error).toBeUndefined();
	const [made] = output(execution, 'Image to Video');
	const [again] = output(execution, 'Get the task again');
	expect(made?.json).toMatchObject({ operation: 'imageToVideo', state: 'succeeded' });
	expect(again?.json).toMatchObject({ operation: 'get', taskId: made?.json.taskId });
	const bytes = await session.client.binary(made as INodeExecutionData);
	expect((await session.client.binary(again as INodeExecutionData)).equals(bytes)).toBe(true);
	const billed = await session.billed();
	expect(billed.get(String(made?.json.taskId))).toBe(made?.json.credits);
});

it('makes the same clip through each of the five providers', async () => {
	const execution = await run('five-providers');
	expect(execution.error).toBeUndefined();
	for (const [name, provider] of [
		['Vidu', 'vidu'],
		['OctopusX', 'octopusx'],
		['kkiai', 'kkiai'],
		['Vtrix', 'vtrix'],
		['JieKou', 'jiekou'],
	]) {
		const [item] = output(execution, `Through ${name}`);
		expect(item?.json).toMatchObject({ provider, state: 'succeeded', error: null });
		const bytes = await session.client.binary(item as INodeExecutionData);
		expect(bytes.equals(await served(item as INodeExecutionData))).toBe(true);
	}
});

it('starts a second execution when the clip of the first one is ready', async () => {
	const execution = await run('callback-trigger');
	const [asked] = output(execution, 'Text to Video');
	expect(asked?.json.state).toBe('queued');
	const deadline = Date.now() + 60_000;
	let item: INodeExecutionData | undefined;
	while (item === undefined && Date.now() < deadline) {
		for (const { id } of await session.client.executions(10)) {
			const [clip] = output(await session.client.execution(id), 'Use the clip');
			if (clip?.json.taskId === asked?.json.taskId) item = clip;
		}
	}
	expect(item?.json).toMatchObject({ state: 'succeeded', payload: 'paper-boat' });
	const bytes = await session.client.binary(item as INodeExecutionData);
	expect(bytes.equals(await served(item as INodeExecutionData))).toBe(true);
});

it.each([
	['text-image-video-extend-upscale', ['Picture', 'Clip', 'Longer', 'Sharper']],
	['script-speech-lipsync', ['Host', 'Speech', 'Lips']],
])('hands the result of each step to the next in %s', async (example, steps) => {
	const execution = await run(example);
	expect(execution.error).toBeUndefined();
	for (const step of steps) {
		expect(output(execution, step)[0]?.json).toMatchObject({ state: 'succeeded', error: null });
	}
	const [last] = output(execution, steps.at(-1) ?? '');
	const bytes = await session.client.binary(last as INodeExecutionData);
	expect(bytes.equals(await served(last as INodeExecutionData))).toBe(true);
});

it('makes a clip when the balance is high enough', async () => {
	const execution = await run('balance-check');
	expect(execution.error).toBeUndefined();
	expect(output(execution, 'Balance')[0]?.json.credits).toBeGreaterThanOrEqual(500);
	expect(output(execution, 'Clip')[0]?.json).toMatchObject({ state: 'succeeded' });
	expect(output(execution, 'Too few credits')).toEqual([]);
});

it('covers every example that is shipped', async () => {
	expect((await exampleNames()).sort()).toEqual([
		'balance-check',
		'callback-trigger',
		'five-providers',
		'product-clips-batch',
		'product-photo-moves',
		'reference-to-video',
		'script-speech-lipsync',
		'text-image-video-extend-upscale',
		'wait-without-a-worker',
	]);
});

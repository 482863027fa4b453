import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { manualTrigger, nodeOf, readExample } from '../../scripts/examples.mts';
import { readMp4 } from '../../scripts/mp4.mts';
import { output, type Execution, type WorkflowJson } from '../../scripts/n8nClient.mts';
import { openSession, type Session } from './session.mts';

const VIDU_NODE = 'Vidu Reference to Video';

let session: Session;

beforeAll(async () => {
	session = await openSession();
});

/** Runs an example as it is shipped, unless `change` makes it another. */
async function run(name: string, change?: (workflow: WorkflowJson) => void): Promise<Execution> {
	const workflow = await readExample(name, session);
	change?.(workflow);
	const id = await session.client.createWorkflow(workflow);
	return await session.client.ended(await session.client.run(id, manualTrigger(workflow)));
}

/** What the sandbox serves as the video of an item. */
async function served({ json }: INodeExecutionData): Promise<Buffer> {
	const [video] = json.videos as Array<{ url: string }>;
	const answer = await fetch(video?.url ?? '');
	return Buffer.from(await answer.arrayBuffer());
}

describe('the example reference-to-video', () => {
	let execution: Execution;
	let items: INodeExecutionData[];

	beforeAll(async () => {
		execution = await run('reference-to-video');
		items = output(execution, VIDU_NODE);
	});

	it('runs to its end in a real n8n', () => {
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		expect(items).toHaveLength(1);
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

it('saves a playable H.264 file of the right shape for every platform', async () => {
	const execution = await run('vertical-variants');
	expect(execution.error).toBeUndefined();
	const clips = output(execution, 'Text to Video');
	const shapes = [
		['tiktok', 720, 1280],
		['shorts', 1080, 1920],
		['pinterest', 540, 720],
	] as const;
	expect(clips).toHaveLength(shapes.length);
	for (const [index, [platform, width, height]] of shapes.entries()) {
		const path = join(session.filesFolder, `${platform}.mp4`);
		const clip = clips[index] as INodeExecutionData;
		expect((await readFile(path)).equals(await session.client.binary(clip))).toBe(true);
		expect(await readMp4(path)).toMatchObject({ codec: 'avc', width, height });
	}
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
	['text-image-video-extend-upscale', ['Image', 'Clip', 'Longer', 'Sharper']],
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

it('writes down what a clip has cost, and refuses one beyond the month’s budget', async () => {
	const first = await run('monthly-cap');
	expect(first.error).toBeUndefined();
	const [clip] = output(first, 'Text to Video');
	const { credits, taskId } = clip?.json as { credits: number; taskId: string };
	expect(output(first, 'Write it down')[0]?.json).toMatchObject({ credits, taskId });

	const before = (await session.billed()).size;
	const second = await run('monthly-cap', (workflow) => {
		const budget = nodeOf(workflow, 'Budget').parameters.assignments;
		const [monthly] = (budget as { assignments: IDataObject[] }).assignments;
		if (monthly) monthly.value = 2 * credits - 1;
	});
	expect(second.error?.message).toContain(`${credits} are spent, and it costs ${credits}`);
	expect(second.runData).not.toHaveProperty('Text to Video');
	expect((await session.billed()).size).toBe(before);
});

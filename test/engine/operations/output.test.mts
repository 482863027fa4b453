/** What of an item is output: Simplify, and Output for agents. */
import type { IDataObject } from 'n8n-workflow';
import { quick, useStage } from './vidu.mts';

const stage = useStage();
const CLIP = { model: 'viduq2', prompt: 'A boat', downloadVideo: false, options: quick };
const TOOL = { type: 'n8n-nodes-vidu.viduTool' };

const makeClip = async (choice: IDataObject, settings = {}) =>
	await stage.run('video', 'textToVideo', { ...CLIP, ...choice }, undefined, settings);
const fieldsOf = (item: IDataObject | undefined) => Object.keys(item ?? {}).sort();

describe('Simplify', () => {
	test('off adds the response of the provider, for one task and in lists', async () => {
		const [clip] = stage.outputs(await makeClip({ simplify: false }));
		expect(clip).toMatchObject({ state: 'succeeded', raw: { state: 'success', id: clip?.taskId } });
		for (const parameters of [{ taskId: clip?.taskId, downloadVideo: false }, { limit: 1 }]) {
			const operation = 'taskId' in parameters ? 'get' : 'getMany';
			const whole = await stage.run('task', operation, { ...parameters, simplify: false });
			expect(stage.outputs(whole)).toMatchObject([{ raw: { id: clip?.taskId } }]);
			const [simple] = stage.outputs(await stage.run('task', operation, parameters));
			expect(simple).toMatchObject({ taskId: clip?.taskId, state: 'succeeded' });
			expect(simple).not.toHaveProperty('raw');
		}
	});

	test('off adds it to a task that was cancelled', async () => {
		const queued = await makeClip({ prompt: 'A boat [queue=100000]', waitMode: 'none' });
		const { taskId } = stage.outputs(queued)[0] ?? {};
		const done = await stage.run('task', 'cancel', { taskId, simplify: false });
		expect(stage.outputs(done)).toMatchObject([{ state: 'cancelled', raw: { state: 'failed' } }]);
	});

	test('keeps the response for workflows that had Include Raw Response', async () => {
		const options = { ...quick, includeRaw: true };
		expect(stage.outputs(await makeClip({ options }))).toMatchObject([
			{ raw: { state: 'success' } },
		]);
		for (const includeRaw of [false, '=wahr']) {
			const [clip] = stage.outputs(await makeClip({ options: { ...quick, includeRaw } }));
			expect(clip).toMatchObject({ state: 'succeeded' });
			expect(clip).not.toHaveProperty('raw');
		}
	});
});

describe('Output of an agent’s tool', () => {
	test('is the same item as elsewhere by itself, and with the response when raw', async () => {
		const [same] = stage.outputs(await makeClip({}, TOOL));
		const [elsewhere] = stage.outputs(await makeClip({}));
		expect(fieldsOf(same)).toEqual(fieldsOf(elsewhere));
		const [raw] = stage.outputs(await makeClip({ output: 'raw' }, TOOL));
		expect(fieldsOf(raw)).toEqual([...fieldsOf(same), 'raw'].sort());
	});

	test('has the chosen fields only, with the ID and what went wrong', async () => {
		const chosen = { output: 'selectedFields', selectedFields: ['videos', 'credits'] };
		const [clip] = stage.outputs(await makeClip(chosen, TOOL));
		expect(fieldsOf(clip)).toEqual(['credits', 'error', 'model', 'taskId', 'videos']);
		const failed = { ...chosen, prompt: 'A boat [fail=AuditFailed]' };
		const [item] = stage.outputs(await makeClip(failed, TOOL));
		expect(item).toMatchObject({ taskId: expect.any(String), error: { code: 'AuditFailed' } });
	});

	test('has the essential fields where no others are chosen', async () => {
		const [clip] = stage.outputs(await makeClip({ output: 'selectedFields' }, TOOL));
		expect(fieldsOf(clip)).toEqual(['error', 'model', 'state', 'taskId', 'videos']);
		const chosen = { kinds: ['extend'], output: 'selectedFields' };
		const [model] = stage.outputs(await stage.run('model', 'getMany', chosen, undefined, TOOL));
		expect(fieldsOf(model)).toEqual([
			...['defaultCredits', 'durations', 'kind', 'model', 'resolutions'],
		]);
	});

	test('is not what a node of a workflow goes by', async () => {
		const [clip] = stage.outputs(await makeClip({ output: 'selectedFields', selectedFields: [] }));
		expect(clip).toMatchObject({ provider: 'vidu', videos: [expect.anything()] });
	});
});

const SENSELESS = ['=wahr', '={{ $json.no.such.field }}', '={{ [{}] }}', '={{ nonsense( }}'];

test.each(SENSELESS)('a choice of %s never loses what was paid for', async (value) => {
	const choices: Array<[IDataObject, object]> = [
		[{ simplify: value }, {}],
		[{ output: value }, TOOL],
		[{ output: 'selectedFields', selectedFields: value }, TOOL],
	];
	for (const [choice, settings] of choices) {
		stage.sandbox.reset();
		const done = await makeClip(choice, settings);
		expect(stage.outputs(done)).toMatchObject([{ taskId: expect.any(String) }]);
		expect(done.status).toBe('success');
		expect(stage.sandbox.ledger()).toHaveLength(1);
	}
});

/** A subject of the library in Reference to Video: found in the list, and sent by its id. */
import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { runWorkflow, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import { account, errorText } from '../harness/clip.mts';
import { listed } from './lists.mts';
import { quick, useStage } from './vidu.mts';

const stage = useStage();

function tested(parameters: INodeParameters) {
	return node({
		name: 'Vidu',
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters,
	});
}

async function made(name: string): Promise<string> {
	const image = stage.sample('cat.png');
	const done = await stage.run('subject', 'create', { name, imageUrls: [image] });
	return String(stage.outputs(done)[0]?.taskId);
}

async function clip(serverId: NodeParameterValueType): Promise<Run> {
	const parameters = {
		prompt: '@cat runs',
		subjects: { subject: [{ name: 'cat', serverId }] },
		options: quick,
	};
	return await runWorkflow(chain([tested(parameters)]), {
		...account(stage.sandbox.url),
		items: [{ json: { chosen: await made('Tom') } }],
	});
}

test('own subjects are listed before those of the provider, and searched by name', async () => {
	const id = await made('Tom Cat');
	const { results } = await listed(stage, 'searchSubjects');
	expect(results[0]).toEqual({ name: 'Tom Cat', value: id });
	expect(results.slice(1).every(({ name }) => name.endsWith('(Vidu)'))).toBe(true);
	const cats = await listed(stage, 'searchSubjects', { filter: 'CAT' });
	expect(cats.results.map(({ name }) => name)).toEqual(['Tom Cat', 'Cat (Vidu)']);
});

test('a provider without a library says who has one', async () => {
	const credential = { provider: 'kkiai', apiKey: GATEWAY_KEYS.kkiai };
	await expect(listed(stage, 'searchSubjects', { credential })).rejects.toThrow(
		/Subjects can be listed at Vidu .* choose By ID\.$/,
	);
});

test.each([
	['a subject chosen from the list', { __rl: true, mode: 'list', value: '={{ $json.chosen }}' }],
	['an id that is typed in', { __rl: true, mode: 'id', value: '={{ $json.chosen }}' }],
	['the plain text of an earlier workflow', '={{ $json.chosen }}'],
])('%s is sent', async (_, serverId) => {
	const done = await clip(serverId);
	expect(errorText(done)).toBe('undefined\nundefined');
	const [subject] = stage.bodies('/subjects') as IDataObject[];
	expect(subject).toMatchObject({ name: 'Tom' });
	const chosen = done.items('Start')[0]?.json.chosen;
	expect(stage.bodies('/reference2video')).toMatchObject([
		{ subjects: [{ name: 'cat', server_id: chosen }] },
	]);
});

test('a subject for which none is chosen is not sent as one of the library', async () => {
	const done = await clip({ __rl: true, mode: 'list', value: '' });
	expect(errorText(done)).toContain('no image, library subject or voice');
	expect(stage.bodies('/reference2video')).toEqual([]);
});

test('only own subjects can be chosen to be changed, and the chosen one is', async () => {
	const id = await made('Tom Cat');
	const { results } = await listed(stage, 'searchOwnSubjects');
	expect(results).toEqual([{ name: 'Tom Cat', value: id }]);
	const subjectId = { __rl: true, mode: 'list', value: id, cachedResultName: 'Tom Cat' };
	const updated = await stage.run('subject', 'update', { subjectId, style: 'ink' });
	expect(errorText(updated)).toBe('undefined\nundefined');
	const shown = await stage.run('subject', 'get', { subjectId });
	expect(stage.outputs(shown)).toMatchObject([{ subject: { id, name: 'Tom Cat', style: 'ink' } }]);
});

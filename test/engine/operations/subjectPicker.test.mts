/** A subject of the library in Reference to Video: found in the list, and sent by its id. */
import type {
	IDataObject,
	INodeListSearchResult,
	INodeParameters,
	NodeParameterValueType,
} from 'n8n-workflow';
import { GATEWAY_KEYS, SANDBOX_KEY } from '../../../sandbox/server.mts';
import { ViduReferenceToVideo } from '../../../nodes/Vidu/ViduReferenceToVideo.node.ts';
import { core } from '../harness/n8n.mts';
import { makeAdditionalData, makeWorkflow, runWorkflow, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import { errorText, quick, useStage } from './vidu.mts';

const stage = useStage();

function tested(parameters: INodeParameters) {
	return node({
		name: 'Vidu',
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: '1', name: 'account' } },
		parameters,
	});
}

const options = (credential: IDataObject) => ({
	credentials: {
		account: {
			type: 'viduApi',
			data: { apiKey: SANDBOX_KEY, baseUrl: stage.sandbox.url, ...credential } as never,
		},
	},
});

/** What the editor shows in the list, for what is typed into its search. */
async function search(
	filter?: string,
	credential: IDataObject = {},
): Promise<INodeListSearchResult> {
	const picked = tested({});
	const workflow = makeWorkflow(chain([picked]), options(credential));
	const additionalData = makeAdditionalData('1', 'internal', workflow, options(credential));
	const context = new core.LoadOptionsContext(
		workflow,
		picked,
		additionalData,
		'parameters.subjects.subject[0].serverId',
	);
	return await new ViduReferenceToVideo().methods.listSearch.searchSubjects.call(context, filter);
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
		...options({}),
		items: [{ json: { chosen: await made('Tom') } }],
	});
}

test('own subjects are listed before those of the provider, and searched by name', async () => {
	const id = await made('Tom Cat');
	const { results } = await search();
	expect(results[0]).toEqual({ name: 'Tom Cat', value: id });
	expect(results.slice(1).every(({ name }) => name.endsWith('(Vidu)'))).toBe(true);
	expect((await search('CAT')).results.map(({ name }) => name)).toEqual(['Tom Cat', 'Cat (Vidu)']);
});

test('a provider without a library says who has one', async () => {
	const asked = search('', { provider: 'kkiai', apiKey: GATEWAY_KEYS.kkiai });
	await expect(asked).rejects.toThrow('Subjects can be listed at Vidu');
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
	expect(errorText(done)).toContain('no image, video or library subject');
	expect(stage.bodies('/reference2video')).toEqual([]);
});

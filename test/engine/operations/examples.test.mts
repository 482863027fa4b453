/** The examples that chain operations, as they are shipped, in n8n's engine. */
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { readExample } from '../../../scripts/examples.mts';
import { describeNode } from '../harness/nodeTypes.mts';
import { runWorkflow } from '../harness/run.mts';
import { account, errorText } from '../harness/clip.mts';
import { useStage } from './vidu.mts';

const stage = useStage();

/** Stands in for n8n's own Edit Fields node in its JSON mode. */
class EditFields implements INodeType {
	description = describeNode({
		displayName: 'Edit Fields',
		name: 'n8n-nodes-base.set',
		properties: [{ displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}' }],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [
			this.getInputData().map((_, item) => ({
				json: JSON.parse(String(this.getNodeParameter('jsonOutput', item))) as object as never,
				pairedItem: { item },
			})),
		];
	}
}

test.each([
	['text-image-video-extend-upscale', ['Image', 'Clip', 'Longer', 'Sharper']],
	['script-speech-lipsync', ['Host', 'Speech', 'Lips']],
])('%s hands the result of each step to the next', async (name, steps) => {
	const workflow = await readExample(name, {
		credential: { id: '1', name: 'Vidu' },
		others: {},
		sandboxUrl: stage.sandbox.url,
		n8nUrl: '',
		filesFolder: '',
	});
	const nodes = workflow.nodes.filter(({ type }) => !type.endsWith('stickyNote'));
	const done = await runWorkflow(
		{ ...workflow, nodes },
		{
			...account(stage.sandbox.url),
			nodeTypes: [new EditFields()],
		},
	);
	expect(errorText(done)).toBe('undefined\nundefined');
	for (const step of steps) {
		expect(done.items(step)).toMatchObject([{ json: { state: 'succeeded', error: null } }]);
	}
	expect(done.items(steps.at(-1) ?? '')[0]?.binary?.data?.mimeType).toBe('video/mp4');
	expect(stage.sandbox.ledger()).toHaveLength(steps.length);
});

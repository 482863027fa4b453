/** What most nodes do: one item after the other, asked every 5 s, downloaded into memory. */
import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { SANDBOX_KEY } from '../../sandbox/keys.mts';
import { describeNode } from '../engine/harness/nodeTypes.mts';
import { text } from '../contract/client.mts';

const POLL_EVERY = 5_000;

interface Generation {
	state: string;
	creations: Array<{ url: string }>;
}

export class SerialLoop implements INodeType {
	description = describeNode({
		displayName: 'Serial Loop',
		name: 'bench.serialLoop',
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Prompt', name: 'prompt', type: 'string', default: '' },
		],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const clips: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const url = await makeClip(this, item);
			const file = await this.helpers.httpRequest({ url, encoding: 'arraybuffer' });
			const data = await this.helpers.prepareBinaryData(
				Buffer.from(file),
				'video.mp4',
				'video/mp4',
			);
			clips.push({ json: { url }, binary: { data }, pairedItem: { item } });
		}
		return [clips];
	}
}

/** Resolves to the URL of the clip. */
async function makeClip({ getNodeParameter, helpers }: IExecuteFunctions, item: number) {
	const send = async (request: IHttpRequestOptions) =>
		await helpers.httpRequest({
			baseURL: `${String(getNodeParameter('url', item))}/ent/v2`,
			headers: { Authorization: `Token ${SANDBOX_KEY}` },
			json: true,
			...request,
		});
	const { task_id: id } = (await send({
		method: 'POST',
		url: '/text2video',
		body: text({ prompt: getNodeParameter('prompt', item) }),
	})) as { task_id: string };
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
		const task = (await send({ url: `/tasks/${id}/creations` })) as Generation;
		if (task.state === 'failed') throw new Error('The task failed');
		const [clip] = task.creations;
		if (task.state === 'success' && clip) return clip.url;
	}
}

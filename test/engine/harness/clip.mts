/** What tests of whole runs share: a node that makes a clip of each item's prompt, its account, its items. */
import type { IDataObject, INode } from 'n8n-workflow';
import { SANDBOX_KEY } from '../../../sandbox/server.mts';
import type { InputItem, Run, RunOptions } from './run.mts';
import { node } from './workflow.mts';

/** Text to video, which looks often and downloads nothing. */
export const clip = (options: IDataObject = {}, settings: Partial<INode> = {}): INode =>
	node({
		name: 'Clip',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: {
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: '={{ $json.prompt }}',
			downloadVideo: false,
			options: { pollInterval: 0.01, ...options },
		},
		...settings,
	});

/** The credential called `Vidu`. */
export const account = (baseUrl: string, data: IDataObject = {}): RunOptions => ({
	credentials: {
		Vidu: { type: 'viduApi', data: { apiKey: SANDBOX_KEY, baseUrl, ...data } as never },
	},
});

/** An item for each prompt. */
export const rows = (...prompts: readonly string[]): InputItem[] =>
	prompts.map((prompt) => ({ json: { prompt } }));

/** What a failed run says. */
export const errorText = ({ error }: Run) => `${error?.message}\n${error?.description}`;

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The workflow that the benchmarks run: Reference to Video over the items of the trigger. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { runWorkflow, type Run } from '../engine/harness/run.mts';
import { chain, node } from '../engine/harness/workflow.mts';

/** Runs the node in n8n's engine, once for each prompt, against a sandbox. */
export async function makeClips(sandboxUrl: string, prompts: readonly string[]): Promise<Run> {
	const clip = node({
		name: 'Clip',
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: 'sandbox', name: 'sandbox' } },
		parameters: {
			model: 'viduq2',
			referenceType: 'subjects',
			subjects: { subject: [{ name: 'cat', imageUrls: [`${sandboxUrl}/samples/cat.png`] }] },
			prompt: '={{ $json.prompt }}',
		},
	});
	const run = await runWorkflow(chain([clip]), {
		credentials: { sandbox: { type: 'viduApi', data: credential(sandboxUrl) } },
		items: prompts.map((prompt) => ({ json: { prompt } })),
	});
	if (run.error) throw run.error;
	return run;
}

/** The sandbox as a credential. */
export function credential(baseUrl: string): ICredentialDataDecryptedObject {
	return { provider: 'vidu', region: 'global', apiKey: 'vda_sandbox_key', authScheme: 'auto', baseUrl };
}

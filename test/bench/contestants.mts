/** Three nodes that make clips, all in n8n's engine and against the same sandbox. */
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { SANDBOX_KEY } from '../../sandbox/keys.mts';
import {
	startWorkflow,
	type Execution,
	type Run,
	type RunOptions,
} from '../engine/harness/run.mts';
import { chain, node } from '../engine/harness/workflow.mts';
import { loadMinimax } from './minimax.mts';
import { startMinimaxFake } from './minimaxFake.mts';
import { SerialLoop } from './serial.mts';

/** What a run is to make: a clip for each prompt. */
export interface Jobs {
	readonly prompts: readonly string[];
	/** Tasks in flight at once, for a node that knows more than one; its own default if not given. */
	readonly inFlight?: number;
	/** How long the clips are to be, 5 if not given: this node guesses from that when to look. */
	readonly clipSeconds?: number;
	/** Whether this node downloads the clips; true if not given. */
	readonly download?: boolean;
	/** Seconds between the looks of this node; it adapts if not given. */
	readonly pollInterval?: number;
}

/** Starts a workflow whose node "Clip" makes the clips at a sandbox. */
export type Start = (sandboxUrl: string, jobs: Jobs) => Promise<Execution>;

export const contestants = { ours: startOurs, minimax: startMinimax, serial: startSerial };

export type Contestant = keyof typeof contestants;

/** @throws when not every one of the jobs has its clip */
export function assertDelivered(run: Run, jobs: number): void {
	if (run.error) throw run.error;
	const clips = run.items('Clip').filter(({ binary }) => binary?.data);
	if (clips.length !== jobs) throw new Error(`${clips.length} clips instead of ${jobs}`);
}

const prompt = '={{ $json.prompt }}';

async function startClips(
	{ prompts }: Jobs,
	part: Pick<INode, 'type'> & Partial<INode>,
	options: RunOptions,
): Promise<Execution> {
	const items = prompts.map((one) => ({ json: { prompt: one } }));
	return await startWorkflow(chain([node({ name: 'Clip', ...part })]), { ...options, items });
}

/** This node, with its defaults. */
export async function startOurs(sandboxUrl: string, jobs: Jobs): Promise<Execution> {
	const part = {
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: 'sandbox', name: 'sandbox' } },
		parameters: {
			model: 'viduq2',
			referenceType: 'subjects',
			subjects: { subject: [{ name: 'cat', imageUrls: [`${sandboxUrl}/samples/cat.png`] }] },
			prompt,
			duration: jobs.clipSeconds ?? 5,
			downloadVideo: jobs.download ?? true,
			options: {
				...(jobs.inFlight !== undefined && { maxConcurrency: jobs.inFlight }),
				...(jobs.pollInterval !== undefined && { pollInterval: jobs.pollInterval }),
			},
		},
	};
	const data = credential(sandboxUrl);
	return await startClips(jobs, part, { credentials: { sandbox: { type: 'viduApi', data } } });
}

/** The newest version of the node, with its defaults. */
async function startMinimax(sandboxUrl: string, jobs: Jobs): Promise<Execution> {
	const { type, credentialType } = await loadMinimax();
	const fake = await startMinimaxFake(sandboxUrl);
	const part = {
		type: type.description.name,
		typeVersion: 1.1,
		credentials: { minimaxApi: { id: 'fake', name: 'fake' } },
		parameters: { resource: 'video', operation: 'textToVideo', prompt },
	};
	const data = { apiKey: SANDBOX_KEY, url: `${fake.url}/v1` };
	const execution = await startClips(jobs, part, {
		nodeTypes: [type],
		credentialTypes: [credentialType],
		credentials: { fake: { type: 'minimaxApi', data } },
	});
	void execution.finished.finally(fake.close);
	return execution;
}

async function startSerial(sandboxUrl: string, jobs: Jobs): Promise<Execution> {
	const type = new SerialLoop();
	const part = { type: type.description.name, parameters: { url: sandboxUrl, prompt } };
	return await startClips(jobs, part, { nodeTypes: [type] });
}

/** The sandbox as a credential. */
export function credential(baseUrl: string): ICredentialDataDecryptedObject {
	return { provider: 'vidu', region: 'global', apiKey: SANDBOX_KEY, authScheme: 'auto', baseUrl };
}

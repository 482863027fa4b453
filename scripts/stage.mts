/** Everything that a clip needs, running on this machine: sandbox, n8n with this package, examples. */
import { mkdir } from 'node:fs/promises';
import type { ProviderId } from '../nodes/Vidu/catalogue/types.ts';
import {
	GATEWAY_KEYS,
	SANDBOX_KEY,
	startSandbox,
	type Sandbox,
	type SandboxOptions,
} from '../sandbox/server.mts';
import {
	exampleNames,
	listens,
	manualTrigger,
	readExample,
	type Surroundings,
} from './examples.mts';
import { ensureHost } from './host.mts';
import { startN8n, type N8nServer } from './n8n.mts';
import type { Execution, StoredCredential } from './n8nClient.mts';
import { installPackage } from './package.mts';
import { freePort } from './ports.mts';
import type { Step } from './progress.mts';

export const CREDENTIAL_TYPE = 'viduApi';

type GatewayId = Exclude<ProviderId, 'vidu' | 'custom'>;

/** The gateways, as examples call their credentials. */
const GATEWAYS: Readonly<Record<GatewayId, string>> = {
	octopusx: 'OctopusX',
	kkiai: 'kkiai',
	vtrix: 'Vtrix',
	jiekou: 'JieKou',
};

export interface StageOptions {
	/** n8n's data, `n8n.log` and `package.log`. */
	readonly userFolder: string;
	/** Where the examples write their files. */
	readonly filesFolder: string;
	readonly sandbox?: SandboxOptions;
	/** Taken when it is free, else any free one. */
	readonly n8nPort?: number;
	/** More of n8n's environment. */
	readonly n8nEnv?: Readonly<Record<string, string>>;
	readonly step: Step;
}

export interface Stage {
	readonly sandbox: Sandbox;
	readonly n8n: N8nServer;
	readonly credential: StoredCredential;
	/** Credentials of the gateways, by name. */
	readonly others: Readonly<Record<string, StoredCredential>>;
	/** Workflow ids by the example's file name without `.json`. */
	readonly workflows: ReadonlyMap<string, string>;
	/** Executes an example to its end. @throws when there is none of that name, or after 2 min */
	runExample(name: string): Promise<Execution>;
	close(): Promise<void>;
}

/** What a credential for the sandbox holds; the good key unless told otherwise. */
export function sandboxCredential(sandboxUrl: string, apiKey = SANDBOX_KEY) {
	return { provider: 'vidu', region: 'global', apiKey, authScheme: 'auto', baseUrl: sandboxUrl };
}

/** Sets the stage, telling each step. Ends what it started when a step fails. */
export async function setStage(options: StageOptions): Promise<Stage> {
	const { userFolder, filesFolder, step } = options;
	await mkdir(filesFolder, { recursive: true });
	await step('n8n and its Node (the first time some minutes and 3 GB, then cached)', ensureHost);
	await step('Build this package and install it into n8n', async () => installPackage(userFolder));
	const sandbox = await step('Sandbox in place of Vidu', async () =>
		startSandbox({ ...options.sandbox, port: await freePort(options.sandbox?.port) }),
	);
	let n8n: N8nServer | undefined;
	const close = async () => {
		await n8n?.stop();
		await sandbox.close();
	};
	try {
		const server = await step('n8n server', async () =>
			startN8n({
				userFolder,
				port: options.n8nPort,
				env: { N8N_RESTRICT_FILE_ACCESS_TO: filesFolder, ...options.n8nEnv },
			}),
		);
		n8n = server;
		const { client } = server;
		const others: Record<string, StoredCredential> = {};
		for (const [provider, name] of Object.entries(GATEWAYS)) {
			const key = GATEWAY_KEYS[provider as GatewayId];
			const data = { ...sandboxCredential(sandbox.url, key), provider };
			others[name] = await client.createCredential(`${name} (sandbox)`, CREDENTIAL_TYPE, data);
		}
		// The last: the editor gives a new node the credential that was changed last.
		const credential = await client.createCredential(
			'Vidu (sandbox)',
			CREDENTIAL_TYPE,
			sandboxCredential(sandbox.url),
		);
		const here: Surroundings = {
			credential,
			others,
			sandboxUrl: sandbox.url,
			n8nUrl: server.url,
			filesFolder,
		};
		const workflows = await step('Credential and example workflows', async () => {
			const entries: Array<[string, string]> = [];
			for (const name of await exampleNames()) {
				const example = await readExample(name, here);
				const id = await client.createWorkflow(example);
				if (listens(example)) await client.activate(id);
				entries.push([name, id]);
			}
			return new Map(entries);
		});
		const runExample = async (name: string) => {
			const workflowId = workflows.get(name);
			if (!workflowId) throw new Error(`There is no example "${name}"`);
			const trigger = manualTrigger(await readExample(name, here));
			return await client.ended(await client.run(workflowId, trigger));
		};
		return { sandbox, n8n: server, credential, others, workflows, runExample, close };
	} catch (error) {
		await close();
		throw error;
	}
}

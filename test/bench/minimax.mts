/** n8n's own MiniMax node, as compiled and published with the n8n that `npm start` installs. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { ensureHost } from '../../scripts/host.mts';

type Class<T> = new () => T;

/** The node type, its credential type, and the version of the package that both are from. */
export async function loadMinimax() {
	const { n8n } = await ensureHost();
	const folder = join(dirname(n8n), '../../@n8n/n8n-nodes-langchain');
	const load = createRequire(n8n);
	const { MiniMax } = load(join(folder, 'dist/nodes/vendors/MiniMax/MiniMax.node.js')) as {
		MiniMax: Class<INodeType>;
	};
	const { MinimaxApi } = load(join(folder, 'dist/credentials/MinimaxApi.credentials.js')) as {
		MinimaxApi: Class<ICredentialType>;
	};
	const { version } = load(join(folder, 'package.json')) as { version: string };
	return { type: new MiniMax(), credentialType: new MinimaxApi(), version };
}

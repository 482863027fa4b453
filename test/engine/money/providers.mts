/** Every way to a clip: the credential that leads to the sandbox, and whether the provider calls back. */
import type { IDataObject } from 'n8n-workflow';
import { GATEWAY_KEYS, SANDBOX_KEY } from '../../../sandbox/server.mts';

interface Way {
	readonly credential: IDataObject & { readonly apiKey: string };
	readonly callsBack: boolean;
}

const gateway = (provider: keyof typeof GATEWAY_KEYS, callsBack = false): Way => ({
	credential: { provider, apiKey: GATEWAY_KEYS[provider] },
	callsBack,
});

const custom = (relay: 'relay302' | 'powertokens', queryPath: string): Way => ({
	credential: {
		provider: 'custom',
		apiKey: GATEWAY_KEYS[relay],
		pathPrefix: `/${relay}/vidu/ent/v2`,
		queryPath,
	},
	callsBack: true,
});

export const WAYS = {
	vidu: { credential: { provider: 'vidu', apiKey: SANDBOX_KEY }, callsBack: true },
	octopusx: gateway('octopusx'),
	kkiai: gateway('kkiai', true),
	vtrix: gateway('vtrix'),
	jiekou: gateway('jiekou'),
	relay302: custom('relay302', '/tasks/{id}/creations'),
	powertokens: custom('powertokens', '/tasks/{id}'),
} satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;

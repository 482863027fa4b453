/** Every way to a clip: the credential that leads to the sandbox, and whether the provider calls back. */
import type { IDataObject } from 'n8n-workflow';
import type { ProviderId } from '../../../nodes/Vidu/catalogue/types.ts';
import { PROVIDERS } from '../../../nodes/Vidu/providers/index.ts';
import { GATEWAY_KEYS, SANDBOX_KEY } from '../../../sandbox/server.mts';

interface Way {
	readonly credential: IDataObject & { readonly apiKey: string };
	readonly callsBack: boolean;
}

/** Each has its own key in the sandbox. */
type Named = Exclude<ProviderId, 'custom'>;

const named = PROVIDERS.flatMap(({ id, callback }): Array<[Named, Way]> => {
	if (id === 'custom') return [];
	const apiKey = id === 'vidu' ? SANDBOX_KEY : GATEWAY_KEYS[id];
	return [[id, { credential: { provider: id, apiKey }, callsBack: callback !== null }]];
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
	...(Object.fromEntries(named) as Record<Named, Way>),
	relay302: custom('relay302', '/tasks/{id}/creations'),
	powertokens: custom('powertokens', '/tasks/{id}'),
} satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;

/** The keys that the sandbox knows. */

/** Vidu's own: one that is valid by default, and one whose account is nearly empty. */
export const SANDBOX_KEY = 'vda_sandbox_key';
export const POOR_KEY = 'vda_sandbox_poor';

/** The valid key of each gateway, by dialect. */
export const GATEWAY_KEYS = {
	octopusx: 'sk-octopus-sandbox',
	kkiai: 'sk-kkiai-sandbox',
	vtrix: 'sk-vtrix-sandbox',
	jiekou: 'sk-jiekou-sandbox',
	relay302: 'sk-302-sandbox',
	powertokens: 'sk-powertokens-sandbox',
} as const;

export type Gateway = keyof typeof GATEWAY_KEYS;

/** The key of a nearly empty account beside a gateway's key. */
export const poorKey = (gateway: Gateway) => `${GATEWAY_KEYS[gateway]}-poor`;

/** Whether a key is one of the nearly empty accounts. */
export const isPoor = (key: string) => key === POOR_KEY || /^sk-\w+-sandbox-poor$/.test(key);

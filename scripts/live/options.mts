/** The command line of `npm run live`; the key comes from the environment. */
import { parseArgs } from 'node:util';
import { DEFAULT_SPELLING, findProvider, PROVIDERS } from '../../nodes/Vidu/providers/index.ts';
import { connectionOf, keyOf } from '../../nodes/Vidu/providers/connection.ts';

const KEY = 'VIDU_API_KEY';
const IDS = PROVIDERS.map(({ id }) => id);

export const HELP = `Compares a provider with what its documents and the sandbox say, and writes down the differences.
It buys at most two of the cheapest clips: the second one is cancelled at once.

  ${KEY}=… npm run live -- --provider vidu --max-credits 60

  --provider ID            ${IDS.join(', ')}
  --max-credits N          nothing is ordered that could take the run above this
  --assume-credits N       what to count for a clip whose price is not known; without it none is ordered
  --region global|china    of an account at Vidu, default global
  --base-url URL           of the API, default the provider's own; required for custom
  --path-prefix PATH       for custom, default ${DEFAULT_SPELLING.pathPrefix}
  --query-path PATH        for custom, default ${DEFAULT_SPELLING.queryPath}
  --scheme SCHEME          token or bearer, default by provider
  --callback-url URL       public address of a tunnel to this machine; without it callbacks are not tried
  --callback-port N        where the tunnel leads to, default 4020
  --report FILE            default docs/live.md, and output/live.md for an API on this machine
  --help
`;

/** The fields of the credential, as a user would fill them in. */
export type Credential = Readonly<
	Record<
		'provider' | 'region' | 'apiKey' | 'authScheme' | 'baseUrl' | 'pathPrefix' | 'queryPath',
		string
	>
>;

export interface Settings {
	readonly credential: Credential;
	readonly maxCredits: number;
	/** What a clip without a known price counts; null: it is not ordered. */
	readonly assumeCredits: number | null;
	readonly callbackUrl: string | null;
	readonly callbackPort: number;
	readonly report: string | null;
}

const text = { type: 'string' } as const;
const OPTIONS = {
	provider: text,
	'max-credits': text,
	'assume-credits': text,
	region: text,
	'base-url': text,
	'path-prefix': text,
	'query-path': text,
	scheme: text,
	'callback-url': text,
	'callback-port': text,
	report: text,
	help: { type: 'boolean' },
} as const;

/**
 * Null if the user asks for help.
 * @throws Error that says what is wrong, without repeating what has no flag: it may be the key
 */
export function readSettings(args: string[], env: NodeJS.ProcessEnv): Settings | null {
	const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
	if (values.help) return null;
	if (positionals.length > 0) throw new Error('Everything is given by a flag: see --help');
	const credential = {
		provider: oneOf('provider', values.provider, IDS),
		region: oneOf('region', values.region ?? 'global', ['global', 'china']),
		apiKey: keyOf({ apiKey: env[KEY] }),
		authScheme: oneOf('scheme', values.scheme ?? 'auto', ['auto', 'token', 'bearer']),
		baseUrl: values['base-url'] ?? '',
		pathPrefix: values['path-prefix'] ?? DEFAULT_SPELLING.pathPrefix,
		queryPath: values['query-path'] ?? DEFAULT_SPELLING.queryPath,
	};
	if (!/^[!-~]{8,}$/.test(credential.apiKey)) throw new Error(`${KEY} holds no API key`);
	connectionOf(credential);
	const callbackUrl = values['callback-url'] ?? null;
	if (callbackUrl !== null && !/^https?:\/\//.test(callbackUrl)) {
		throw new Error('--callback-url is the address of a tunnel, such as https://host/path');
	}
	if (callbackUrl !== null && findProvider(credential.provider)?.callback === null) {
		throw new Error(`${credential.provider} sends no callbacks: leave --callback-url out`);
	}
	return {
		credential,
		maxCredits: amount('max-credits', values['max-credits']),
		assumeCredits:
			values['assume-credits'] === undefined
				? null
				: amount('assume-credits', values['assume-credits']),
		callbackUrl,
		callbackPort: amount('callback-port', values['callback-port'] ?? '4020'),
		report: values.report ?? null,
	};
}

function oneOf(flag: string, value: string | undefined, allowed: readonly string[]): string {
	if (value !== undefined && allowed.includes(value)) return value;
	throw new Error(`--${flag} is one of ${allowed.join(', ')}`);
}

function amount(flag: string, value: string | undefined): number {
	if (value !== undefined && /^\d+$/.test(value)) return Number(value);
	throw new Error(`--${flag} wants a whole number`);
}

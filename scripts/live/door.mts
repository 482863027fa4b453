/** Stands for n8n's request helpers: the requests of the package go out, and every answer is kept as it came. */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials.ts';
import { parseBody } from '../../nodes/Vidu/providers/read.ts';
import type { Credential } from './options.mts';

/** An answer of the provider, or a request of its own: a callback. */
export interface Exchange {
	readonly step: string;
	readonly method: string;
	readonly path: string;
	/** Null if there was none. */
	readonly status: number | null;
	readonly body: unknown;
}

type Authenticate = (
	credential: Credential,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

const authenticate = new ViduApi().authenticate as Authenticate;

export class Door {
	/** To which the next exchanges belong. */
	step = '';
	readonly exchanges: Exchange[] = [];

	constructor(private readonly key: string) {}

	/** Without the key, which a server may echo. */
	readonly hide = (text: string): string => text.replaceAll(this.key, '•••');

	/** A node's context that can send requests with this credential, and nothing else. */
	context(credential: Credential): IExecuteFunctions {
		const helpers = {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await this.send(await authenticate(credential, options), ''),
			httpRequest: async (options: IHttpRequestOptions) =>
				await this.send(options, ' to a signed address'),
		};
		return {
			helpers,
			getExecutionCancelSignal: () => undefined,
		} as unknown as IExecuteFunctions;
	}

	/** Keeps what came. */
	keep(exchange: Omit<Exchange, 'step'>, step = this.step): void {
		this.exchanges.push({ step, ...exchange });
	}

	private async send(options: IHttpRequestOptions, whither: string) {
		const { method = 'GET', headers, body, abortSignal } = options;
		const url = new URL(options.url, options.baseURL);
		for (const [name, value] of Object.entries(options.qs ?? {})) {
			for (const each of [value].flat()) url.searchParams.append(name, String(each));
		}
		const path = whither === '' ? url.pathname : '';
		const about = { method: method + whither, path };
		try {
			const response = await fetch(url, {
				method,
				// As n8n sends them.
				headers: { 'User-Agent': 'n8n', ...(headers as Record<string, string>) },
				body: bodyOf(body),
				redirect: 'manual',
				signal: abortSignal as AbortSignal | undefined,
			});
			const text = this.hide(await response.text());
			this.keep({ ...about, status: response.status, body: parseBody(text) });
			return {
				statusCode: response.status,
				headers: Object.fromEntries(response.headers),
				body: text,
			};
		} catch (error) {
			this.keep({ ...about, status: null, body: undefined });
			throw error;
		}
	}
}

/** What is sent: bytes as they are, anything else as JSON. */
function bodyOf(body: IHttpRequestOptions['body']): Uint8Array<ArrayBuffer> | string | undefined {
	if (body === undefined) return undefined;
	return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
}

/** Where a tunnel leads to: takes callbacks, and verifies them as the package does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCallback } from '../../nodes/Vidu/callbacks/incoming.ts';
import { USUAL_CLOCK_SKEW, verifySignature } from '../../nodes/Vidu/callbacks/signature.ts';
import { parseBody } from '../../nodes/Vidu/providers/read.ts';
import { isFinal, type Provider, type Task } from '../../nodes/Vidu/providers/types.ts';
import type { Door } from './door.mts';

const MAX_BODY = 1_000_000;

export interface Receiver {
	/** What the provider is told. */
	readonly url: string;
	/** The final states that callbacks told. */
	readonly ended: readonly Task[];
	/** What was found about signatures, each once. */
	readonly verdicts: ReadonlySet<string>;
	close(): Promise<void>;
}

interface Expected {
	readonly door: Door;
	readonly key: string;
	readonly provider: Provider;
	readonly now: () => number;
}

/** Listens on this machine only. `url`: the address that leads here; null: its own. */
export async function startReceiver(
	{ url: given, port }: { readonly url: string | null; readonly port: number },
	{ door, key, provider, now }: Expected,
): Promise<Receiver> {
	const ended: Task[] = [];
	const verdicts = new Set<string>();
	let url = given ?? '';
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > MAX_BODY) request.destroy();
			else chunks.push(chunk);
		});
		request.on('end', () => {
			response.writeHead(200).end();
			const { method = '', headers } = request;
			const body = parseBody(door.hide(Buffer.concat(chunks).toString()));
			const task = readCallback(provider, body);
			// Others find a public address, too.
			if (task === null) return;
			door.keep({ method, path: '', status: null, body }, 'callback');
			if (isFinal(task)) ended.push(task);
			if (provider.callback !== 'signed') return;
			const maxClockSkew = USUAL_CLOCK_SKEW * 1000;
			const verdict = verifySignature({ method, url, headers, key, now: now(), maxClockSkew });
			const isRight = typeof verdict === 'object';
			const said = { ...signed(headers), verdict: isRight ? 'right' : 'wrong' };
			door.keep({ method, path: '', status: null, body: said }, 'callbackHeaders');
			verdicts.add(isRight ? 'The signature is right' : verdict);
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	url ||= `http://127.0.0.1:${(server.address() as AddressInfo).port}/vidu?check=live`;
	return {
		url,
		ended,
		verdicts,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The headers that the signature is about; a tunnel adds others. */
function signed(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => /^(date|x-request-nonce|x-hmac-.*)$/.test(name)),
	);
}

/** A way to the sandbox on which a test changes what is asked and answered. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
	/** `POST /ent/v2/img2video` */
	readonly request: string;
	status: number;
	/** As parsed; a text that is not JSON as it is. */
	body: unknown;
}

/** @param change changes an answer in its place @param faults the header of the sandbox's faults, for a request */
export async function startDriftingProxy(
	target: string,
	change: (answer: Passing) => void,
	faults: (request: string) => string = () => '',
) {
	const server = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => void pass(Buffer.concat(chunks)).catch(() => outgoing.destroy()));
		const pass = async (sent: Buffer) => {
			const { method = '', url = '', headers } = incoming;
			const request = `${method} ${url}`;
			const answer = await fetch(target + url, {
				method,
				headers: {
					Authorization: headers.authorization ?? '',
					'Content-Type': headers['content-type'] ?? 'application/json',
					'x-sandbox-faults': faults(request),
				},
				body: sent.length > 0 ? new Uint8Array(sent) : undefined,
			});
			const text = await answer.text();
			const passing: Passing = { request, status: answer.status, body: parsed(text) };
			change(passing);
			outgoing.writeHead(passing.status, { 'Content-Type': 'application/json' });
			outgoing.end(typeof passing.body === 'string' ? passing.body : JSON.stringify(passing.body));
		};
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

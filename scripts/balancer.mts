/** A load balancer as it stands before several webhook processes of n8n: each request to the next one. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
	readonly url: string;
	close(): Promise<void>;
}

/** Listens on 127.0.0.1 for the given ports of the same. Answers 502 for one that does not listen. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
	let turn = 0;
	const server = createServer((incoming, outgoing) => {
		const { method, url, headers } = incoming;
		const port = ports[turn++ % ports.length];
		const passed = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
		passed.on('response', (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		passed.on('error', () => {
			if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(502).end();
		});
		incoming.pipe(passed);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Free TCP ports on 127.0.0.1. */
import { createServer, type AddressInfo } from 'node:net';

/** @returns `preferred` when it is free, else any free port */
export async function freePort(preferred = 0): Promise<number> {
	return await listenOnce(preferred).catch(async () => await listenOnce(0));
}

async function listenOnce(port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const { port: taken } = server.address() as AddressInfo;
			server.close(() => resolve(taken));
		});
	});
}

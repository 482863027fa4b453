import getPort from 'get-port';

/** @returns a TCP port on 127.0.0.1: `preferred` when it is free, else any free one */
export async function freePort(preferred?: number): Promise<number> {
	return await getPort({ port: preferred, host: '127.0.0.1' });
}

import getPort from 'get-port';

const LARGEST = 65_535;

/** @returns a TCP port on 127.0.0.1: `preferred` when it is free, else any free one */
export async function freePort(preferred?: number): Promise<number> {
	return await getPort({ port: preferred, host: '127.0.0.1' });
}

/** The port that a person has asked for. @throws when it is none, or is taken, saying what to do */
export async function askedPort(given: string): Promise<number> {
	const port = Number(given);
	if (given.trim() === '' || !Number.isInteger(port) || port < 1 || port > LARGEST) {
		throw new Error(`--port wants a number from 1 to ${LARGEST}, not "${given}"`);
	}
	if ((await freePort(port)) !== port) throw new Error(takenPort(port));
	return port;
}

/** What to do about a port that another program listens on. */
export function takenPort(port: number): string {
	return `Port ${port} is taken: end the program that uses it, or choose another with --port`;
}

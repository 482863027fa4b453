/** Reads what a real n8n holds, by heapProbe.cjs in its process. */
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/ports.mts';

const PRELOAD = fileURLToPath(new URL('./heapProbe.cjs', import.meta.url));

/** After garbage collection. */
export interface Figures {
	/** Bytes of live data. */
	readonly heap: number;
	/** Bytes of the machine's memory. */
	readonly resident: number;
	/** Open files and sockets. */
	readonly descriptors: number;
	/** Sockets, timers and the like that keep the process running. */
	readonly handles: number;
}

export interface Probe {
	/** For the environment of n8n, whose NODE_OPTIONS without it are given. */
	readonly env: Readonly<Record<string, string>>;
	read(): Promise<Figures>;
	/** Milliseconds of CPU time that n8n has taken so far. */
	cpu(): Promise<number>;
}

/** A probe for one n8n. */
export async function probe(nodeOptions = ''): Promise<Probe> {
	const port = String(await freePort());
	return {
		env: {
			NODE_OPTIONS: `${nodeOptions} --require ${JSON.stringify(PRELOAD)}`.trim(),
			N8N_NODES_VIDU_HEAP_PORT: port,
		},
		read: async () => (await (await fetch(`http://127.0.0.1:${port}`)).json()) as Figures,
		cpu: async () => Number(await (await fetch(`http://127.0.0.1:${port}/cpu`)).text()),
	};
}

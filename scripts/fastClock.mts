/** Test only: an n8n in which waiting takes less time, or is held up; see fastClock.cjs. */
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath(new URL('./fastClock.cjs', import.meta.url));

export interface FastClock {
	/** How many times shorter than asked for nodes sleep; by default as long as that. */
	readonly speed?: number;
	/** What the names of the workflows begin with for which that holds; by default for all. */
	readonly only?: string;
	/** Path of a file: while it exists, nothing that sleeps is resumed. */
	readonly hold?: string;
}

/** The environment of such an n8n. */
export function fastClock({ speed = 1, only = '', hold }: FastClock): Record<string, string> {
	return {
		NODE_OPTIONS: `--require ${JSON.stringify(PRELOAD)}`,
		N8N_NODES_VIDU_FAST_CLOCK: JSON.stringify({ speed, only, hold }),
	};
}

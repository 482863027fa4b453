/** What it costs n8n to load the built nodes: each in fresh processes that have n8n-workflow already. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './table.mts';

const run = promisify(execFile);
const ROUNDS = 11;
const ROOT = new URL('../../', import.meta.url);

export interface Startup {
	readonly name: string;
	readonly milliseconds: number;
	/** Of heap, after garbage collection. */
	readonly megabytes: number;
}

const SCRIPT = `
	require('n8n-workflow');
	gc();
	gc();
	const before = process.memoryUsage().heapUsed;
	const begun = performance.now();
	require(process.argv[1]);
	const took = performance.now() - begun;
	gc();
	gc();
	console.log(JSON.stringify([took, (process.memoryUsage().heapUsed - before) / 1e6]));
`;

/** Needs `npm run build` before. */
export async function measureStartup(): Promise<Startup[]> {
	const { n8n } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const found: Startup[] = [];
	for (const path of n8n.nodes) {
		const measured: Array<[number, number]> = [];
		for (let round = 0; round < ROUNDS; round++) {
			const file = fileURLToPath(new URL(path, ROOT));
			const { stdout } = await run(process.execPath, ['--expose-gc', '-e', SCRIPT, file], {
				cwd: fileURLToPath(ROOT),
			});
			measured.push(JSON.parse(stdout) as [number, number]);
		}
		found.push({
			name: path.replace(/^.*\//, '').replace('.node.js', ''),
			milliseconds: median(measured.map(([time]) => time)),
			megabytes: median(measured.map(([, memory]) => memory)),
		});
	}
	return found;
}

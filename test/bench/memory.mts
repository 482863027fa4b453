/** What a large result adds to n8n's memory at its peak, each download in a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.mts';
import type { Contestant } from './contestants.mts';
import { bar, median, type Row } from './table.mts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('download.mts', import.meta.url));
const ROUNDS = 3;
/** Megabytes. */
const RESULT = 200;
const ADDED = 40;

/** Takes about a minute. */
export async function measureMemory(): Promise<Row[]> {
	const sandbox = await startSandbox({ renderSeconds: 0 });
	const peaks: Record<Contestant, number[]> = { ours: [], minimax: [], serial: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const [contestant, added] of Object.entries(peaks)) {
			const { stdout } = await run(process.execPath, [
				'--expose-gc',
				'--import',
				'tsx',
				SCRIPT,
				contestant,
				sandbox.url,
				String(RESULT),
			]);
			added.push(Number(stdout.trim().split('\n').at(-1)));
		}
	}
	await sandbox.close();
	const shown = (values: readonly number[]) => `${median(values).toFixed(0)} MB`;
	return [
		{
			what: `peak memory added by a result of ${RESULT} MB`,
			values: {
				ours: shown(peaks.ours),
				minimax: shown(peaks.minimax),
				serial: shown(peaks.serial),
			},
			bar: bar(`≤ ${ADDED} MB`, median(peaks.ours) <= ADDED),
		},
	];
}

/** What large results, many items and long waits add to n8n's memory, each in a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.mts';
import type { Contestant } from './contestants.mts';
import { bar, comparison, markdown, median } from './table.mts';

const run = promisify(execFile);
const ROUNDS = 3;
/** Megabytes. */
const RESULT = 200;
const LARGE = 1000;
const ADDED = { usual: 35, worst: 45 };

/** The tables. */
export async function memory(): Promise<string> {
	const sandbox = await startSandbox({ renderSeconds: 0, credits: 1e9 });
	try {
		return `${await downloads(sandbox.url)}\n${await items(sandbox.url)}`;
	} finally {
		await sandbox.close();
	}
}

/** The last line that a script prints, in a process of its own. */
async function inProcess(script: string, ...args: string[]): Promise<string> {
	const file = fileURLToPath(new URL(script, import.meta.url));
	const node = ['--expose-gc', '--import', 'tsx', file, ...args];
	const { stdout } = await run(process.execPath, node);
	return stdout.trim().split('\n').at(-1) ?? '';
}

async function downloads(sandboxUrl: string): Promise<string> {
	const peak = async (contestant: Contestant, size: number) =>
		Number(await inProcess('download.mts', contestant, sandboxUrl, String(size)));
	const peaks: Record<Contestant, number[]> = { ours: [], minimax: [], serial: [] };
	const large: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		for (const [contestant, added] of Object.entries(peaks)) {
			added.push(await peak(contestant as Contestant, RESULT));
		}
		large.push(await peak('ours', LARGE));
	}
	const shown = (values: readonly number[]) =>
		`${median(values).toFixed(0)} MB (${Math.max(...values).toFixed(0)} MB)`;
	const limits = `≤ ${ADDED.usual} MB (${ADDED.worst} MB)`;
	const met = (values: readonly number[]) =>
		bar(limits, median(values) <= ADDED.usual && Math.max(...values) <= ADDED.worst);
	return comparison([
		{
			what: `peak memory added by a result of ${RESULT} MB, median (worst)`,
			values: {
				ours: shown(peaks.ours),
				minimax: shown(peaks.minimax),
				serial: shown(peaks.serial),
			},
			bar: met(peaks.ours),
		},
		{
			what: `… of ${LARGE} MB`,
			values: { ours: shown(large), minimax: '', serial: '' },
			bar: met(large),
		},
	]);
}

async function items(sandboxUrl: string): Promise<string> {
	const { perItem, count } = JSON.parse(await inProcess('manyItems.mts', sandboxUrl)) as {
		perItem: number;
		count: number;
	};
	const { looks, early, late } = JSON.parse(await inProcess('longWait.mts')) as {
		looks: number;
		early: number;
		late: number;
	};
	const grown = late - early;
	return markdown([
		['live heap', 'this node', 'bar'],
		[
			`after ${count} items, above n8n's copy of what came out, an item`,
			`${(perItem / 1000).toFixed(1)} kB`,
			bar('≤ 2 kB', perItem <= 2000),
		],
		[
			`grown in the second day of 48 h of polling in virtual time (${looks} requests)`,
			`${(grown / 1000).toFixed(0)} kB`,
			bar('flat', grown < 100_000),
		],
	]);
}

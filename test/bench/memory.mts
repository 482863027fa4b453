/** What large results, many items and long waits add to n8n's memory, each in a process of its own. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.mts';
import { mp4 } from '../unit/join/clips.mts';
import type { Contestant } from './contestants.mts';
import { bar, comparison, markdown, median } from './table.mts';

const run = promisify(execFile);
const ROUNDS = 3;
/** Megabytes. */
const RESULT = 200;
const LARGE = 1000;
const ADDED = { usual: 35, worst: 45 };
/** A film of so many clips, in megabytes, and what joining it may add. */
const FILM = { size: 500, clips: 4, added: 60 };

/** The tables. */
export async function memory(): Promise<string> {
	const sandbox = await startSandbox({ renderSeconds: 0, credits: 1e9 });
	try {
		return `${await downloads(sandbox.url)}\n${await film()}\n${await items(sandbox.url)}`;
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

async function film(): Promise<string> {
	const { size, clips, added } = FILM;
	const pictures = 120;
	const pictureBytes = Math.round((size * 1e6) / clips / pictures);
	const files = [await mp4('small', { pictures }), await mp4('large', { pictures, pictureBytes })];
	const server = createServer(({ url }, response) => {
		response.setHeader('content-type', 'video/mp4');
		response.end(files[Number(url?.slice(1))]);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const peaks: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const large = Array.from({ length: clips }, () => `${base}/1`);
		peaks.push(Number(await inProcess('join.mts', `${base}/0`, ...large)));
	}
	server.close();
	const worst = Math.max(...peaks);
	return markdown([
		['peak memory', 'this node', 'bar'],
		[
			`added by joining ${clips} clips to a film of ${size} MB, median (worst)`,
			`${median(peaks).toFixed(0)} MB (${worst.toFixed(0)} MB)`,
			bar(`≤ ${added} MB`, median(peaks) <= added),
		],
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

/**
 * `npm run bench`: the node against the usual way, in one run on one machine. Takes about twenty
 * minutes, since jobs last 90 s as real ones do; `-- --makespan`, `--memory`, `--callbacks` or `--waiting` measures that only.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.mts';
import { ENGINES, measureCallbacks } from './callbacks.mts';
import { makeClipsSerially } from './serial.mts';
import { measureWaiting } from './waiting.mts';
import { makeClips } from './workflow.mts';

const run = promisify(execFile);
const ROUNDS = 3;
const MEGABYTES = '200';
const SUSPENDED = 1000;

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const say = (...columns: string[]) =>
	process.stdout.write(`${columns.map((text, i) => (i === 0 ? text.padEnd(44) : text.padStart(16))).join('')}\n`);

/** Seconds, and status requests, that `work` took at a sandbox of its own. */
async function measured(work: (url: string) => Promise<unknown>) {
	const sandbox = await startSandbox({ port: 0, speed: 1, renderSeconds: 90, log: () => undefined });
	const begun = Date.now();
	await work(sandbox.url);
	const seconds = (Date.now() - begun) / 1000;
	const looks = sandbox.requests().filter(({ method, path }) => method === 'GET' && path.startsWith('/ent/v2/tasks'));
	await sandbox.close();
	return { seconds, looks: looks.length };
}

async function makespan(): Promise<void> {
	const five = Array.from({ length: 5 }, (_, i) => `@cat walks, take ${i + 1}`);
	const [one, together, serial] = await Promise.all([
		measured(async (url) => await makeClips(url, five.slice(0, 1))),
		measured(async (url) => await makeClips(url, five)),
		measured(async (url) => await makeClipsSerially(url, five)),
	]);
	say('jobs of 90 s', 'seconds', 'requests', 'to one job');
	const line = (name: string, { seconds, looks }: typeof one) =>
		say(name, seconds.toFixed(1), String(looks), (seconds / one.seconds).toFixed(2));
	line('1 job, this node', one);
	line('5 jobs, this node', together);
	line('5 jobs, one after another, every 5 s', serial);
}

async function memory(): Promise<void> {
	const sandbox = await startSandbox({ port: 0, speed: 600, log: () => undefined });
	const peaks: Record<string, number[]> = { node: [], buffered: [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const how of Object.keys(peaks)) {
			const script = new URL('download.mts', import.meta.url).pathname;
			const { stdout } = await run(process.execPath, [
				'--expose-gc',
				'--import',
				'tsx',
				script,
				how,
				sandbox.url,
				MEGABYTES,
			]);
			peaks[how]?.push(Number(stdout.trim().split('\n').at(-1)));
		}
	}
	await sandbox.close();
	const [node, buffered] = [median(peaks.node ?? []), median(peaks.buffered ?? [])];
	say(`result of ${MEGABYTES} MB, peak memory added`, 'MB (median)', 'ratio');
	say('streamed by this node', node.toFixed(1), '1.00');
	say('buffered download', buffered.toFixed(1), (buffered / node).toFixed(2));
}

async function callbacks(): Promise<void> {
	for (const engine of ENGINES) {
		const hooks = [...(await measureCallbacks(engine))];
		const rates = hooks.map(([name, each]) => ({ name, rate: median(each) }));
		const own = rates[0]?.rate ?? NaN;
		say(`callbacks accepted, expressions: ${engine}`, 'per s (median)', 'ratio');
		for (const { name, rate } of rates) say(name, rate.toFixed(1), (rate / own).toFixed(2));
	}
}

async function waiting(): Promise<void> {
	const found = await measureWaiting(SUSPENDED);
	const { before, suspended, after, latencies, statusRequestsPerTask } = found;
	say('one n8n, waiting by callback', 'memory, MB', 'descriptors', 'handles');
	const stages = { before, [`${SUSPENDED} executions suspended`]: suspended, after };
	for (const [name, { megabytes, descriptors, handles }] of Object.entries(stages)) {
		say(name, megabytes.toFixed(0), String(descriptors), String(handles));
	}
	const late = [...latencies].sort((a, b) => a - b);
	say('from callback to item', 'median, ms', '95 %, ms');
	say('with download', median(late).toFixed(0), String(late[Math.floor(late.length * 0.95)]));
	say('status requests for a task', statusRequestsPerTask.toFixed(2));
}

const parts = { makespan, memory, callbacks, waiting };
const chosen = Object.entries(parts).filter(([name]) => process.argv.includes(`--${name}`));
for (const [, measure] of chosen.length > 0 ? chosen : Object.entries(parts)) await measure();
process.exit(0);

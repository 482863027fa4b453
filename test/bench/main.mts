/**
 * `npm run bench`: this node beside n8n's own, in one run on one machine. Takes about 25 minutes,
 * since jobs last as long as real ones do; `-- --times`, `--memory`, `--startup`, `--callbacks` or
 * `--waiting` measures that only.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { ENGINES, measureCallbacks } from './callbacks.mts';
import { measureMemory } from './memory.mts';
import { loadMinimax } from './minimax.mts';
import { measureStartup } from './startup.mts';
import { comparison, markdown, median } from './table.mts';
import { measureTimes } from './times.mts';
import { measureWaiting } from './waiting.mts';

const SUSPENDED = 1000;

const say = (text: string) => process.stdout.write(`${text}\n`);
const versionOf = (name: string) =>
	(createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

async function compare(measure: () => Promise<Parameters<typeof comparison>[0]>): Promise<void> {
	say(comparison(await measure()));
}

async function startup(): Promise<void> {
	const rows = (await measureStartup()).map(({ name, milliseconds, megabytes }) => [
		name,
		milliseconds.toFixed(1),
		megabytes.toFixed(2),
	]);
	say(
		markdown([['requiring a node, on top of n8n-workflow', 'ms (median)', 'MB (median)'], ...rows]),
	);
}

async function callbacks(): Promise<void> {
	for (const engine of ENGINES) {
		const rates = [...(await measureCallbacks(engine))].map(([name, each]) => ({
			name,
			rate: median(each),
		}));
		const own = rates[0]?.rate ?? NaN;
		const rows = rates.map(({ name, rate }) => [name, rate.toFixed(1), (rate / own).toFixed(2)]);
		const head = [`callbacks accepted, expressions: ${engine}`, 'per s (median)', 'ratio'];
		say(markdown([head, ...rows]));
	}
}

async function waiting(): Promise<void> {
	const found = await measureWaiting(SUSPENDED);
	const { before, suspended, after, latencies, statusRequestsPerTask } = found;
	const stages = { before, [`${SUSPENDED} executions suspended`]: suspended, after };
	say(
		markdown([
			['one n8n, waiting by callback', 'memory, MB', 'descriptors', 'handles'],
			...Object.entries(stages).map(([name, { megabytes, descriptors, handles }]) => [
				name,
				megabytes.toFixed(0),
				String(descriptors),
				String(handles),
			]),
		]),
	);
	const late = [...latencies].sort((a, b) => a - b);
	const rare = late[Math.floor(late.length * 0.95)] ?? NaN;
	say(
		`From callback to item: ${median(late).toFixed(0)} ms (median), ${rare.toFixed(0)} ms (95 %)`,
	);
	say(`Status requests for a task: ${statusRequestsPerTask.toFixed(2)}`);
}

const parts: Record<string, () => Promise<void>> = {
	times: async () => await compare(measureTimes),
	memory: async () => await compare(measureMemory),
	startup,
	callbacks,
	waiting,
};
const wanted = Object.keys(parts).filter((name) => process.argv.includes(`--${name}`));
const { version } = await loadMinimax();
say(
	`${availableParallelism()} CPUs, Node.js ${process.versions.node}, n8n-core ${versionOf('n8n-core')}; ` +
		`n8n's MiniMax node is that of @n8n/n8n-nodes-langchain ${version}, unmodified.\n`,
);
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) await parts[name]?.();
process.exit(0);

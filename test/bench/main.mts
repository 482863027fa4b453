/**
 * `npm run bench`: this node beside n8n's own, in one run on one machine. Takes about eleven minutes,
 * since jobs last as long as real ones do; `-- --times`, `--memory` or `--callbacks` measures that only.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { measureCallbacks } from './callbacks.mts';
import { measureMemory } from './memory.mts';
import { loadMinimax } from './minimax.mts';
import { comparison, markdown, median } from './table.mts';
import { measureTimes } from './times.mts';

const say = (text: string) => process.stdout.write(`${text}\n`);
const versionOf = (name: string) =>
	(createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

const wanted = process.argv.filter((argument) => argument.startsWith('--'));
const asked = (part: string) => wanted.length === 0 || wanted.includes(`--${part}`);

async function sayCallbacks(): Promise<void> {
	const rates = [...(await measureCallbacks())].map(([name, each]) => ({
		name,
		rate: median(each),
	}));
	const own = rates[0]?.rate ?? NaN;
	const lines = rates.map(({ name, rate }) => [name, rate.toFixed(1), (rate / own).toFixed(2)]);
	say(markdown([['callbacks accepted by one n8n', 'per s (median)', 'ratio'], ...lines]));
}

const { version } = await loadMinimax();
say(
	`${availableParallelism()} CPUs, Node.js ${process.versions.node}, n8n-core ${versionOf('n8n-core')}; ` +
		`n8n's MiniMax node is that of @n8n/n8n-nodes-langchain ${version}, unmodified.\n`,
);
const rows = [
	...(asked('times') ? await measureTimes() : []),
	...(asked('memory') ? await measureMemory() : []),
];
if (rows.length > 0) say(comparison(rows));
if (asked('callbacks')) await sayCallbacks();
process.exit(0);

/**
 * `npm run bench`: this node beside n8n's own MiniMax node and a plain serial loop, in one run on one
 * machine. Takes about ten minutes, since jobs last as long as real ones do; `-- --memory` or
 * `-- --times` measures that only.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { measureMemory } from './memory.mts';
import { loadMinimax } from './minimax.mts';
import { table } from './table.mts';
import { measureTimes } from './times.mts';

const say = (text: string) => process.stdout.write(`${text}\n`);
const versionOf = (name: string) =>
	(createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

const wanted = process.argv.filter((argument) => argument.startsWith('--'));
const asked = (part: string) => wanted.length === 0 || wanted.includes(`--${part}`);

const { version } = await loadMinimax();
say(
	`${availableParallelism()} CPUs, Node.js ${process.versions.node}, n8n-core ${versionOf('n8n-core')}; ` +
		`n8n's MiniMax node is that of @n8n/n8n-nodes-langchain ${version}, unmodified.\n`,
);
const rows = [
	...(asked('times') ? await measureTimes() : []),
	...(asked('memory') ? await measureMemory() : []),
];
if (rows.length > 0) say(table(rows));
process.exit(0);

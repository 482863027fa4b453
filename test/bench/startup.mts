/** What it costs n8n to load the built nodes, each in fresh processes that have n8n-workflow already; what is published. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bar, markdown, median } from './table.mts';

const run = promisify(execFile);
const ROUNDS = 11;
const ROOT = new URL('../../', import.meta.url);

interface Startup {
	readonly name: string;
	/** Of CPU, since other work may have it in between. */
	readonly milliseconds: number;
	/** Of heap, after garbage collection. */
	readonly megabytes: number;
}

const SCRIPT = `
	require('n8n-workflow');
	gc();
	gc();
	const before = process.memoryUsage().heapUsed;
	const begun = process.cpuUsage();
	require(process.argv[1]);
	const { user, system } = process.cpuUsage(begun);
	gc();
	gc();
	console.log(JSON.stringify([(user + system) / 1000, (process.memoryUsage().heapUsed - before) / 1e6]));
`;

/** The table. Builds the package first. */
export async function startup(): Promise<string> {
	await run('npm', ['run', 'build'], { cwd: fileURLToPath(ROOT) });
	const rows = (await measureStartup()).map(({ name, milliseconds, megabytes }) => [
		name,
		`${milliseconds.toFixed(1)} ms`,
		`${megabytes.toFixed(2)} MB`,
		bar('≤ 8 ms, ≤ 0.6 MB', milliseconds <= 8 && megabytes <= 0.6),
	]);
	const kilobytes = await tarball();
	const head = ['requiring a node on top of n8n-workflow', 'CPU, median', 'heap, median', 'bar'];
	const size = [
		'published tarball',
		'',
		`${kilobytes.toFixed(1)} kB`,
		bar('≤ 90 kB', kilobytes <= 90),
	];
	return markdown([head, ...rows, size]);
}

async function tarball(): Promise<number> {
	const cwd = fileURLToPath(ROOT);
	const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd });
	const [{ size } = { size: NaN }] = JSON.parse(stdout) as Array<{ size: number }>;
	return size / 1000;
}

async function measureStartup(): Promise<Startup[]> {
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

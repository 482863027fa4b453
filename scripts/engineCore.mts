/**
 * Runs the engine tests in another n8n-core than the checkout's: `npm run test:core -- 1.122`, with
 * any range or dist-tag, and jest's own arguments behind it. Each version is installed once into the
 * cache outside the checkout; jest.config.cjs takes n8n-core and n8n-workflow from there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './host.mts';
import { npm } from './npm.mts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Says nothing about another n8n-core: the property about money takes hours there and nothing more. */
const LEFT_OUT = 'test/engine/money/.*Half';

/** The newest published version of a range, or that of a dist-tag. */
function resolveVersion(range: string): string {
	const shown = execFileSync('npm', ['view', `n8n-core@${range}`, 'version', '--json'], {
		encoding: 'utf8',
	});
	const found = JSON.parse(shown || '[]') as string | string[];
	const newest = [found]
		.flat()
		.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
		.pop();
	if (newest === undefined) throw new Error(`There is no n8n-core ${range} in the registry`);
	return newest;
}

/** The folder of an install, made when it is missing; it appears only when complete. */
async function ensureCore(version: string): Promise<string> {
	const folder = join(cacheFolder(), `core-${version}`);
	if (existsSync(folder)) return folder;
	const part = `${folder}.part-${process.pid}`;
	await mkdir(part, { recursive: true });
	await writeFile(join(part, 'package.json'), '{"private":true}\n');
	await npm(
		[
			...['install', `n8n-core@${version}`],
			...['--ignore-scripts', '--legacy-peer-deps=false', '--no-audit', '--no-fund'],
		],
		{ cwd: part, logFile: `${folder}.log` },
	);
	await rename(part, folder).catch(async (error: unknown) => {
		if (!existsSync(folder)) throw error;
		await rm(part, { recursive: true });
	});
	return folder;
}

const [range, ...given] = process.argv.slice(2);
if (range === undefined) throw new Error('Which version? For example: npm run test:core -- 1.122');
const version = resolveVersion(range);
const folder = await ensureCore(version);
console.info(`n8n-core ${version} from ${folder}`);
const { status } = spawnSync(
	process.execPath,
	[
		join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
		...(given.some((word) => word.startsWith('test/')) ? [] : ['test/engine']),
		`--testPathIgnorePatterns=${LEFT_OUT}`,
		// Some versions keep a timer that outlives the tests.
		'--forceExit',
		...given,
	],
	{ cwd: ROOT, stdio: 'inherit', env: { ...process.env, VIDU_N8N_CORE: folder } },
);
process.exitCode = status ?? 1;

/**
 * Runs the engine tests in another n8n-core than the checkout's: `npm run test:core -- 1.122`, with
 * any range or dist-tag, and jest's own arguments behind it. Each version is installed once into the
 * cache outside the checkout; jest.config.cjs takes n8n-core and n8n-workflow from there. The folder of
 * an install that is there already, such as that of a whole n8n, serves as well.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedPackage } from './cachedPackage.mts';
import { commandLine, refuse } from './commandLine.mts';

const USAGE = `npm run test:core -- <version> [jest's arguments]     the engine tests in another n8n-core

  <version>  a range or a dist-tag, such as 1.122`;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Says nothing about another n8n-core: the property about money takes hours there and nothing more. */
const LEFT_OUT = 'test/engine/money/.*Half';

const [range = '', ...given] = process.argv.slice(2);
// What follows the version is jest's to refuse.
if (range === '' || range.startsWith('-')) {
	commandLine(USAGE, {});
	refuse(USAGE, 'Which version?');
}
const isInstall = existsSync(join(range, 'node_modules'));
const folder = isInstall ? range : await cachedPackage('n8n-core', range);
console.info(`The engine tests in ${folder}`);
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

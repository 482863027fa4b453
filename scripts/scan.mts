/**
 * `npm run scan`: the scanner of n8n's verification over this checkout and over its packed tarball. The
 * scanner's own command (`npm run release -- --scan`) takes published packages only; here is what it does
 * with one after downloading it. Ends with 1 when one of the two does not pass.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cachedPackage } from './cachedPackage.mts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
const SCANNER = '@n8n/scan-community-package';
/** As the scanner's `analyzePackageByName` has them for a tarball. */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** What is used of the scanner's module. */
interface Scanner {
	readonly SOURCE_FILE_PATTERNS: readonly string[];
	analyzePackage(
		folder: string,
		filePatterns: readonly string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}

const installed = await cachedPackage(SCANNER, 'latest');
const main = join(installed, 'node_modules', SCANNER, 'scanner', 'scanner.mjs');
const scanner = (await import(pathToFileURL(main).href)) as Scanner;

async function scan(what: string, folder: string, filePatterns: readonly string[]): Promise<void> {
	const { passed, message, details } = await scanner.analyzePackage(folder, filePatterns);
	console.log(passed ? `${what}: passed` : `${what}: ${message}\n${details ?? ''}`);
	if (!passed) process.exitCode = 1;
}

await scan('Source', CHECKOUT, scanner.SOURCE_FILE_PATTERNS);
const packed = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-scan-'));
try {
	execFileSync('npm', ['run', 'build'], { cwd: CHECKOUT, stdio: 'ignore' });
	execFileSync('npm', ['pack', '--pack-destination', packed], { cwd: CHECKOUT, stdio: 'ignore' });
	const [tarball = ''] = await readdir(packed);
	execFileSync('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: packed });
	await scan('Tarball', packed, TARBALL_FILE_PATTERNS);
} finally {
	await rm(packed, { recursive: true });
}

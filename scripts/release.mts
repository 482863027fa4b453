/**
 * `npm run release -- 0.2.0-rc.1` makes the commit and the tag of a release; pushing the tag publishes
 * it (.github/workflows/publish.yml, docs/releasing.md). That workflow also uses `-- --check v0.2.0`
 * (may this be published, and did n8n's scanner pass its candidate?) and `-- --scan v0.2.0` (does it
 * pass what npm serves now?).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandLine } from './commandLine.mts';
import {
	checkAgainstCandidate,
	checkManifest,
	isCandidate,
	releasedChangelog,
	type Manifest,
} from './releaseRules.mts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
/** npm shows a new version, and its provenance, some time after it took it. */
const SCANS = 10;
const SCAN_EVERY_MS = 30_000;

const USAGE = `npm run release -- <version>     makes the commit and the tag, such as 0.2.0-rc.1

  --check TAG   may it be published, and did n8n's scanner pass its candidate?
  --scan TAG    does n8n's scanner pass what npm serves?`;

const { values, positionals } = commandLine(
	USAGE,
	{ check: { type: 'string' }, scan: { type: 'string' } },
	true,
);

try {
	if (values.check) await check(versionOf(values.check));
	else if (values.scan) await scan(versionOf(values.scan));
	else prepare(positionals[0] ?? '');
} catch (error) {
	console.error((error as Error).message);
	process.exit(1);
}

/** Makes the commit and the tag. Leaves everything as it is when something speaks against it. */
function prepare(version: string): void {
	checkManifest(manifest(), version);
	if (output('git', 'status', '--porcelain')) throw new Error('There are uncommitted changes.');
	if (output('git', 'branch', '--show-current') !== 'main') {
		throw new Error('Releases are made on the branch main.');
	}
	if (!isCandidate(version)) compareWithCandidate(version);
	const today = new Date().toISOString().slice(0, 10);
	const changelog = releasedChangelog(readFileSync('CHANGELOG.md', 'utf8'), version, today);
	run('npm', 'test');
	run('npm', 'run', 'scan');
	run('npm', 'version', version, '--no-git-tag-version');
	writeFileSync('CHANGELOG.md', changelog);
	run('git', 'commit', '--all', '--message', version);
	run('git', 'tag', '--annotate', `v${version}`, '--message', version);
	console.log('\nTo publish it: git push --follow-tags origin main');
}

async function check(version: string): Promise<void> {
	checkManifest(manifest(), version);
	if (manifest().version !== version) {
		throw new Error(`The tag says ${version}, and package.json ${manifest().version}.`);
	}
	if (!isCandidate(version)) await scan(versionOf(compareWithCandidate(version)));
}

/** @returns the tag of the newest candidate, which must be the same but for its version */
function compareWithCandidate(version: string): string {
	const candidates = output('git', 'tag', '--list', '--sort=-creatordate', `v${version}-rc.*`);
	const [newest] = candidates.split('\n');
	if (!newest) throw new Error(`${version} needs a candidate first: ${version}-rc.1`);
	const changed = output('git', 'diff', '--name-only', newest);
	checkAgainstCandidate(newest, changed ? changed.split('\n') : []);
	return newest;
}

/** The scanner of n8n's verification, on what npm serves. Its exit code is 0 in any case. */
async function scan(version: string): Promise<void> {
	const published = `${manifest().name}@${version}`;
	for (let tries = 1; ; tries++) {
		const said = output('npx', '--yes', '@n8n/scan-community-package', published);
		console.log(said);
		if (said.includes('has passed all security checks')) return;
		if (tries === SCANS) throw new Error(`n8n's scanner does not pass ${published}.`);
		await new Promise((resolve) => setTimeout(resolve, SCAN_EVERY_MS));
	}
}

function versionOf(tag: string): string {
	return tag.replace(/^v/, '');
}

function manifest(): Manifest {
	return JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
}

function run(command: string, ...args: string[]): void {
	execFileSync(command, args, { cwd: CHECKOUT, stdio: 'inherit' });
}

function output(command: string, ...args: string[]): string {
	return execFileSync(command, args, { cwd: CHECKOUT, encoding: 'utf8' }).trim();
}

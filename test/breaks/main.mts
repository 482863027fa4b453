/**
 * `npm run breaks [-- words of a rule]`: breaks the node on purpose, one rule after another, in a copy
 * of the checkout, and says which breaks the tests catch. Ends with 1 if one is not caught, or cannot
 * be made any more.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BREAKS, type Break } from './breaks.mts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A break may make a test wait for ever: that is caught as well. Milliseconds. */
const LONGEST_TESTS = 15 * 60_000;

type Verdict = 'caught' | 'NOT CAUGHT' | 'NOT FOUND' | 'RED UNBROKEN';

/** A copy of the checkout as it stands, with what is not committed; its packages are hard links. */
function copyCheckout(): string {
	const folder = mkdtempSync(join(tmpdir(), 'vidu-breaks-'));
	const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
	const deleted = new Set(git(['ls-files', '-z', '--deleted']));
	for (const file of git(listed).filter((name) => !deleted.has(name))) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		cpSync(join(ROOT, file), join(folder, file));
	}
	execFileSync('cp', ['-al', join(ROOT, 'node_modules'), join(folder, 'node_modules')]);
	return folder;
}

const git = (args: string[]) =>
	execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);

/** Whether the tests pass in a copy. The random ones run a hundred times there, unless told otherwise. */
function passes(folder: string, tests: readonly string[]): boolean {
	const jest = join(folder, 'node_modules', 'jest', 'bin', 'jest.js');
	const { status } = spawnSync(
		process.execPath,
		[jest, '--bail', '--forceExit', '-w', '1', ...tests],
		{
			cwd: folder,
			stdio: 'ignore',
			timeout: LONGEST_TESTS,
			env: { VIDU_PROPERTY_RUNS: '100', ...process.env },
		},
	);
	return status === 0;
}

function judge(folder: string, { file, find, replace, tests }: Break): Verdict {
	const path = join(folder, file);
	const whole = readFileSync(path, 'utf8');
	if (whole.split(find).length !== 2) return 'NOT FOUND';
	writeFileSync(
		path,
		whole.replace(find, () => replace),
	);
	try {
		return passes(folder, tests) ? 'NOT CAUGHT' : 'caught';
	} finally {
		writeFileSync(path, whole);
	}
}

const words = process.argv.slice(2).join(' ');
const chosen = BREAKS.filter(({ rule }) => rule.includes(words));
const folder = copyCheckout();
let bad = 0;
try {
	const green = new Map<string, boolean>();
	for (const each of chosen) {
		for (const path of each.tests) {
			if (!green.has(path)) green.set(path, passes(folder, [path]));
		}
		const red = each.tests.filter((path) => green.get(path) !== true);
		const verdict = red.length > 0 ? 'RED UNBROKEN' : judge(folder, each);
		if (verdict !== 'caught') bad += 1;
		console.info(`${verdict.padEnd(12)}  ${each.rule}  (${each.file})`);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.info(`${chosen.length - bad} of ${chosen.length} deliberate breaks are caught`);
process.exitCode = bad === 0 && chosen.length > 0 ? 0 : 1;

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

/**
 * Runs tests in a copy; the random ones a hundred times, unless told otherwise.
 * @returns the first test that fails, null if all pass
 */
function firstFailure(folder: string, tests: readonly string[]): string | null {
	const jest = join(folder, 'node_modules', 'jest', 'bin', 'jest.js');
	const { status, stderr } = spawnSync(
		process.execPath,
		[jest, '--bail', '--forceExit', '-w', '1', ...tests],
		{
			cwd: folder,
			encoding: 'utf8',
			maxBuffer: Infinity,
			timeout: LONGEST_TESTS,
			env: { VIDU_PROPERTY_RUNS: '100', ...process.env },
		},
	);
	if (status === 0) return null;
	return /^ +● (.*)/m.exec(stderr)?.[1] ?? (status === null ? 'no end' : stderr.slice(-300));
}

/** What came of a break, and the test that caught it. */
function judge(folder: string, { file, find, replace, tests }: Break): [Verdict, string] {
	const path = join(folder, file);
	const whole = readFileSync(path, 'utf8');
	if (whole.split(find).length !== 2) return ['NOT FOUND', ''];
	writeFileSync(
		path,
		whole.replace(find, () => replace),
	);
	try {
		const failure = firstFailure(folder, tests);
		return failure === null ? ['NOT CAUGHT', ''] : ['caught', failure];
	} finally {
		writeFileSync(path, whole);
	}
}

const words = process.argv.slice(2).join(' ');
const chosen = BREAKS.filter(({ rule }) => rule.includes(words));
const folder = copyCheckout();
let bad = 0;
try {
	const unbroken = new Map<string, string | null>();
	for (const each of chosen) {
		for (const path of each.tests) {
			if (unbroken.has(path)) continue;
			// Once more, since a machine that has much else to do fails tests as well.
			unbroken.set(path, firstFailure(folder, [path]) && firstFailure(folder, [path]));
		}
		const red = each.tests.flatMap((path) => unbroken.get(path) ?? []);
		const [verdict, by] = red.length > 0 ? ['RED UNBROKEN', red[0]] : judge(folder, each);
		if (verdict !== 'caught') bad += 1;
		console.info(
			`${verdict.padEnd(12)}  ${each.rule}  (${each.file})${by && `\n${' '.repeat(14)}by: ${by}`}`,
		);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.info(`${chosen.length - bad} of ${chosen.length} deliberate breaks are caught`);
process.exitCode = bad === 0 && chosen.length > 0 ? 0 : 1;

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
import { commandLine, refuse } from '../../scripts/commandLine.mts';
import { BREAKS, type Break } from './breaks.mts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A break may make a test wait for ever: that is caught as well. Milliseconds. */
const LONGEST_TESTS = 5 * 60_000;

const USAGE = `npm run breaks [-- words of a rule]     all ${BREAKS.length} breaks, or those of the rules with these words

Breaks are made in a copy of the checkout. All of them take hours.`;

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
 * The first test at a path that fails in a copy, or why there is no answer; null when all pass. The
 * random ones run a hundred times there, unless told otherwise.
 */
function failing(folder: string, path: string, only = ''): string | null {
	const jest = join(folder, 'node_modules', 'jest', 'bin', 'jest.js');
	const { status, stderr } = spawnSync(
		process.execPath,
		[jest, '--bail', '--forceExit', '-w', '1', '-t', only, path],
		{
			cwd: folder,
			stdio: ['ignore', 'ignore', 'pipe'],
			encoding: 'utf8',
			maxBuffer: Infinity,
			timeout: LONGEST_TESTS,
			// A loop without an end hears no other signal.
			killSignal: 'SIGKILL',
			env: { VIDU_PROPERTY_RUNS: '100', ...process.env },
		},
	);
	if (status === 0) return null;
	return /^ +● (.*)$/m.exec(stderr)?.[1] ?? `no answer (${status ?? 'too long'})`;
}

interface Result {
	readonly verdict: Verdict;
	/** The test that fails. */
	readonly by?: string;
}

function judge(folder: string, { file, find, replace, tests, only }: Break): Result {
	const path = join(folder, file);
	const whole = readFileSync(path, 'utf8');
	if (whole.split(find).length !== 2) return { verdict: 'NOT FOUND' };
	writeFileSync(
		path,
		whole.replace(find, () => replace),
	);
	try {
		for (const each of tests) {
			const by = failing(folder, each, only);
			if (by !== null) return { verdict: 'caught', by: `${each}: ${by}` };
		}
		return { verdict: 'NOT CAUGHT' };
	} finally {
		writeFileSync(path, whole);
	}
}

const words = commandLine(USAGE, {}, true).positionals.join(' ');
const chosen = BREAKS.filter(({ rule }) => rule.includes(words));
if (chosen.length === 0) refuse(USAGE, `No rule has the words "${words}"`);
const folder = copyCheckout();
let bad = 0;
try {
	const unbroken = new Map<string, string | null>();
	for (const each of chosen) {
		for (const path of each.tests) {
			const name = `${path} ${each.only}`;
			if (!unbroken.has(name)) unbroken.set(name, failing(folder, path, each.only));
		}
		const red = each.tests.flatMap((path) => unbroken.get(`${path} ${each.only}`) ?? []);
		const { verdict, by = '' }: Result =
			red.length > 0 ? { verdict: 'RED UNBROKEN', by: red.join() } : judge(folder, each);
		if (verdict !== 'caught') bad += 1;
		console.info([verdict.padEnd(12), each.rule, each.file, by].join('  '));
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.info(`${chosen.length - bad} of ${chosen.length} deliberate breaks are caught`);
process.exitCode = bad === 0 ? 0 : 1;

/**
 * `npm run wall [-- versions]`: runs the engine tests and the end-to-end tests that `CHECKS` names in
 * other versions of n8n, each installed once into the cache, and writes what it found to
 * docs/wall.json and as a table into README.md. Ends with 1 if a test fails that no limit explains.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureHost, N8N_VERSION, PINNED_VERSION, type Host } from '../host.mts';
import { published } from '../npm.mts';
import { CHECKS, unexplained, withWall, type Check, type Outcome, type Row } from './results.mts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = join(ROOT, 'docs', 'wall.json');
const README = join(ROOT, 'README.md');
/** The oldest and the newest, and where something changed in between: newest first, as in the table. */
const RANGES = ['latest', '2.27', '2.16', '2.0', '1.123'];
/** A release can lack a package that it needs; one of those before it is tried then, at last the pinned one. */
const TRIES = 4;

/** What jest writes with `--json`, as far as it is read here. */
interface Report {
	readonly testResults: ReadonlyArray<{
		/** Path of the file. */
		readonly name: string;
		/** Why the file could not run. */
		readonly message: string;
		readonly assertionResults: ReadonlyArray<{
			readonly fullName: string;
			readonly status: 'passed' | 'failed' | 'pending' | 'todo';
		}>;
	}>;
}

/** Installs the newest version of a range that can be installed. */
async function install(range: string): Promise<Host & { version: string }> {
	const isLatest = range === 'latest';
	const wanted = isLatest ? `<=${published('n8n', range)[0] ?? ''}` : range;
	const newest = published('n8n', wanted).slice(0, TRIES);
	const versions = isLatest ? [...newest, PINNED_VERSION] : newest;
	for (const version of versions) {
		process.env[N8N_VERSION] = version;
		try {
			return { version, ...(await ensureHost()) };
		} catch (error) {
			const { message } = error as Error;
			if (!/E404|ETARGET/.test(message)) throw error;
			console.warn(`n8n ${version} cannot be installed from this registry: ${message}`);
		}
	}
	throw new Error(`No n8n ${range} can be installed: ${versions.join(', ') || 'there is none'}`);
}

/** Runs one version. */
async function rowOf(range: string): Promise<Row> {
	const { version, ...host } = await install(range);
	console.info(`n8n ${version}`);
	const { 'Engine tests': inProcess, ...others } = CHECKS;
	const engine = ['tsx', 'scripts/engineCore.mts', host.folder, inProcess];
	const files = Object.values(others);
	const endToEnd = ['jest', '--config', 'jest.e2e.config.cjs', ...files];
	const reports = [report(host, engine), report(host, endToEnd)];
	const results = reports.flatMap(({ testResults }) => testResults);
	const entries = Object.entries(CHECKS).map(([check, path]) => [
		check,
		outcomeOf(results.filter(({ name }) => name.startsWith(join(ROOT, path)))),
	]);
	const outcomes = Object.fromEntries(entries) as Record<Check, Outcome>;
	return { range, n8n: version, day: new Date().toISOString().slice(0, 10), outcomes };
}

/** Runs a tool of the checkout on the Node of that n8n. @returns what jest reports */
function report({ node, nodeFolder }: Host, [tool = '', ...args]: string[]): Report {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-vidu-wall-'));
	try {
		const file = join(folder, 'report.json');
		const all = [join(ROOT, 'node_modules', '.bin', tool), ...args, '--json'];
		spawnSync(node, [...all, `--outputFile=${file}`], {
			cwd: ROOT,
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, PATH: `${nodeFolder}:${process.env.PATH}` },
		});
		// There is none when nothing could be run, such as when n8n did not start.
		if (!existsSync(file)) return { testResults: [] };
		return JSON.parse(readFileSync(file, 'utf8')) as Report;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** A file that could not run counts as a test that failed. */
function outcomeOf(results: Report['testResults']): Outcome {
	const tests = results.flatMap(({ assertionResults }) => assertionResults);
	const named = (status: string) => tests.filter((test) => test.status === status);
	const broken = results.filter(({ assertionResults }) => assertionResults.length === 0);
	return {
		passed: named('passed').length,
		failed: [
			...named('failed').map(({ fullName }) => fullName),
			...broken.map(({ name, message }) => `${name.slice(ROOT.length)}: ${message.split('\n')[0]}`),
			...(results.length === 0 ? ['nothing could be run'] : []),
		],
	};
}

/** Puts a row into the place of an earlier one of the same range. */
function keep(row: Row): void {
	const before = JSON.parse(readFileSync(RESULTS, 'utf8')) as Row[];
	const rows = [...before.filter(({ range }) => range !== row.range), row];
	const place = ({ range }: Row) => RANGES.indexOf(range) >>> 0;
	rows.sort((one, other) => place(one) - place(other));
	writeFileSync(RESULTS, `${JSON.stringify(rows, null, '\t')}\n`);
	writeFileSync(README, withWall(readFileSync(README, 'utf8'), rows));
}

const asked = process.argv.slice(2);
for (const range of asked.length > 0 ? asked : RANGES) {
	const row = await rowOf(range);
	keep(row);
	const failures = unexplained(row);
	for (const test of failures) console.error(`n8n ${row.n8n}: ${test}`);
	console.info(`n8n ${row.n8n}: ${failures.length} failures that no limit explains`);
	if (failures.length > 0) process.exitCode = 1;
}

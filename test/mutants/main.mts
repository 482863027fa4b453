/**
 * `npm run mutants -- <files or folders> [--all]`: breaks the node in every small way, one at a time
 * (a comparison, a condition, a result, an operator), and says which breaks no test of unit/ or panel/ notices.
 * Prints the survivors and a score by file; with `--all` also what none of them reaches.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build, type Metafile } from 'esbuild';
import { commandLine, refuse } from '../../scripts/commandLine.mts';
import { mutate, type Mutant } from './mutate.mts';
import type { Job, Seen } from './worker.mts';

const USAGE = `npm run mutants -- <files or folders> [--all]     breaks each file in every small way

  --all      prints what no test reaches, too`;

const { values, positionals: given } = commandLine(USAGE, { all: { type: 'boolean' } }, true);
if (given.length === 0) refuse(USAGE, 'Which files?');

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = ['test/unit', 'test/panel'].map((folder) => join(ROOT, folder));
/** How much longer than unbroken a test may take before its mutant counts as noticed, and a moment; milliseconds. */
const LONGER = 20;
const MOMENT = 5_000;
/** Tests that import a file, or something that imports it, are about it. */
const NEAR = 2;

const AS_A_SCRIPT = {
	absWorkingDir: ROOT,
	bundle: true,
	format: 'cjs',
	logLevel: 'silent',
	metafile: true,
	packages: 'external',
	platform: 'node',
	write: false,
} as const;
/** A thread cannot load TypeScript by itself. */
const WORKER = await build({
	...AS_A_SCRIPT,
	entryPoints: [join(ROOT, 'test/mutants/worker.mts')],
});

/** A file of tests, with the mutated file in it. */
interface Bundle {
	readonly code: string;
	/** Of the file. */
	readonly path: string;
}

const filesIn = (path: string): string[] =>
	statSync(path).isDirectory()
		? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
		: [path];

/** How many imports lie between two files; Infinity where none leads there. */
function distance(inputs: Metafile['inputs'], from: string, to: string): number {
	const found = new Map([[from, 0]]);
	for (const [file, steps] of found) {
		for (const { path } of inputs[file]?.imports ?? []) {
			if (!found.has(path)) found.set(path, steps + 1);
		}
	}
	return found.get(to) ?? Infinity;
}

/** The tests that are about a file, with all its mutants in it. */
async function bundlesWith(target: string, code: string): Promise<Bundle[]> {
	const tests = TESTS.flatMap(filesIn).filter((name) => /\.test\.m?ts$/.test(name));
	// What needs more of jest than the worker has.
	const runnable = tests.filter(
		(name) => !/jest\.(?!fn|spyOn)\w|startSandbox/.test(readFileSync(name, 'utf8')),
	);
	const bundles: Bundle[] = [];
	for (const test of runnable) {
		const { outputFiles, metafile } = await build({
			...AS_A_SCRIPT,
			entryPoints: [test],
			define: { 'import.meta.url': JSON.stringify(`file://${test}`) },
			plugins: [
				{
					name: 'mutants',
					setup: ({ onLoad }) =>
						onLoad({ filter: /\.ts$/ }, ({ path }) =>
							path === target ? { contents: code, loader: 'ts' } : undefined,
						),
				},
			],
		});
		const bundle = outputFiles[0]?.text;
		const steps = distance(metafile.inputs, relative(ROOT, test), relative(ROOT, target));
		if (bundle !== undefined && steps <= NEAR) {
			bundles.push({ code: bundle, path: test });
		}
	}
	return bundles;
}

/** A thread with the tests of a bundle. */
class Runner {
	private worker: Worker | undefined;

	constructor(private readonly bundle: Bundle) {}

	/** @returns null where it did not end in time */
	async run(job: Job, longest: number): Promise<Seen[] | null> {
		this.worker ??= new Worker(WORKER.outputFiles[0]?.text ?? '', {
			eval: true,
			workerData: this.bundle,
		});
		const { worker } = this;
		return await new Promise((done, failed) => {
			const timer = setTimeout(() => {
				void this.close();
				done(null);
			}, longest);
			worker.once('error', failed);
			worker.once('message', (seen: Seen[]) => {
				clearTimeout(timer);
				worker.off('error', failed);
				done(seen);
			});
			worker.postMessage(job);
		});
	}

	async close(): Promise<void> {
		const { worker } = this;
		this.worker = undefined;
		await worker?.terminate();
	}
}

/** Which mutants of a file its tests notice, and which they reach. */
async function examine(target: string) {
	const { code, mutants } = mutate(readFileSync(target, 'utf8'), target);
	const reached = new Set<number>();
	const noticed = new Set<number>();
	for (const bundle of await bundlesWith(target, code)) {
		const runner = new Runner(bundle);
		const unbroken = (await runner.run({ mutant: -1 }, 600_000)) ?? [];
		for (const { id } of mutants) {
			const able = unbroken
				.filter(({ failed, passed }) => !failed && passed.includes(id))
				.sort((a, b) => a.milliseconds - b.milliseconds);
			if (able.length === 0) continue;
			reached.add(id);
			if (noticed.has(id)) continue;
			const usual = able.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
			const only = able.map(({ name }) => name);
			const seen = await runner.run({ mutant: id, only }, LONGER * usual + MOMENT);
			if (seen === null || seen.some(({ failed }) => failed)) noticed.add(id);
		}
		await runner.close();
	}
	return { mutants, reached, noticed };
}

const show = ({ line, before, after }: Mutant) => `  ${line}: ${before}  →  ${after}`;

for (const file of given.flatMap((path) => filesIn(resolve(ROOT, path)))) {
	if (!file.endsWith('.ts')) continue;
	const { mutants, reached, noticed } = await examine(file);
	const survived = mutants.filter(({ id }) => reached.has(id) && !noticed.has(id));
	const score = reached.size === 0 ? '–' : `${Math.round((100 * noticed.size) / reached.size)} %`;
	console.info(
		`${relative(ROOT, file)}: ${score} of ${reached.size} reached are noticed, of ${mutants.length}`,
	);
	for (const each of survived) console.info(show(each));
	for (const each of values.all ? mutants.filter(({ id }) => !reached.has(id)) : []) {
		console.info(`${show(each)}  (not reached)`);
	}
}

/**
 * Runs the tests of one bundle over and over in a thread of their own, which is ended from outside
 * where a mutant never comes to an end. Stands for as much of jest as unit tests use.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';
import { mutant, passedSwitches, switchOn } from './runtime.mts';

export interface Job {
	/** -1: none, to see what the tests pass. */
	readonly mutant: number;
	/** Names of the tests to run, in order; all if not given. */
	readonly only?: readonly string[];
}

export interface Seen {
	readonly name: string;
	readonly failed: boolean;
	readonly milliseconds: number;
	/** Switches that it passed, while it ran or while the file was loaded. */
	readonly passed: readonly number[];
}

type Work = () => unknown;
interface Suite {
	readonly name: string;
	readonly tests: Array<{ readonly name: string; readonly work: Work }>;
	readonly hooks: Readonly<Record<'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll', Work[]>>;
	readonly suites: Suite[];
}

/** Random tests get the same values in every run, and not many: of a break most of them fail. */
const SEED = 1;
const MOST_RUNS = 20;
const assert = (property: fc.IRawProperty<unknown>, given: fc.Parameters<unknown> = {}) =>
	fc.assert(property, {
		...given,
		numRuns: Math.min(given.numRuns ?? 100, MOST_RUNS),
		seed: SEED,
	});
const few = { ...fc, assert };
Object.assign(few, { __esModule: true, default: few });

const { code, path } = workerData as { code: string; path: string };
const script = new Script(
	`(require, module, exports, __dirname, mutant, jest, expect, describe, it, test, beforeAll, beforeEach, afterEach, afterAll) => {${code}\n}`,
);

const newSuite = (name: string): Suite => ({
	name,
	tests: [],
	hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
	suites: [],
});

/** Loads the file anew, so that nothing of an earlier mutant is left. */
function load(): Suite {
	let suite = newSuite('');
	const root = suite;
	const describe = (name: string, work: Work) => {
		const outer = suite;
		suite = newSuite(`${outer.name} ${name}`.trim());
		outer.suites.push(suite);
		work();
		suite = outer;
	};
	const test = (name: string, work: Work) => {
		suite.tests.push({ name: `${suite.name} ${name}`, work });
	};
	const hook = (name: keyof Suite['hooks']) => (work: Work) => void suite.hooks[name].push(work);
	const each = { describe: bind(describe as never, false), test: bind(test as never, false) };
	const tests = Object.assign(test, { each: each.test });
	const mocker = new ModuleMocker(globalThis as never);
	const jest = { fn: mocker.fn.bind(mocker), spyOn: mocker.spyOn.bind(mocker) };
	const evaluate = script.runInThisContext() as (...given: unknown[]) => void;
	const own = createRequire(path);
	const require = (name: string): unknown => (name === 'fast-check' ? few : own(name));
	evaluate(
		...[require, { exports: {} }, {}, dirname(path), mutant, jest, expect],
		...[Object.assign(describe, { each: each.describe }), tests, tests],
		...(['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const).map(hook),
	);
	return root;
}

async function run({ mutant: id, only }: Job): Promise<Seen[]> {
	switchOn(id);
	const seen: Seen[] = [];
	let root: Suite;
	try {
		root = load();
	} catch (error) {
		if (id < 0) throw error;
		return [{ name: 'loading', failed: true, milliseconds: 0, passed: [] }];
	}
	const loading = [...passedSwitches()];
	const all = async (works: readonly Work[]) => {
		for (const work of works) await work();
	};
	/** @returns whether a test failed: then the mutant is caught, and no more need be run */
	const runSuite = async ({ tests, hooks, suites }: Suite, outer: Suite[]): Promise<boolean> => {
		await all(hooks.beforeAll);
		const chain = [...outer, { tests, hooks, suites, name: '' }];
		for (const { name, work } of tests) {
			if (only !== undefined && !only.includes(name)) continue;
			switchOn(id);
			const begun = performance.now();
			let failed = false;
			try {
				for (const each of chain) await all(each.hooks.beforeEach);
				await work();
				for (const each of chain.toReversed()) await all(each.hooks.afterEach);
			} catch {
				failed = true;
			}
			const milliseconds = performance.now() - begun;
			seen.push({ name, failed, milliseconds, passed: [...passedSwitches(), ...loading] });
			if (failed && id >= 0) return true;
		}
		for (const each of suites) if (await runSuite(each, chain)) return true;
		await all(hooks.afterAll);
		return false;
	};
	await runSuite(root, []);
	return seen;
}

parentPort?.on('message', (job: Job) => {
	void run(job).then((seen) => parentPort?.postMessage(seen));
});

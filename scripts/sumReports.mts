/**
 * `tsx scripts/sumReports.mts <failed steps> <jest report> …` prints `N passed, N failed` over all
 * runs and fails when anything did: a test, a test file that could not run, or a step outside jest.
 */
import { readFileSync } from 'node:fs';

/** What jest writes with `--json`, as far as it is summed here. */
interface Report {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numRuntimeErrorTestSuites: number;
}

const [failedSteps = '0', ...files] = process.argv.slice(2);
const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
const sum = (of: (report: Report) => number) => reports.reduce((all, one) => all + of(one), 0);
const passed = sum(({ numPassedTests }) => numPassedTests);
const inJest = sum((report) => report.numFailedTests + report.numRuntimeErrorTestSuites);
// A step fails along with its tests, or for another reason: either way it counts at least once.
const failed = Math.max(inJest, Number(failedSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

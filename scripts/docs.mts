/**
 * Writes what README.md and the pages of docs/ take from the code. With `--check` it writes nothing and
 * exits with 1 when something is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { withCostTable } from './costTable.mts';
import { withModelsTable } from './modelsTable.mts';
import { withShotListSchema } from './shotListSchema.mts';

const PAGES: ReadonlyArray<readonly [string, (page: string) => string]> = [
	['README.md', withCostTable],
	['docs/models.md', withModelsTable],
	['docs/film.md', withShotListSchema],
];

for (const [name, update] of PAGES) {
	const page = new URL(`../${name}`, import.meta.url);
	const before = readFileSync(page, 'utf8');
	const after = update(before);
	if (before === after) {
		console.log(`${name} is up to date`);
	} else if (process.argv.includes('--check')) {
		console.error(`${name} is stale: run \`npm run docs\``);
		process.exitCode = 1;
	} else {
		writeFileSync(page, after);
		console.log(`${name}: written`);
	}
}

/**
 * Writes the tables of models into README.md, from the catalogue. With `--check` it writes nothing and
 * exits with 1 when they are stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { withModelsTable } from './modelsTable.mts';

const readme = new URL('../README.md', import.meta.url);
const before = readFileSync(readme, 'utf8');
const after = withModelsTable(before);

if (before === after) {
	console.log('README.md is up to date');
} else if (process.argv.includes('--check')) {
	console.error('The models in README.md are stale: run `npm run docs`');
	process.exitCode = 1;
} else {
	writeFileSync(readme, after);
	console.log('README.md: wrote the tables of models');
}

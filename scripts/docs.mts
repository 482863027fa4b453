/**
 * Writes the tables of models into docs/models.md, from the catalogue. With `--check` it writes nothing and
 * exits with 1 when they are stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { withModelsTable } from './modelsTable.mts';

const page = new URL('../docs/models.md', import.meta.url);
const before = readFileSync(page, 'utf8');
const after = withModelsTable(before);

if (before === after) {
	console.log('docs/models.md is up to date');
} else if (process.argv.includes('--check')) {
	console.error('The models in docs/models.md are stale: run `npm run docs`');
	process.exitCode = 1;
} else {
	writeFileSync(page, after);
	console.log('docs/models.md: wrote the tables of models');
}

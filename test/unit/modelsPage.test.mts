import { readFileSync } from 'node:fs';
import { modelsOf } from '../../nodes/Vidu/catalogue/index.ts';
import { VIDEO_KINDS } from '../../nodes/Vidu/catalogue/types.ts';
import { modelsTable, withModelsTable } from '../../scripts/modelsTable.mts';
import { withShotListSchema } from '../../scripts/shotListSchema.mts';

const page = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');

describe('the models in docs/models.md', () => {
	it('are those of the catalogue (npm run docs writes them)', () => {
		expect(page).toBe(withModelsTable(page));
	});

	it('are all that Vidu has, whatever they make', () => {
		const table = modelsTable();
		for (const model of VIDEO_KINDS.flatMap((kind) => modelsOf('vidu', kind))) {
			expect(table).toContain(`| \`${model}\` |`);
		}
	});

	it('ask for the markers when they are gone', () => {
		expect(() => withModelsTable('# Vidu')).toThrow('needs the markers');
	});
});

test('the schema in docs/film.md is that of the code (npm run docs writes it)', () => {
	const film = readFileSync(new URL('../../docs/film.md', import.meta.url), 'utf8');
	expect(film).toContain('"maxItems": 100');
	expect(film).toBe(withShotListSchema(film));
});

import { readFileSync } from 'node:fs';
import { modelsOf } from '../../nodes/Vidu/catalogue/index.ts';
import { VIDEO_KINDS } from '../../nodes/Vidu/catalogue/types.ts';
import { modelsTable, withModelsTable } from '../../scripts/modelsTable.mts';

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

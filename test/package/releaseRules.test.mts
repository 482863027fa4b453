import {
	checkAgainstCandidate,
	checkManifest,
	placeholders,
	releasedChangelog,
} from '../../scripts/releaseRules.mts';

const manifest = {
	name: 'n8n-nodes-vidu',
	version: '0.1.0',
	author: { name: 'Ada', email: 'ada@vidu-nodes.org' },
	repository: { type: 'git', url: 'git+https://github.com/ada/n8n-nodes-vidu.git' },
	bugs: { url: 'https://github.com/ada/n8n-nodes-vidu/issues' },
	homepage: 'https://github.com/ada/n8n-nodes-vidu#readme',
};

const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n\n- More.\n\n## 0.1.0\n\n- All.\n';

describe('a release', () => {
	it('is refused while package.json does not say whose it is', () => {
		const bugs = { url: 'https://github.com/OWNER/n8n-nodes-vidu/issues' };
		const author = { name: 'Ada', email: 'owner@example.com' };
		const unset = { ...manifest, author, bugs, homepage: undefined };
		expect(placeholders(unset)).toEqual(['author', 'bugs', 'homepage']);
		expect(() => checkManifest(unset, '0.2.0')).toThrow('author, bugs, homepage');
	});

	it.each(['0.2.0', '0.2.0-rc.1'])('may be called %s', (version) => {
		expect(() => checkManifest(manifest, version)).not.toThrow();
	});

	it.each(['', '0.2', 'v0.2.0', '0.2.0-beta.1', '0.2.0-rc'])('is not called "%s"', (version) => {
		expect(() => checkManifest(manifest, version)).toThrow('is no version');
	});

	it('differs from its candidate in nothing but its version and the changelog', () => {
		expect(() =>
			checkAgainstCandidate('v0.2.0-rc.1', ['CHANGELOG.md', 'package-lock.json', 'package.json']),
		).not.toThrow();
		expect(() =>
			checkAgainstCandidate('v0.2.0-rc.1', ['package.json', 'nodes/Vidu/Vidu.node.ts']),
		).toThrow('nodes/Vidu/Vidu.node.ts');
	});
});

describe('the changelog of a release', () => {
	it('has a section for it, and an empty one for what comes next', () => {
		expect(releasedChangelog(changelog, '0.2.0', '2026-12-01')).toBe(
			changelog.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 (2026-12-01)\n'),
		);
	});

	it('stays as it is for a candidate', () => {
		expect(releasedChangelog(changelog, '0.2.0-rc.1', '2026-12-01')).toBe(changelog);
	});

	it.each([
		['tells of no change', '# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- All.\n'],
		['has no place for changes', '# Changelog\n\n## 0.1.0\n\n- All.\n'],
	])('is refused when it %s', (_, text) => {
		expect(() => releasedChangelog(text, '0.2.0', '2026-12-01')).toThrow('tells of no change');
	});
});

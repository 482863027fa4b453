/** What a release has to keep to, as far as it can be told from texts alone. */

/** Of package.json. */
export interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly author?: unknown;
	readonly repository?: unknown;
	readonly bugs?: unknown;
	readonly homepage?: unknown;
}

/** Changed by the release itself; all else must be as the candidate had it. */
const CHANGED_BY_A_RELEASE = ['CHANGELOG.md', 'package-lock.json', 'package.json'];

/** `0.2.0` or `0.2.0-rc.1`. */
const VERSION = /^\d+\.\d+\.\d+(-rc\.\d+)?$/;
const UNRELEASED = '## Unreleased';

/** @returns the fields that nobody has set yet: they say OWNER or example.com, or nothing */
export function placeholders(manifest: Manifest): string[] {
	return (['author', 'repository', 'bugs', 'homepage'] as const).filter((field) =>
		/OWNER|example\.com|^undefined$/.test(JSON.stringify(manifest[field]) ?? 'undefined'),
	);
}

export function isCandidate(version: string): boolean {
	return version.includes('-');
}

/** @throws an Error that says why this manifest cannot be published as that version */
export function checkManifest(manifest: Manifest, version: string): void {
	const unset = placeholders(manifest);
	if (unset.length > 0) {
		throw new Error(
			`package.json still has placeholders in: ${unset.join(', ')}. Set them first; docs/releasing.md says how.`,
		);
	}
	if (!VERSION.test(version)) {
		throw new Error(`"${version}" is no version such as 0.2.0-rc.1 or 0.2.0.`);
	}
}

/** @throws an Error when a release differs from its candidate in more than its version */
export function checkAgainstCandidate(candidate: string, changedFiles: readonly string[]): void {
	const more = changedFiles.filter((file) => !CHANGED_BY_A_RELEASE.includes(file));
	if (more.length === 0) return;
	throw new Error(
		`${candidate} was another state of: ${more.join(', ')}. Release a candidate of this state first.`,
	);
}

/**
 * The changelog as it is to be published: what is unreleased becomes the release's own section. A
 * candidate leaves it as it is.
 * @throws an Error when there is nothing to release
 */
export function releasedChangelog(changelog: string, version: string, date: string): string {
	const [before = '', after] = changelog.split(`${UNRELEASED}\n`);
	const unreleased = after?.split('\n## ')[0] ?? '';
	if (!unreleased.includes('\n- ')) {
		throw new Error(`CHANGELOG.md tells of no change under "${UNRELEASED}".`);
	}
	if (isCandidate(version)) return changelog;
	return `${before}${UNRELEASED}\n\n## ${version} (${date})\n${after}`;
}

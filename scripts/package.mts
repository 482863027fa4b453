/** Builds this package and installs it into an n8n as a user's n8n would: from its tarball. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds, packs, and installs the tarball as a community package of the n8n in `userFolder`; its
 * nodes are then `n8n-nodes-vidu.<name>`. To be called before that n8n starts.
 * @throws an Error with the path of npm's log when a step fails
 */
export async function installPackage(userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const logFile = join(userFolder, 'package.log');
	const packed = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-pack-'));
	try {
		await npm(['run', 'build'], { cwd: CHECKOUT, logFile });
		await npm(['pack', '--pack-destination', packed], { cwd: CHECKOUT, logFile });
		const [tarball = ''] = await readdir(packed);
		await writeFile(
			join(nodes, 'package.json'),
			'{ "name": "installed-nodes", "private": true }\n',
		);
		// As n8n does it; without peer dependencies, since n8n brings n8n-workflow itself.
		await npm(
			[
				'install',
				join(packed, tarball),
				'--ignore-scripts',
				'--legacy-peer-deps',
				'--install-strategy=shallow',
				'--package-lock=false',
				'--bin-links=false',
				'--no-audit',
				'--no-fund',
			],
			{ cwd: nodes, logFile },
		);
	} finally {
		await rm(packed, { recursive: true });
	}
}

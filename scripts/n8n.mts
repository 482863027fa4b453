/** Starts a real n8n server on this machine, on SQLite unless `env` says otherwise. */
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ensureHost } from './host.mts';
import { N8nClient, type Login } from './n8nClient.mts';
import { freePort } from './ports.mts';
import { startKept, type KeptProcess } from './processes.mts';

/** The owner of every instance made here; they listen on this machine only. */
export const OWNER: Login = { email: 'vidu@example.com', password: 'ViduSandbox1' };

const POLL_MS = 300;
const START_SECONDS = 600;
/**
 * What n8n says at the end of its start. Its API answers before: what runs then n8n takes for what a
 * crash has left behind, and gives it up (2.40, performStartupRecovery).
 */
const STARTED = 'Editor is now accessible';

export interface N8nOptions {
	/** n8n's data. The same folder again continues where the last server left off. */
	readonly userFolder: string;
	/** Taken when it is free, else any free one. */
	readonly port?: number;
	/** Address under which providers reach this instance; its own by default. */
	readonly webhookUrl?: string;
	/** More of n8n's environment: execution mode, database, file access … */
	readonly env?: Readonly<Record<string, string>>;
}

export interface N8nServer {
	readonly url: string;
	/** Logged in as OWNER. */
	readonly client: N8nClient;
	readonly logFile: string;
	/** Resolves with the exit code when n8n has ended. */
	readonly exited: Promise<number>;
	/** Ends n8n as an operator would. */
	stop(): Promise<void>;
	/** Ends n8n as a crash would. */
	kill(): Promise<void>;
}

/**
 * Starts n8n, waits until it has started, makes the owner where there is none, logs in.
 * @throws an Error with the path of n8n's log when it ends early or does not get ready
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { userFolder } = options;
	await mkdir(userFolder, { recursive: true });
	const port = await freePort(options.port);
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	const before = await starts(logFile);
	const server = await startN8nCommand(['start'], {
		logFile,
		env: {
			N8N_USER_FOLDER: userFolder,
			N8N_PORT: String(port),
			...reachedAt(options.webhookUrl ?? url),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...options.env,
		},
	});
	const client = new N8nClient(url);
	try {
		await Promise.race([
			ready(client, async () => (await starts(logFile)) > before),
			early(server),
		]);
	} catch (error) {
		await server.kill();
		throw new Error(`${(error as Error).message} n8n's log: ${logFile}`);
	}
	const { exited, stop, kill } = server;
	return { url, client, logFile, exited, stop, kill };
}

/** The environment of an n8n that providers reach at this address; before 2.30 it had the other name. */
export function reachedAt(url: string): Record<string, string> {
	return { N8N_WEBHOOK_URL: url, WEBHOOK_URL: url };
}

/** Runs `n8n <args>` on the cached Node 24: a server, a worker, an import. It calls nobody. */
export async function startN8nCommand(
	args: string[],
	options: { readonly logFile: string; readonly env: Readonly<Record<string, string>> },
): Promise<KeptProcess> {
	const host = await ensureHost();
	return startKept(host.node, [host.n8n, ...args], {
		logFile: options.logFile,
		env: {
			...inherited(),
			PATH: [host.nodeFolder, process.env.PATH].join(delimiter),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_SECURE_COOKIE: 'false',
			// From 3.0 n8n loads no others unless told to.
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			...options.env,
		},
	});
}

/** This environment without what would configure another n8n, or what npm and jest leave in it. */
function inherited(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(N8N_|npm_|JEST_|DB_|WEBHOOK_URL$|NODE_ENV$|NODE_OPTIONS$)/.test(name),
		),
	);
}

/** How often n8n has started, by its log. */
async function starts(logFile: string): Promise<number> {
	return (await readFile(logFile, 'utf8').catch(() => '')).split(STARTED).length;
}

async function ready(client: N8nClient, started: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + START_SECONDS * 1000;
	for (;;) {
		const settings = await client.settings();
		const done =
			settings &&
			(await started()) &&
			(await logIn(client, settings.needsOwner).then(
				() => true,
				(error: unknown) => (Date.now() > deadline ? Promise.reject(error) : false),
			));
		if (done) return;
		if (Date.now() > deadline) throw new Error(`n8n is not ready after ${START_SECONDS} s.`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** Routes appear one after the other while n8n starts, so that this may fail at first. */
async function logIn(client: N8nClient, needsOwner: boolean): Promise<void> {
	if (needsOwner) await client.setUpOwner(OWNER);
	await client.logIn(OWNER);
}

async function early(server: KeptProcess): Promise<never> {
	throw new Error(`n8n ended with exit code ${await server.exited}.`);
}

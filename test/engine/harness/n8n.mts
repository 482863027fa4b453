import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'n8n-workflow';

/**
 * n8n's own execution engine, started in a throw-away n8n folder.
 *
 * Everything is required from where n8n-core stands, so that it is the one copy that the engine
 * itself uses (its own service container and logger, the CommonJS n8n-workflow), whether jest or
 * tsx runs this file.
 */
const folder = mkdtempSync(join(tmpdir(), 'vidu-engine-'));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

const removeFolder = () => rmSync(folder, { recursive: true, force: true });
if ('afterAll' in globalThis) afterAll(removeFolder);
else process.once('exit', removeFolder);

type Service<T> = abstract new (...args: never[]) => T;
interface ServiceContainer {
	get<T>(service: Service<T>): T;
	set<T>(service: Service<T>, instance: T): void;
}

const requireFromHere = createRequire(import.meta.url);
const requireFromCore = createRequire(requireFromHere.resolve('n8n-core'));

export const workflowLibrary = requireFromCore('n8n-workflow') as typeof import('n8n-workflow');
export const core = requireFromHere('n8n-core') as typeof import('n8n-core');

const { Container } = requireFromCore('@n8n/di') as { Container: ServiceContainer };
const backend = requireFromCore('@n8n/backend-common') as { Logger: Service<Logger> };

/** One line of n8n's log. `metadata` is what was logged with it, as it was given. */
export interface LogEntry {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata?: unknown;
}

const logListeners = new Set<(entry: LogEntry) => void>();

/** Calls `listener` for every line that n8n or a node logs, debug included, until the returned function is called. */
export function onLog(listener: (entry: LogEntry) => void): () => void {
	logListeners.add(listener);
	return () => void logListeners.delete(listener);
}

const write =
	(level: LogEntry['level']) =>
	(message: string, metadata?: unknown): void =>
		logListeners.forEach((listener) => listener({ level, message, metadata }));

const logger: Logger & { scoped(): Logger } = {
	scoped: () => logger,
	error: write('error'),
	warn: write('warn'),
	info: write('info'),
	debug: write('debug'),
};
Container.set(backend.Logger, logger);
workflowLibrary.LoggerProxy.init(logger);

export const binaryData = Container.get(core.BinaryDataService);

/** Where binary data is kept: `filesystem` in files, as n8n 2 does; `default` in memory, as base64. */
export type BinaryMode = 'filesystem' | 'default';

/** Makes n8n keep the binary data that is stored from now on as `mode` says. */
export async function setBinaryMode(mode: BinaryMode): Promise<void> {
	Container.get(core.BinaryDataConfig).mode = mode;
	await binaryData.init();
}

/** Child processes that cannot outlive this one (see keeper.mjs), with their output in a log file. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Those that have not ended yet. */
const running = new Set<KeptProcess>();
/** Whether this program is ending, so that nothing is started any more. */
let ending = false;

const POLL_MS = 20;
const END_MS = 10_000;
const KEEPER = fileURLToPath(new URL('./keeper.mjs', import.meta.url));

export interface KeptProcess {
	/** Id of the process and of its group. */
	readonly pid: number;
	/** Resolves with the exit code when the command has ended. */
	readonly exited: Promise<number>;
	/** Asks the whole group to end, makes it after 10 s. Resolves when it has ended. */
	stop(): Promise<void>;
	/** Ends the whole group at once, as a crash would. Resolves when it has ended. */
	kill(): Promise<void>;
}

export interface KeptOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Path of the file that takes stdout and stderr; it is appended to. */
	readonly logFile: string;
}

/**
 * Starts a command in a process group of its own, which ends with this process, however that ends.
 * @throws after `stopAll`
 */
export function startKept(command: string, args: string[], options: KeptOptions): KeptProcess {
	if (ending) throw new Error('Ended before everything was started');
	const log = openSync(options.logFile, 'a');
	const child = spawn(process.execPath, [KEEPER, command, ...args], {
		cwd: options.cwd,
		env: options.env ?? process.env,
		detached: true,
		stdio: ['pipe', log, log],
	});
	closeSync(log);
	const { pid, stdin } = child;
	if (pid === undefined) throw new Error(`Could not start ${command}`);
	const exited = new Promise<number>((resolve) => {
		child.once('exit', (code) => resolve(code ?? 1));
	});
	const kept: KeptProcess = {
		pid,
		exited,
		async stop() {
			stdin?.destroy();
			await exited;
		},
		async kill() {
			if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
			await exited;
			await groupEnded(pid);
		},
	};
	running.add(kept);
	void exited.then(() => running.delete(kept));
	return kept;
}

/** Until then its ports are taken. */
async function groupEnded(pid: number): Promise<void> {
	const deadline = Date.now() + END_MS;
	try {
		while (process.kill(-pid, 0) && Date.now() < deadline) {
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	} catch {
		return;
	}
}

/** Ends everything that was started here, for good. */
export async function stopAll(): Promise<void> {
	ending = true;
	await Promise.all([...running].map(async (kept) => await kept.stop()));
}

/** Runs the npm that belongs to this Node. */
import { readFileSync } from 'node:fs';
import { startKept, type KeptOptions } from './processes.mts';

const LOG_LINES_SHOWN = 15;

/**
 * Runs npm to its end, its output going to `logFile`.
 * @throws an Error with the last lines of the log and its path when npm fails
 */
export async function npm(args: string[], options: KeptOptions): Promise<void> {
	const script = process.env.npm_execpath;
	const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
	const code = await startKept(command, [...first, ...args], options).exited;
	if (code === 0) return;
	const end = readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN);
	throw new Error(
		`npm ${args[0]} failed with exit code ${code}:\n${end.join('\n')}\nThe whole log: ${options.logFile}`,
	);
}

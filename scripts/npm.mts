/** Runs the npm that belongs to this Node. */
import { execFileSync } from 'node:child_process';
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

/** What the registry has of a package in a range or under a dist-tag, newest first, without previews. */
export function published(name: string, range: string): string[] {
	return [view(`${name}@${range}`, 'version')]
		.flat()
		.filter((version) => !version.includes('-'))
		.sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
}

/** The version of a dependency that a published package declares, such as `n8n@2.16.1` of zod. */
export function pinned(published: string, dependency: string): string {
	return [view(published, `dependencies.${dependency}`)].flat()[0] ?? '*';
}

function view(what: string, field: string): string | string[] {
	const shown = execFileSync('npm', ['view', what, field, '--json'], { encoding: 'utf8' });
	return JSON.parse(shown || '[]') as string | string[];
}

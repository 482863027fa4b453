/**
 * What stands behind a command. `--help` prints what is allowed and ends with 0; what is not allowed
 * is refused with the reason, and ends with 2, before anything was done.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads this process's flags and, where the command takes any, its other words. */
export function commandLine<const O extends Options>(
	usage: string,
	options: O,
	allowPositionals = false,
) {
	const words = process.argv.slice(2);
	if (words.includes('--help') || words.includes('-h')) {
		process.stdout.write(`${usage.trim()}\n`);
		process.exit(0);
	}
	try {
		return parseArgs({ options, allowPositionals });
	} catch (error) {
		// What follows in Node's message is about how to write odd arguments.
		const [why = ''] = (error as Error).message.split('. ');
		return refuse(usage, why);
	}
}

/** Ends with the reason, followed by what is allowed. */
export function refuse(usage: string, why: string): never {
	process.stderr.write(`${why}\n\n${usage.trim()}\n`);
	process.exit(2);
}

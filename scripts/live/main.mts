/** `npm run live -- --provider vidu --max-credits 60`, with the key in VIDU_API_KEY. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HELP, readSettings } from './options.mts';
import { runLive } from './run.mts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

try {
	const settings = readSettings(process.argv.slice(2), process.env);
	if (settings === null) {
		console.log(HELP);
	} else {
		const interrupted = new AbortController();
		process.once('SIGINT', () => interrupted.abort(new Error('it was interrupted')));
		const { signal } = interrupted;
		const outcome = await runLive(settings, {
			now: Date.now,
			wait: async (milliseconds) => {
				await wait(milliseconds, undefined, { signal }).catch(() => undefined);
				signal.throwIfAborted();
			},
			say: (sentence) => console.log(sentence),
		});
		// What was tried on this machine is no proof.
		const usual = pathOf(outcome.isLocal ? 'output/live.md' : 'docs/live.md');
		const file = settings.report ?? usual;
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, outcome.page);
		const { findings } = outcome;
		console.log(`${outcome.spent}\n${findings.length} differences: ${file}`);
		for (const finding of findings) console.log(`  ${finding}`);
	}
} catch (error) {
	// The key may have been pasted in the wrong place.
	const key = process.env.VIDU_API_KEY || '•••';
	console.error((error as Error).message.replaceAll(key, '•••'));
	process.exitCode = 1;
}

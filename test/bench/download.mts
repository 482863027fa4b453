/**
 * One process that makes one clip and says how many megabytes of memory that took at its peak:
 * `tsx test/bench/download.mts <contestant> <url of a sandbox without render time> <megabytes>`.
 */
import { createRequire } from 'node:module';
import { assertDelivered, contestants, type Contestant } from './contestants.mts';

const [contestant = '', sandboxUrl = '', megabytes = ''] = process.argv.slice(2);

async function download(size: string): Promise<void> {
	const start = contestants[contestant as Contestant];
	const execution = await start(sandboxUrl, { prompts: [`@cat [size=${size}]`] });
	assertDelivered(await execution.finished, 1);
}

/** Highest resident memory while `work` runs, over that before, in megabytes. */
async function peakAdded(work: () => Promise<void>): Promise<number> {
	(globalThis as { gc?: () => void }).gc?.();
	const before = process.memoryUsage.rss();
	let peak = before;
	const watch = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, 2);
	await work();
	clearInterval(watch);
	return (Math.max(peak, process.memoryUsage.rss()) - before) / 1e6;
}

// Once small, so that code and buffers that any run needs are there before the measurement.
await download('1');
const added = await peakAdded(async () => await download(megabytes));
createRequire(import.meta.url)('node:fs').writeSync(1, `${added.toFixed(1)}\n`);
process.exit(0);

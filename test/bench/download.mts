/**
 * One process that makes one clip and says how many megabytes of memory that took at its peak:
 * `tsx test/bench/download.mts <contestant> <url of a sandbox without render time> <megabytes>`.
 */
import { assertDelivered, contestants, type Contestant } from './contestants.mts';
import { peakAdded, tell } from './peak.mts';

const [contestant = '', sandboxUrl = '', megabytes = ''] = process.argv.slice(2);

async function download(size: string): Promise<void> {
	const start = contestants[contestant as Contestant];
	const execution = await start(sandboxUrl, { prompts: [`@cat [size=${size}]`] });
	assertDelivered(await execution.finished, 1);
}

// Once small, so that code and buffers that any run needs are there before the measurement.
await download('1');
tell(await peakAdded(async () => await download(megabytes)));

/** The peak of memory, for processes that measure one thing and say what it took. */
import { writeSync } from 'node:fs';

/** Highest resident memory while `work` runs, over that before, in megabytes. */
export async function peakAdded(work: () => Promise<void>): Promise<number> {
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

/** Says the figure to the process that has started this one, and ends, whatever is still open. */
export function tell(megabytes: number): never {
	writeSync(1, `${megabytes.toFixed(1)}\n`);
	process.exit(0);
}

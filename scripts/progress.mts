/** Numbered steps on the terminal, with the time that each took. */
import { oraPromise } from 'ora';

/** Shows that `name` is under way while `work` runs, then how long it took. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** @returns a function that runs and shows one step after the other, numbered from 1 */
export function steps(): Step {
	let number = 0;
	return async (name, work) => {
		const text = `${++number}. ${name}`;
		const start = performance.now();
		const ended = () => `${text} ${duration(performance.now() - start)}`;
		// Otherwise ora takes Ctrl-C off the terminal, and hands it on only while something reads stdin.
		const discardStdin = false;
		return await oraPromise(work, { text, successText: ended, failText: ended, discardStdin });
	};
}

/** `0.4 s`, `12 s`, `3 min 05 s`. */
export function duration(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Numbered steps on the terminal, with the time that each took. */

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const TERMINAL_MS = 120;
/** Where there is no terminal, a sign of life now and then. */
const PLAIN_MS = 30_000;

/** Shows that `name` is under way while `work` runs, then how long it took. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** @returns a function that runs and shows one step after the other, numbered from 1 */
export function steps(out: NodeJS.WriteStream = process.stdout): Step {
	let number = 0;
	return async (name, work) => {
		const label = `${String(++number).padStart(2)}. ${name}`;
		const start = performance.now();
		const elapsed = () => duration(performance.now() - start);
		let frame = 0;
		const timer = setInterval(
			() =>
				out.write(
					out.isTTY
						? `\r${label} ${SPINNER[frame++ % SPINNER.length]} ${elapsed()} `
						: `${label} … ${elapsed()}\n`,
				),
			out.isTTY ? TERMINAL_MS : PLAIN_MS,
		);
		const end = (mark: string) => {
			clearInterval(timer);
			out.write(`${out.isTTY ? '\r\x1b[K' : ''}${label} ${mark} ${elapsed()}\n`);
		};
		try {
			const result = await work();
			end('✓');
			return result;
		} catch (error) {
			end('✗');
			throw error;
		}
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

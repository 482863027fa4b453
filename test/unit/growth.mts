/** How much longer texts take, measured so that a busy machine changes nothing. */

const SIZE = 8_000;
const TIMES = 16;

/** Milliseconds in which a core worked for this process, not those in which it worked for others. */
function cpuTime(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/**
 * Expects that one long text takes about as much work as its length in short ones. What is quadratic
 * takes sixteen times as much; half of that is allowed, and a moment for the garbage collector.
 */
export function expectLinearWork(
	read: (text: string) => unknown,
	textOf: (size: number) => string,
): void {
	const [short, long] = [textOf(SIZE), textOf(SIZE * TIMES)];
	read(short);
	const inPieces = cpuTime(() => {
		for (let each = 0; each < TIMES; each++) read(short);
	});
	const tries = Array.from({ length: 3 }, () => cpuTime(() => read(long)));
	expect(Math.min(...tries)).toBeLessThan((TIMES / 2) * inPieces + 20);
}

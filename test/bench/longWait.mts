/**
 * One process in which the node waits for two days in virtual time, looking every ten seconds, and
 * which says how much heap lived after the first and after the second: `tsx test/bench/longWait.mts`.
 */
import { writeSync } from 'node:fs';
import { watch } from './virtual.mts';

const DAY = 24 * 3600 * 1000;
const JOBS = 20;

const marks: number[] = [];
let looks = 0;
await watch(
	Array.from({ length: JOBS }, () => ({ takes: 2 * DAY, expected: DAY, interval: 10_000 })),
	{
		onRequest: (now) => {
			looks += 1;
			if (now < (marks.length + 1) * (DAY - 60_000)) return;
			for (let round = 0; round < 4; round++) (globalThis as { gc?: () => void }).gc?.();
			marks.push(process.memoryUsage().heapUsed);
		},
	},
);
const [early = NaN, late = NaN] = marks;
writeSync(1, `${JSON.stringify({ looks, early, late })}\n`);
process.exit(0);

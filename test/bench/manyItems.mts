/**
 * One process that makes many clips in one run of the node, five in flight, and says what the run
 * leaves in the heap above a copy of its items: `tsx test/bench/manyItems.mts <url of a sandbox>`.
 */
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Run } from '../engine/harness/run.mts';
import { startOurs } from './contestants.mts';

const COUNT = 1000;
const [sandboxUrl = ''] = process.argv.slice(2);

async function make(count: number): Promise<Run> {
	const prompts = Array.from({ length: count }, (_, at) => `@cat walks, take ${at}`);
	const jobs = { prompts, inFlight: 5, pollInterval: 0.1, download: false };
	const run = await (await startOurs(sandboxUrl, jobs)).finished;
	if (run.error) throw run.error;
	return run;
}

/** Bytes that live. */
async function heap(): Promise<number> {
	// What is still to be closed is closed.
	await setTimeout(500);
	for (let round = 0; round < 4; round++) (globalThis as { gc?: () => void }).gc?.();
	return process.memoryUsage().heapUsed;
}

// Once, so that code and caches are there before the measurement: compiling it takes 2 MB.
await make(COUNT);
const before = await heap();
const run = await make(COUNT);
// The log is the harness's own: n8n keeps none.
run.logs.length = 0;
const held = (await heap()) - before;
const text = JSON.stringify(run.items('Clip'));
const between = await heap();
const copy: unknown = JSON.parse(text);
const copied = (await heap()) - between;
const perItem = (held - copied) / COUNT;
writeSync(1, `${JSON.stringify({ count: COUNT, perItem, kept: [run, copy].length })}\n`);
process.exit(0);

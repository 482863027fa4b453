/** Reads when and where the samples of a track are: the boxes of ISO/IEC 14496-12, 8.6 and 8.7. Pure. */
import { boxWithin } from '../mp4';
import { damaged, int, time, uint, Unfit } from './unfit';

/** As many samples with the same value. */
export interface Run {
	readonly count: number;
	readonly value: number;
}

/** Samples that are stored one behind the other. */
interface Chunk {
	/** Place in the file. */
	readonly at: number;
	readonly first: number;
	readonly samples: number;
	/** Which description of the samples holds, from 0. */
	readonly entry: number;
}

export interface SampleTable {
	/** Bytes of each sample. */
	readonly sizes: Uint32Array;
	/** How long the samples last. */
	readonly durations: readonly Run[];
	/** How much later they are shown than decoded. */
	readonly delays: readonly Run[];
	/** The samples that need no earlier one, from 0; null: all. */
	readonly keys: readonly number[] | null;
	readonly chunks: readonly Chunk[];
}

/** Samples of a track: more than half a day of pictures, or six hours of sound. */
const MAX_SAMPLES = 1_000_000;

/** @throws Unfit if it contradicts itself, or lies beyond the end of the file */
export function readSampleTable(box: Buffer, fileSize: number): SampleTable {
	const sizes = readSizes(boxWithin(box, 'stsz'));
	const durations = readRuns(boxWithin(box, 'stts'), uint);
	const delayBox = boxWithin(box, 'ctts');
	const delays =
		delayBox.length > 0 ? readRuns(delayBox, int) : [{ count: sizes.length, value: 0 }];
	for (const runs of [durations, delays]) {
		const count = runs.reduce((sum, run) => sum + run.count, 0);
		if (count !== sizes.length) throw damaged('its index has times for other samples than it has');
	}
	const chunks = readChunks(box, sizes.length);
	for (const { at, first, samples } of chunks) {
		const end = sizes.subarray(first, first + samples).reduce((sum, size) => sum + size, at);
		if (end > fileSize) throw new Unfit('is truncated');
	}
	return { sizes, durations, delays, keys: readKeys(boxWithin(box, 'stss')), chunks };
}

/** A number of entries or samples that fits into memory. */
export function limited(count: number): number {
	if (count > MAX_SAMPLES) throw new Unfit(`has more than ${MAX_SAMPLES / 1e6} million samples`);
	return count;
}

function readSizes(box: Buffer): Uint32Array {
	const [same, count] = [uint(box, 4), limited(uint(box, 8))];
	const sizes = new Uint32Array(count);
	for (let at = 0; at < count; at++) sizes[at] = same || uint(box, 12 + 4 * at);
	return sizes;
}

function readRuns(box: Buffer, read: (bytes: Buffer, at: number) => number): Run[] {
	const count = limited(uint(box, 4));
	const runs: Run[] = [];
	for (let at = 8; runs.length < count; at += 8)
		runs.push({ count: uint(box, at), value: read(box, at + 4) });
	return runs.filter((run) => run.count > 0);
}

function readKeys(box: Buffer): number[] | null {
	if (box.length === 0) return null;
	const count = limited(uint(box, 4));
	const keys: number[] = [];
	for (let at = 0; at < count; at++) keys.push(uint(box, 8 + 4 * at) - 1);
	return keys;
}

function readChunks(box: Buffer, samples: number): Chunk[] {
	const wideBox = boxWithin(box, 'co64');
	const wide = wideBox.length > 0;
	const places = wide ? wideBox : boxWithin(box, 'stco');
	const runs = boxWithin(box, 'stsc');
	const [count, runCount] = [limited(uint(places, 4)), limited(uint(runs, 4))];
	const chunks: Chunk[] = [];
	let first = 0;
	for (let chunk = 0, run = -1; chunk < count; chunk++) {
		while (run + 1 < runCount && uint(runs, 8 + 12 * (run + 1)) <= chunk + 1) run++;
		if (run < 0) throw damaged('its index does not say where its samples are');
		const inChunk = uint(runs, 12 + 12 * run);
		const at = time(places, 8 + (wide ? 8 : 4) * chunk, wide);
		chunks.push({ at, first, samples: inChunk, entry: uint(runs, 16 + 12 * run) - 1 });
		first += inChunk;
		if (first > samples) break;
	}
	if (first !== samples) throw damaged('its index has places for other samples than it has');
	return chunks;
}

/** The values of runs, one by one. */
export function* valuesOf(runs: readonly Run[]): Generator<number, void> {
	for (const { count, value } of runs) for (let each = 0; each < count; each++) yield value;
}

/** Adds a run to others, as a part of the last one if it has its value. */
export function addRun(runs: Run[], run: Run): void {
	const last = runs.at(-1);
	if (run.count === 0) return;
	if (last?.value === run.value) runs[runs.length - 1] = { ...run, count: last.count + run.count };
	else runs.push(run);
}

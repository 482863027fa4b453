/** A track of the joined film, as it is planned from the tracks of the clips. Pure. */
import type { Run } from './sampleTable';

/** Bytes of the film: new ones, or those at a place of the clip. */
export type Part = { readonly bytes: Buffer } | { readonly from: number; readonly size: number };

export interface FilmChunk {
	/** Whose samples these are, by position. */
	readonly clip: number;
	/** Where the samples are in the clip; both 0 for new ones. */
	readonly from: number;
	readonly to: number;
	readonly parts: readonly Part[];
	readonly samples: number;
	readonly size: number;
	/** Which description of the samples holds, from 0. */
	readonly entry: number;
}

export interface FilmTrack {
	/** Units of time in a second, for all times below. */
	readonly timescale: number;
	/** Before the first sample is shown. */
	readonly pause: number;
	/** Where what is shown begins in the track. */
	readonly from: number;
	/** When it ends in the film. */
	readonly end: number;
	readonly durations: readonly Run[];
	/** Empty if all are 0. */
	readonly delays: readonly Run[];
	readonly sizes: readonly number[];
	/** The samples that need no earlier one, from 0; null: all. */
	readonly keys: readonly number[] | null;
	readonly chunks: readonly FilmChunk[];
	/** How the samples are encoded: boxes. */
	readonly entries: readonly Buffer[];
}

/** Adds a place of the clip, as a part of the last one if it continues there. */
export function addPlace(parts: Part[], from: number, size: number): void {
	const last = parts.at(-1);
	if (size === 0) return;
	if (last !== undefined && 'from' in last && last.from + last.size === from)
		parts[parts.length - 1] = { from: last.from, size: last.size + size };
	else parts.push({ from, size });
}

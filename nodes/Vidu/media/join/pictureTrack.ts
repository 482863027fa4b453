/** The pictures of all clips as one track. Pure. */
import { about, type NamedClip } from './differences';
import { addPlace, type FilmChunk, type FilmTrack, type Part } from './filmTrack';
import { pictureTimes } from './pictureTimes';
import type { PictureEntry } from './sampleEntry';
import { limited } from './sampleTable';

export interface PictureTrack extends FilmTrack {
	/** When each clip begins in the film, and the last one ends. */
	readonly starts: readonly number[];
}

/** @throws Unfit if the times cannot be kept */
export function joinPictures(clips: readonly NamedClip[]): PictureTrack {
	const times = pictureTimes(clips);
	const delayed = times.delays.some(({ value }) => value !== 0);
	return {
		...times,
		end: times.starts.at(-1) ?? 0,
		delays: delayed ? times.delays : [],
		...joinSamples(clips),
	};
}

type Samples = Pick<FilmTrack, 'sizes' | 'keys' | 'chunks' | 'entries'>;

/**
 * If clips are encoded differently, each key picture gets its parameter sets in front: some players
 * (Chromium, FFmpeg) read only the first entry, others (Apple's) only the entries.
 */
function joinSamples(clips: readonly NamedClip[]): Samples {
	const entries = new Map<string, { position: number; bytes: Buffer }>();
	for (const { key, bytes } of clips.flatMap(({ pictures }) => pictures.entries))
		if (!entries.has(key)) entries.set(key, { position: entries.size, bytes });
	const sizes: number[] = [];
	const keys: number[] = [];
	const chunks: FilmChunk[] = [];
	for (const [position, clip] of clips.entries()) {
		const { table, entries: own } = clip.pictures;
		const keyPictures = table.keys && new Set(table.keys);
		about(clip, () => limited(sizes.length + table.sizes.length));
		for (const chunk of table.chunks) {
			const { key: entryKey, parameterSets } = own[chunk.entry] as PictureEntry;
			const parts: Part[] = [];
			let [size, to] = [0, chunk.at];
			for (let sample = chunk.first; sample < chunk.first + chunk.samples; sample++) {
				const isKey = keyPictures === null || keyPictures.has(sample);
				const before = isKey && entries.size > 1 ? parameterSets.length : 0;
				const stored = table.sizes[sample] ?? 0;
				if (isKey) keys.push(sizes.length);
				if (before > 0) parts.push({ bytes: parameterSets });
				addPlace(parts, to, stored);
				sizes.push(before + stored);
				size += before + stored;
				to += stored;
			}
			const entry = entries.get(entryKey)?.position ?? 0;
			chunks.push({
				clip: position,
				from: chunk.at,
				to,
				parts,
				samples: chunk.samples,
				size,
				entry,
			});
		}
	}
	return {
		sizes,
		keys: keys.length === sizes.length ? null : keys,
		chunks,
		entries: [...entries.values()].map(({ bytes }) => bytes),
	};
}

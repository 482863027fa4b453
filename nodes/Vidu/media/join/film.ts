/** Plans the film that several clips become: its first bytes, and where the others are. Pure. */
import { areLong, box, ints, longs } from './boxes';
import { refuseDifferent, type NamedClip } from './differences';
import type { FilmChunk, FilmTrack, Part } from './filmTrack';
import { movieBox, NO_SIZE } from './movieBox';
import { joinPictures } from './pictureTrack';
import { joinSound } from './soundTrack';
import { Unfit } from './unfit';

export interface Film {
	/** The bytes before the samples. */
	readonly head: Buffer;
	/** The bytes from each clip, in the order of both. */
	readonly parts: readonly Part[][];
	readonly seconds: number;
	readonly width: number;
	readonly height: number;
}

const FILE_TYPE = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41'));

/** @throws Unfit if the clips do not fit together */
export function planFilm(clips: readonly NamedClip[]): Film {
	refuseDifferent(clips);
	const pictures = joinPictures(clips);
	const { timescale } = pictures;
	const sound = joinSound(
		clips,
		pictures.starts.map((start) => start / timescale),
	);
	const [picture] = clips.map((clip) => clip.pictures);
	const tracks = [
		{ ...pictures, type: 'vide', shown: picture?.shown ?? NO_SIZE },
		...(sound === null ? [] : [{ ...sound, type: 'soun', shown: NO_SIZE }]),
	];
	const ordered = inOrder(clips, tracks);
	const places = new Map<FilmChunk, number>();
	let size = 0;
	for (const chunk of ordered.flat()) {
		places.set(chunk, size);
		size += chunk.size;
	}
	const notes = clips[0]?.notes ?? Buffer.alloc(0);
	const headAt = (begin: number): Buffer => {
		const placed = tracks.map((track) => ({
			...track,
			places: track.chunks.map((chunk) => begin + (places.get(chunk) ?? 0)),
		}));
		return Buffer.concat([FILE_TYPE, movieBox(placed, timescale, notes), dataHead(size)]);
	};
	// Until the head is as long as the places in it assume: they may need 64 bits only because of it.
	let head = headAt(0);
	for (let assumed = 0; assumed !== head.length; ) {
		assumed = head.length;
		head = headAt(assumed);
	}
	return {
		head,
		parts: ordered.map((chunks) => chunks.flatMap((chunk) => chunk.parts)),
		seconds: Math.max(...tracks.map((track) => track.end / track.timescale)),
		width: picture?.entries[0]?.width ?? 0,
		height: picture?.entries[0]?.height ?? 0,
	};
}

/** The chunks of each clip, so that it can be read from its first to its last byte. */
function inOrder(clips: readonly NamedClip[], tracks: readonly FilmTrack[]): FilmChunk[][] {
	const ordered = clips.map((): FilmChunk[] => []);
	for (const chunk of tracks.flatMap(({ chunks }) => chunks)) ordered[chunk.clip]?.push(chunk);
	for (const [position, chunks] of ordered.entries()) {
		chunks.sort((a, b) => a.from - b.from);
		let end = 0;
		for (const { from, to } of chunks) {
			if (from >= end || from === to) end = Math.max(end, to);
			else
				throw new Unfit(
					`${clips[position]?.label} uses the same bytes twice, which cannot be read in one go`,
				);
		}
	}
	return ordered;
}

/** The head of the box around the samples. */
function dataHead(size: number): Buffer {
	const type = Buffer.from('mdat');
	return areLong(size + 8)
		? Buffer.concat([ints([1]), type, longs([size + 16])])
		: Buffer.concat([ints([size + 8]), type]);
}

/** Writes the index of the film: the box `moov` (ISO/IEC 14496-12, 8.2 to 8.7). Pure. */
import { areLong, box, fullBox, ints, list, longs } from './boxes';
import type { FilmTrack } from './filmTrack';
import type { Run } from './sampleTable';

export interface MovieTrack extends FilmTrack {
	/** `vide` or `soun`. */
	readonly type: string;
	/** Rotation and size, as in a clip. */
	readonly shown: Buffer;
	/** Where each chunk is in the file. */
	readonly places: readonly number[];
}

const PLAIN = [0, 0] as const;
/** 1 as a number with 16 bits behind the point. */
const ONE = 0x10000;
const IDENTITY = ints([ONE, 0, 0, 0, ONE, 0, 0, 0, 0x40000000]);
/** What is not seen. */
export const NO_SIZE = Buffer.concat([IDENTITY, ints([0, 0])]);
/** Language: undetermined. */
const UNDETERMINED = 0x55c40000;

/**
 * @param timescale units of time in a second of the film
 * @param notes what the file says of itself; empty if nothing
 */
export function movieBox(tracks: readonly MovieTrack[], timescale: number, notes: Buffer): Buffer {
	const duration = Math.max(...tracks.map((track) => filmTime(track, track.end, timescale)));
	const [kind, times] = stamps([timescale], duration);
	return box(
		'moov',
		fullBox(
			'mvhd',
			kind,
			...times,
			ints([ONE, 0x01000000, 0, 0]),
			IDENTITY,
			ints([0, 0, 0, 0, 0, 0, tracks.length + 1]),
		),
		...tracks.map((track, index) => trackBox(track, index + 1, timescale)),
		...(notes.length > 0 ? [box('udta', notes)] : []),
	);
}

const filmTime = (track: FilmTrack, time: number, timescale: number) =>
	Math.round((time * timescale) / track.timescale);

/** Created, changed, `between` and how long, as the boxes that begin so have it, with their version. */
function stamps(
	between: readonly number[],
	duration: number,
): readonly [readonly [number, number], Buffer[]] {
	const wide = areLong(duration);
	const number = wide ? longs : ints;
	return [
		[wide ? 1 : 0, 0],
		[number([0, 0]), ints(between), number([duration])],
	];
}

function trackBox(track: MovieTrack, id: number, timescale: number): Buffer {
	const isSound = track.type === 'soun';
	const duration = filmTime(track, track.end, timescale);
	const [[version], times] = stamps([id, 0], duration);
	const length = track.durations.reduce((sum, { count, value }) => sum + count * value, 0);
	const [kind, mediaTimes] = stamps([track.timescale], length);
	return box(
		'trak',
		fullBox(
			'tkhd',
			// Enabled, and a part of the film.
			[version, 3],
			...times,
			ints([0, 0, isSound ? 1 : 0, isSound ? 0x01000000 : 0]),
			track.shown,
		),
		box('edts', editBox(track, timescale)),
		box(
			'mdia',
			fullBox('mdhd', kind, ...mediaTimes, ints([UNDETERMINED])),
			fullBox(
				'hdlr',
				PLAIN,
				ints([0]),
				Buffer.from(track.type),
				ints([0, 0, 0]),
				Buffer.from(isSound ? 'Sound\0' : 'Video\0'),
			),
			box(
				'minf',
				isSound ? fullBox('smhd', PLAIN, ints([0])) : fullBox('vmhd', [0, 1], ints([0, 0])),
				box('dinf', fullBox('dref', PLAIN, ints([1]), fullBox('url ', [0, 1]))),
				sampleTableBox(track),
			),
		),
	);
}

/** Perhaps a pause, and then everything from the first sample that is shown. */
function editBox(track: FilmTrack, timescale: number): Buffer {
	const [pause, end] = [track.pause, track.end].map((time) => filmTime(track, time, timescale));
	const length = (end ?? 0) - (pause ?? 0);
	const wide = areLong(length, pause ?? 0, track.from);
	const number = wide ? longs : ints;
	const empty = wide ? Buffer.alloc(8, 0xff) : Buffer.alloc(4, 0xff);
	const edits = [
		...(pause ? [[number([pause]), empty]] : []),
		[number([length]), number([track.from])],
	];
	return fullBox(
		'elst',
		[wide ? 1 : 0, 0],
		ints([edits.length]),
		...edits.flatMap((edit) => [...edit, ints([ONE])]),
	);
}

function sampleTableBox(track: MovieTrack): Buffer {
	const { entries, durations, delays, keys, sizes, chunks, places } = track;
	const wide = places.some((place) => areLong(place));
	return box(
		'stbl',
		fullBox('stsd', PLAIN, ints([entries.length]), ...entries),
		fullBox('stts', PLAIN, runList(durations)),
		...(delays.length > 0 ? [fullBox('ctts', PLAIN, runList(delays))] : []),
		...(keys === null ? [] : [fullBox('stss', PLAIN, list(keys.map((key) => key + 1)))]),
		fullBox('stsc', PLAIN, list(chunkRuns(chunks), 3)),
		fullBox('stsz', PLAIN, ints([0]), list(sizes)),
		wide
			? fullBox('co64', PLAIN, ints([places.length]), longs(places))
			: fullBox('stco', PLAIN, list(places)),
	);
}

function runList(runs: readonly Run[]): Buffer {
	return list(
		runs.flatMap(({ count, value }) => [count, value]),
		2,
	);
}

/** From which chunk on, how many samples, and how they are encoded. */
function chunkRuns(chunks: FilmTrack['chunks']): number[] {
	return chunks.flatMap(({ samples, entry }, index) => {
		const last = chunks[index - 1];
		return last?.samples === samples && last.entry === entry ? [] : [index + 1, samples, entry + 1];
	});
}

/** Reads the index of a clip that is to be joined with others. Pure. */
import { boxesIn, boxWithin } from '../mp4';
import {
	readPictureEntries,
	readSoundEntries,
	type PictureEntry,
	type SoundEntry,
} from './sampleEntry';
import { readSampleTable, valuesOf, type SampleTable } from './sampleTable';
import { damaged, int, slice, time, uint, Unfit } from './unfit';

/** The part of a track that is shown, in seconds. */
interface Edit {
	/** Before it begins. */
	readonly delay: number;
	/** Where it begins in the track, and where it ends. */
	readonly from: number;
	readonly to: number;
}

export interface Track<E> {
	/** Units of time in a second. */
	readonly timescale: number;
	readonly table: SampleTable;
	readonly entries: readonly E[];
	readonly edit: Edit;
}

export interface Pictures extends Track<PictureEntry> {
	/** Rotation, and the size after it: the end of the box `tkhd`. */
	readonly shown: Buffer;
	/** When the first one is shown, in the track's units, as all times below. */
	readonly lead: number;
	/** How long all are shown. */
	readonly length: number;
	/** The least delay of a picture behind its decoding, and the least time at which one is shown. */
	readonly leastDelay: number;
	readonly firstTime: number;
}

export interface Sound extends Track<SoundEntry> {
	/** Second of the clip at which the track's zero is. */
	readonly origin: number;
	/** Second of the clip at which it ends. */
	readonly end: number;
}

export interface Clip {
	readonly pictures: Pictures;
	readonly sound: Sound | null;
	/** What the file says of itself, such as that it was made by AI; empty if nothing. */
	readonly notes: Buffer;
}

/** @throws Unfit if it cannot be joined with any other */
export function readClip(index: Buffer, fileSize: number): Clip {
	if (boxesIn(index, 'mvex').length > 0)
		throw new Unfit('is a fragmented MP4, whose index is in pieces. Save it as an ordinary MP4');
	const scale = timescaleOf(boxWithin(index, 'mvhd'));
	const tracks = boxesIn(index, 'trak').filter(hasSamples);
	const [picture, sound] = ['vide', 'soun'].map((type) =>
		tracks.find((track) => boxWithin(track, 'mdia', 'hdlr').toString('latin1', 8, 12) === type),
	);
	if (picture === undefined) throw new Unfit('has no video');
	return {
		pictures: readPictures(picture, scale, fileSize),
		sound: sound === undefined ? null : readSound(sound, scale, fileSize),
		// A copy, so that the index need not be kept.
		notes: Buffer.from(boxWithin(index, 'udta')),
	};
}

/** Times in version 1 have 64 bits. */
const isWide = (box: Buffer) => box[0] === 1;

function hasSamples(track: Buffer): boolean {
	const sizes = boxWithin(track, 'mdia', 'minf', 'stbl', 'stsz');
	return sizes.length >= 12 && sizes.readUInt32BE(8) > 0;
}

function timescaleOf(head: Buffer): number {
	const timescale = uint(head, isWide(head) ? 20 : 12);
	if (timescale === 0) throw damaged('it has no unit of time');
	return timescale;
}

function readTrack<E>(
	track: Buffer,
	scale: number,
	fileSize: number,
	readEntries: (stsd: Buffer) => E[],
): Track<E> {
	const table = boxWithin(track, 'mdia', 'minf', 'stbl');
	const entries = readEntries(boxWithin(table, 'stsd'));
	const samples = readSampleTable(table, fileSize);
	if (samples.chunks.some(({ entry }) => entries[entry] === undefined))
		throw damaged('it does not say how a part of it is encoded');
	const timescale = timescaleOf(boxWithin(track, 'mdia', 'mdhd'));
	const edit = readEdit(boxWithin(track, 'edts', 'elst'), scale, timescale);
	return { timescale, entries, edit, table: samples };
}

/** One part of a track, perhaps after a pause: what cameras and encoders write. */
function readEdit(box: Buffer, scale: number, timescale: number): Edit {
	const edit = { delay: 0, from: 0, to: Infinity };
	if (box.length === 0) return edit;
	const wide = isWide(box);
	let parts = 0;
	for (let left = uint(box, 4), at = 8; left > 0; left--, at += wide ? 20 : 12) {
		const length = time(box, at, wide) / scale;
		// All ones: a pause.
		const pause = int(box, at + (wide ? 8 : 4)) === -1;
		if (pause && parts === 0) edit.delay += length;
		if (pause) continue;
		if (++parts > 1) throw new Unfit('has several parts in its edit list, which cannot be kept');
		if (uint(box, at + (wide ? 16 : 8)) !== 0x10000)
			throw new Unfit('has another speed in its edit list, which cannot be kept');
		edit.from = time(box, at + (wide ? 8 : 4), wide) / timescale;
		if (length > 0) edit.to = edit.from + length;
	}
	return edit;
}

function readPictures(box: Buffer, scale: number, fileSize: number): Pictures {
	const track = readTrack(box, scale, fileSize, readPictureEntries);
	const { table, timescale, edit } = track;
	if (table.keys !== null && table.keys[0] !== 0)
		throw new Unfit('begins with a picture that needs an earlier one');
	const durations = valuesOf(table.durations);
	let [length, firstTime, leastDelay, frame] = [0, Infinity, Infinity, 0];
	for (const delay of valuesOf(table.delays)) {
		firstTime = Math.min(firstTime, length + delay);
		leastDelay = Math.min(leastDelay, delay);
		const duration = durations.next().value ?? 0;
		frame = Math.max(frame, duration);
		length += duration;
	}
	if (length === 0) throw new Unfit('has no duration');
	const shown = (unit: number) => unit / timescale - edit.from;
	const hidden = Math.max(-shown(firstTime), shown(firstTime + length) - (edit.to - edit.from));
	if (hidden * timescale >= frame + 1)
		throw new Unfit(
			`hides ${hidden.toFixed(1)} s of its pictures with an edit list, which cannot be kept`,
		);
	const lead = Math.round((edit.delay + Math.max(0, shown(firstTime))) * timescale);
	const header = boxWithin(box, 'tkhd');
	return {
		...track,
		shown: Buffer.from(slice(header, isWide(header) ? 52 : 40, 44)),
		lead,
		length,
		leastDelay,
		firstTime,
	};
}

function readSound(box: Buffer, scale: number, fileSize: number): Sound {
	const track = readTrack(box, scale, fileSize, readSoundEntries);
	const { table, timescale, edit } = track;
	const length = table.durations.reduce((sum, { count, value }) => sum + count * value, 0);
	const origin = edit.delay - edit.from;
	return { ...track, origin, end: origin + Math.min(length / timescale, edit.to) };
}

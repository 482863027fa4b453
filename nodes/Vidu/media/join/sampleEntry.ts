/** Reads how the samples of a track are encoded: the boxes in `stsd`, of ISO/IEC 14496-12, -15 and -1. Pure. */
import { boxWithin, innerBoxes } from '../mp4';
import { box } from './boxes';
import { damaged, slice, uint, Unfit } from './unfit';

export interface PictureEntry {
	readonly type: string;
	/** The whole box. */
	readonly bytes: Buffer;
	readonly width: number;
	readonly height: number;
	/** Bytes of the length in front of each part of a picture. */
	readonly lengthSize: number;
	/** What a decoder has to know before the first picture, as it may also be put in front of one. */
	readonly parameterSets: Buffer;
	/** Equal if the decoder needs to know the same. */
	readonly key: string;
}

export interface SoundEntry {
	readonly bytes: Buffer;
	/** MPEG-4 audio object type: 2 is AAC-LC. */
	readonly objectType: number;
	/** Samples per second. */
	readonly rate: number;
	/** MPEG-4 channel configuration; 0 if described elsewhere. */
	readonly channels: number;
	/** Samples of sound in a frame. */
	readonly frame: number;
	/** What the decoder has to know. */
	readonly config: Buffer;
}

const CONFIG_BOXES: Readonly<Record<string, 'avcC' | 'hvcC'>> = {
	avc1: 'avcC',
	avc3: 'avcC',
	hvc1: 'hvcC',
	hev1: 'hvcC',
};

/** Bytes of an entry before its boxes. */
const PICTURE_HEAD = 78;
const SOUND_HEAD = 28;

/** @throws Unfit if it is neither H.264 nor H.265 */
export function readPictureEntries(stsd: Buffer): PictureEntry[] {
	return [...innerBoxes(stsd.subarray(8))].map(({ type, content }) => {
		const configType = CONFIG_BOXES[type];
		if (configType === undefined)
			throw new Unfit(`has video in the format "${type}", but only H.264 and H.265 can be joined`);
		const head = slice(content, 0, PICTURE_HEAD);
		// The bit rate is that of one clip.
		const boxes = [...innerBoxes(content.subarray(PICTURE_HEAD))].filter(
			(each) => each.type !== 'btrt',
		);
		const config = boxes.find((each) => each.type === configType)?.content;
		if (config === undefined) throw damaged('it does not say how its video is encoded');
		const lengthSize = (uint(config, configType === 'avcC' ? 4 : 21, 1) & 3) + 1;
		const sets = configType === 'avcC' ? avcSets(config) : hevcSets(config);
		const needed = Buffer.concat(boxes.map(({ whole }) => whole));
		return {
			type,
			bytes: box(type, head, needed),
			width: uint(head, 24, 2),
			height: uint(head, 26, 2),
			lengthSize,
			parameterSets: Buffer.concat(sets.map((set) => withLength(set, lengthSize))),
			key: needed.toString('base64'),
		};
	});
}

/** A list of parameter sets in which each has its length in front, and where the list ends. */
function setsAt(config: Buffer, at: number, count: number): { sets: Buffer[]; end: number } {
	const sets: Buffer[] = [];
	let end = at;
	while (sets.length < count) {
		const set = slice(config, end + 2, uint(config, end, 2));
		sets.push(set);
		end += 2 + set.length;
	}
	return { sets, end };
}

function avcSets(config: Buffer): Buffer[] {
	const sequence = setsAt(config, 6, uint(config, 5, 1) & 31);
	const picture = setsAt(config, sequence.end + 1, uint(config, sequence.end, 1));
	return [...sequence.sets, ...picture.sets];
}

function hevcSets(config: Buffer): Buffer[] {
	const all: Buffer[] = [];
	let at = 23;
	for (let list = uint(config, 22, 1); list > 0; list--) {
		const { sets, end } = setsAt(config, at + 3, uint(config, at + 1, 2));
		all.push(...sets);
		at = end;
	}
	return all;
}

function withLength(set: Buffer, lengthSize: number): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(set.length);
	return Buffer.concat([length.subarray(4 - lengthSize), set]);
}

/** @throws Unfit if it is not AAC */
export function readSoundEntries(stsd: Buffer): SoundEntry[] {
	return [...innerBoxes(stsd.subarray(8))].map(({ type, content }) => {
		const head = Buffer.from(slice(content, 0, SOUND_HEAD));
		// QuickTime's version 1 has 16 bytes more, and may have the descriptors one box deeper.
		const inner = content.subarray(SOUND_HEAD + (head.readUInt16BE(8) === 1 ? 16 : 0));
		head.writeUInt16BE(0, 8);
		const paths = [['esds'], ['wave', 'esds']];
		const esds = paths.map((path) => boxWithin(inner, ...path)).find(({ length }) => length > 0);
		const config = type === 'mp4a' && esds ? audioConfig(esds) : null;
		if (config === null || esds === undefined)
			throw new Unfit(`has sound in the format "${type}", but only AAC can be joined`);
		return { bytes: box(type, head, box('esds', esds)), ...readAudioConfig(config) };
	});
}

/** The content of a descriptor, and what is behind it; null if another one is there (ISO/IEC 14496-1, 8.3.3). */
function descriptor(bytes: Buffer, tag: number): Buffer | null {
	if (bytes[0] !== tag) return null;
	let [at, length] = [1, 0];
	let part;
	do {
		part = uint(bytes, at++, 1);
		length = length * 128 + (part & 127);
	} while (part > 127 && at < 5);
	return slice(bytes, at, length);
}

/** The AudioSpecificConfig in an `esds` box; null if it is no MPEG-4 audio. */
function audioConfig(esds: Buffer): Buffer | null {
	const stream = descriptor(esds.subarray(4), 3);
	if (stream === null) return null;
	const flags = uint(stream, 2, 1);
	const address = flags & 64 ? 1 + uint(stream, 3 + (flags & 128 ? 2 : 0), 1) : 0;
	const at = 3 + (flags & 128 ? 2 : 0) + address + (flags & 32 ? 2 : 0);
	const decoder = descriptor(stream.subarray(at), 4);
	// 0x40 is MPEG-4 audio.
	if (decoder?.[0] !== 0x40) return null;
	return descriptor(decoder.subarray(13), 5);
}

const RATES = [
	96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
	7_350,
];

/** ISO/IEC 14496-3, 1.6.2.1. */
function readAudioConfig(config: Buffer): Omit<SoundEntry, 'bytes'> {
	let at = 0;
	const bits = (count: number): number => {
		let value = 0;
		for (const end = at + count; at < end; at++)
			value = value * 2 + ((uint(config, at >> 3, 1) >> (7 - (at & 7))) & 1);
		return value;
	};
	const type = () => {
		const short = bits(5);
		return short === 31 ? 32 + bits(6) : short;
	};
	const frequency = () => {
		const index = bits(4);
		return index === 15 ? bits(24) : (RATES[index] ?? 0);
	};
	const [objectType, rate, channels] = [type(), frequency(), bits(4)];
	if (rate === 0) throw damaged('it does not say how its sound is encoded');
	// With spectral band replication the type of what is below follows.
	const core = [5, 29].includes(objectType) ? (frequency(), type()) : objectType;
	const gaspType = [1, 2, 3, 4, 6, 7].includes(core);
	const frame = gaspType && bits(1) === 1 ? 960 : 1024;
	return { objectType, rate, channels, frame, config: Buffer.from(config) };
}

/**
 * H.264 of drawn pictures, without a transform (baseline profile, CAVLC). A block of 16 × 16 that goes on
 * from its neighbour costs a few bits, any other its bytes (I_PCM); in later frames only blocks that
 * become like their left neighbour change. Section numbers are those of ITU-T H.264.
 */
import type { Size } from './assets/sizes.mts';

/** Side of a macroblock in luma samples. */
export const BLOCK = 16;

/** Samples of one component; the width and height are whole macroblocks. */
export interface Plane {
	readonly data: Uint8Array;
	readonly width: number;
	/** Side of a macroblock here: 16 for luma, 8 for chroma. */
	readonly block: number;
}

/** A picture in 4:2:0. */
export interface Frame {
	readonly size: Size;
	/** Macroblocks in a row, and rows of them. */
	readonly columns: number;
	readonly rows: number;
	/** Y, Cb and Cr. */
	readonly planes: readonly Plane[];
}

/** The macroblocks of a picture that each level allows (table A-1). */
const LEVELS = [
	[40, 8192],
	[51, 36_864],
	[62, Infinity],
] as const;

const NAL = { delta: 0x41, key: 0x65, sps: 0x67, pps: 0x68 } as const;
/** mb_type in an I slice (table 7-11): predicted from one side without residual, and plain samples. */
const PREDICTED = { above: 1, left: 2 } as const;
const PCM = 25;
/** In a P slice those of I slices follow five of its own (table 7-13). */
const BEHIND_P = 5;
/** intra_chroma_pred_mode (table 7-16). */
const CHROMA = { above: 2, left: 1 } as const;
/** What a plain block counts as when its neighbours choose their code (9.2.1). */
const PCM_COEFFICIENTS = 16;
const FRAME_NUMBERS = 16;

type Side = keyof typeof PREDICTED;

/** Bits, most significant first. */
class Bits {
	private readonly bytes: Buffer;
	private length = 0;
	/** The byte that is begun, and how many of its bits there are. */
	private byte = 0;
	private filled = 0;

	constructor(capacity: number) {
		this.bytes = Buffer.alloc(capacity);
	}

	put(value: number, count: number): this {
		for (let bit = count - 1; bit >= 0; bit--) {
			this.byte |= ((value >>> bit) & 1) << (7 - this.filled);
			if (++this.filled === 8) this.nextByte();
		}
		return this;
	}

	/** Exp-Golomb codes (9.1). */
	ue(...values: number[]): this {
		for (const value of values) {
			const width = 32 - Math.clz32(value + 1);
			this.put(0, width - 1).put(value + 1, width);
		}
		return this;
	}

	/** Goes on at the next whole byte. */
	align(): void {
		if (this.filled > 0) this.nextByte();
	}

	copy(samples: Uint8Array): void {
		this.bytes.set(samples, this.length);
		this.length += samples.length;
	}

	/** All of it with the stop bit (7.3.2.11). */
	end(): Buffer {
		this.put(1, 1).align();
		return this.bytes.subarray(0, this.length);
	}

	private nextByte(): void {
		this.bytes[this.length++] = this.byte;
		this.byte = 0;
		this.filled = 0;
	}
}

/** What a decoder has to know beforehand: the name of the codec, and both parameter sets in an avcC box. */
export function decoderConfig({ size, columns, rows }: Frame) {
	const [level] = LEVELS.find(([, most]) => columns * rows <= most) ?? [62];
	// Baseline, and what holds for it.
	const profile = Buffer.from([66, 0xc0, level]);
	const sps = new Bits(64);
	sps.copy(profile);
	// Id, frame numbers of four bits, order of output as decoded, one reference.
	sps.ue(0, 0, 2, 1).put(0, 1);
	sps.ue(columns - 1, rows - 1).put(0b11, 2);
	const right = (columns * BLOCK - size.width) / 2;
	const bottom = (rows * BLOCK - size.height) / 2;
	sps.put(1, 1).ue(0, right, 0, bottom).put(0, 1);
	// CAVLC, one slice group, no weights, QP 26, and deblocking left to the slice, which has none.
	const pps = new Bits(16).ue(0, 0).put(0, 2).ue(0, 0, 0).put(0, 3).ue(0, 0, 0).put(0b100, 3);
	const box = [
		Buffer.from([1, ...profile, 0xff, 0xe1]),
		sized(nal(NAL.sps, sps), 2),
		Buffer.from([1]),
		sized(nal(NAL.pps, pps), 2),
	];
	return {
		codec: `avc1.${profile.toString('hex')}`,
		codedWidth: size.width,
		codedHeight: size.height,
		description: Buffer.concat(box),
	};
}

/** A whole picture, as MP4 holds it. */
export function keyFrame(frame: Frame): Buffer {
	const { columns, rows, planes } = frame;
	const bits = new Bits(columns * rows * (BLOCK * BLOCK * 1.5 + 4) + 64);
	// First macroblock, I slice, parameter set, frame number 0, picture id, nothing marked, no deblocking.
	bits.ue(0, 7, 0).put(0, 4).ue(0).put(0, 2).ue(0, 1);
	/** By macroblock: what its neighbours count it as. */
	const counts = new Uint8Array(columns * rows);
	for (let at = 0; at < counts.length; at++) {
		const sides: Side[] = [];
		if (at % columns > 0) sides.push('left');
		if (at >= columns) sides.push('above');
		const side = sides.find((one) => planes.every((plane) => goesOn(plane, columns, at, one)));
		if (side === undefined) {
			counts[at] = PCM_COEFFICIENTS;
			bits.ue(PCM).align();
			for (const plane of planes) copyBlock(bits, plane, columns, at);
			continue;
		}
		const around = sides.map((one) => counts[one === 'left' ? at - 1 : at - columns] as number);
		const mean = around.reduce((sum, count) => sum + count, 0) / around.length;
		predicted(bits, PREDICTED[side], side, mean);
	}
	return sized(nal(NAL.key, bits), 4);
}

/** The picture before, but for the macroblocks that become like their left neighbour, in order. */
export function nextFrame(frame: Frame, index: number, copies: readonly number[]): Buffer {
	const bits = new Bits(64 + copies.length * 8);
	// First macroblock, P slice, parameter set, number, references as they are, nothing marked, no deblocking.
	bits
		.ue(0, 5, 0)
		.put(index % FRAME_NUMBERS, 4)
		.put(0, 3)
		.ue(0, 1);
	let next = 0;
	for (const at of copies) {
		bits.ue(at - next);
		predicted(bits, BEHIND_P + PREDICTED.left, 'left', 0);
		next = at + 1;
	}
	const left = frame.columns * frame.rows - next;
	if (left > 0) bits.ue(left);
	return sized(nal(NAL.delta, bits), 4);
}

/** A block without residual: its type, chroma alike, the same QP, and that all coefficients are 0 (table 9-5). */
function predicted(bits: Bits, type: number, side: Side, neighbours: number): void {
	bits.ue(type, CHROMA[side], 0);
	if (neighbours === 0) bits.put(1, 1);
	else bits.put(0b11, 6);
}

/** Where a macroblock begins in a plane. */
const start = ({ width, block }: Plane, columns: number, at: number) =>
	Math.floor(at / columns) * block * width + (at % columns) * block;

/** Whether a macroblock is what prediction from that side makes of it. */
function goesOn(plane: Plane, columns: number, at: number, side: Side): boolean {
	const { data, width, block } = plane;
	const first = start(plane, columns, at);
	for (let row = 0; row < block; row++) {
		const from = first + row * width;
		for (let x = from; x < from + block; x++) {
			const source = side === 'left' ? from - 1 : first - width + (x - from);
			if (data[x] !== data[source]) return false;
		}
	}
	return true;
}

function copyBlock(bits: Bits, plane: Plane, columns: number, at: number): void {
	const first = start(plane, columns, at);
	for (let row = 0; row < plane.block; row++) {
		const from = first + row * plane.width;
		bits.copy(plane.data.subarray(from, from + plane.block));
	}
}

/** A NAL unit: three bytes that would look like its start are kept apart by a 3 (7.4.1). */
function nal(head: number, bits: Bits): Buffer {
	const payload = bits.end();
	const parts: Buffer[] = [Buffer.from([head])];
	let from = 0;
	for (
		let at = payload.indexOf(0);
		at >= 0 && at + 2 < payload.length;
		at = payload.indexOf(0, at)
	) {
		if (payload[at + 1] !== 0 || (payload[at + 2] as number) > 3) {
			at += 1;
			continue;
		}
		parts.push(payload.subarray(from, at + 2), Buffer.from([3]));
		from = at += 2;
	}
	return Buffer.concat([...parts, payload.subarray(from)]);
}

/** A NAL unit behind its length. */
function sized(unit: Buffer, bytes: number): Buffer {
	const length = Buffer.alloc(bytes);
	length.writeUIntBE(unit.length, 0, bytes);
	return Buffer.concat([length, unit]);
}

/** Drawing in 4:2:0, as video has it: boxes, letters and pictures. */
import { PNG } from 'pngjs';
import type { Size } from './assets/sizes.mts';
import { BLOCK, type Frame, type Plane } from './h264.mts';
import { LETTER, letter } from './letters.mts';

/** Luma from 16 to 235, and both chromas around 128. */
export type Colour = readonly [y: number, cb: number, cr: number];

/** A picture in RGB, three bytes a pixel. */
export interface Picture extends Size {
	readonly pixels: Uint8Array;
}

export class Canvas implements Frame {
	readonly columns: number;
	readonly rows: number;
	readonly planes: readonly [Plane, Plane, Plane];

	constructor(
		readonly size: Size,
		background: Colour,
	) {
		this.columns = Math.ceil(size.width / BLOCK);
		this.rows = Math.ceil(size.height / BLOCK);
		const plane = (block: number, value: number): Plane => {
			const width = this.columns * block;
			return { width, block, data: new Uint8Array(width * this.rows * block).fill(value) };
		};
		const [y, cb, cr] = background;
		this.planes = [plane(BLOCK, y), plane(BLOCK / 2, cb), plane(BLOCK / 2, cr)];
	}

	/** Fills a box, whose corners are even. */
	fill(left: number, top: number, { width, height }: Size, colour: Colour): void {
		for (const [index, plane] of this.planes.entries()) {
			const scale = BLOCK / plane.block;
			for (let row = top / scale; row < (top + height) / scale; row++) {
				const from = row * plane.width + left / scale;
				plane.data.fill(colour[index] ?? 0, from, from + width / scale);
			}
		}
	}

	/** Writes a line in a luma, each dot of its letters `scale` pixels large. */
	write(line: string, left: number, top: number, scale: number, luma: number): void {
		const [{ data, width }] = this.planes;
		for (const [index, character] of [...line].entries()) {
			for (const [column, dots] of letter(character).entries()) {
				const x = left + (index * LETTER.width + column) * scale;
				for (let dot = 0; dot < LETTER.height; dot++) {
					if (((dots >> dot) & 1) === 0) continue;
					for (let row = top + dot * scale; row < top + (dot + 1) * scale; row++) {
						data.fill(luma, row * width + x, row * width + x + scale);
					}
				}
			}
		}
	}

	/** Puts a picture as large as a box allows into its middle; the corner of the box and its sides are even. */
	put(picture: Picture, left: number, top: number, box: Size): void {
		const scale = Math.min(box.width / picture.width, box.height / picture.height);
		const even = (length: number) => Math.floor(length / 2) * 2;
		const [width, height] = [even(picture.width * scale), even(picture.height * scale)];
		const x = left + even((box.width - width) / 2);
		const y = top + even((box.height - height) / 2);
		const [luma, cb, cr] = this.planes;
		for (let at = 0; at < width * height; at++) {
			const [column, row] = [at % width, Math.floor(at / width)];
			const from = 3 * (Math.floor(row / scale) * picture.width + Math.floor(column / scale));
			const red = picture.pixels[from] ?? 0;
			const green = picture.pixels[from + 1] ?? 0;
			const blue = picture.pixels[from + 2] ?? 0;
			luma.data[(y + row) * luma.width + x + column] =
				16 + 0.257 * red + 0.504 * green + 0.098 * blue;
			if (row % 2 === 1 || column % 2 === 1) continue;
			const chroma = ((y + row) / 2) * cb.width + (x + column) / 2;
			cb.data[chroma] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
			cr.data[chroma] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
		}
	}
}

/** A PNG, shrunk to sides of at most `longest` pixels; null for anything else. */
export function thumbnail(bytes: Buffer, longest: number): Picture | null {
	try {
		const { width, height, data } = PNG.sync.read(bytes);
		const shrink = Math.max(1, Math.max(width, height) / longest);
		const [columns, rows] = [Math.round(width / shrink), Math.round(height / shrink)];
		const pixels = new Uint8Array(columns * rows * 3);
		for (let at = 0; at < columns * rows; at++) {
			const x = Math.floor((at % columns) * shrink);
			const y = Math.floor(Math.floor(at / columns) * shrink);
			const from = (y * width + x) * 4;
			pixels.set(data.subarray(from, from + 3), at * 3);
		}
		return { width: columns, height: rows, pixels };
	} catch {
		return null;
	}
}

/** Pictures made in code: a PNG of any size, dusk from top to bottom. */
import { crc32, deflateSync } from 'node:zlib';
import type { Size } from './assets/sizes.mts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const TOP = [28, 24, 74] as const;
const BOTTOM = [236, 122, 104] as const;
/** One colour for each of the 256 values that a pixel can have. */
const PALETTE = Buffer.from(
	Array.from({ length: 256 }, (_, value) =>
		TOP.map((from, channel) =>
			Math.round(from + (((BOTTOM[channel] ?? from) - from) * value) / 255),
		),
	).flat(),
);

/** A PNG with a palette: a byte a pixel, so that also a large one is drawn in a moment. */
export function picture({ width, height }: Size): Buffer {
	const rows = Buffer.alloc((width + 1) * height);
	for (let row = 0; row < height; row++) {
		// The first byte of a row names its filter: none.
		rows.fill(Math.round((row / height) * 255), row * (width + 1) + 1, (row + 1) * (width + 1));
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', PALETTE),
		chunk('IDAT', deflateSync(rows, { level: 1 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const ends = Buffer.alloc(8);
	ends.writeUInt32BE(data.length, 0);
	ends.writeUInt32BE(crc32(named), 4);
	return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

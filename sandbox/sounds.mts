/** Sounds of any length: a WAV made in code, and an MP3 made of the committed loop's frames. */

const RATE = 16_000;
const HERTZ = 440;
const LOUDNESS = 6000;

/** A tone as WAV: 16 bit, mono. */
export function sound(seconds: number): Buffer {
	const samples = Math.round(seconds * RATE);
	const data = Buffer.alloc(samples * 2);
	for (let at = 0; at < samples; at++) {
		data.writeInt16LE(Math.round(LOUDNESS * Math.sin((2 * Math.PI * HERTZ * at) / RATE)), at * 2);
	}
	const head = Buffer.alloc(44);
	head.write('RIFF', 0, 'latin1');
	head.writeUInt32LE(36 + data.length, 4);
	head.write('WAVEfmt ', 8, 'latin1');
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(RATE, 24);
	head.writeUInt32LE(RATE * 2, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36, 'latin1');
	head.writeUInt32LE(data.length, 40);
	return Buffer.concat([head, data]);
}

/** The loop's frames: 96 bytes for 24 ms, of which the second 25 repeat without a seam. */
const FRAME = { bytes: 96, seconds: 0.024, from: 25, count: 25 };

/** @param loop the committed MP3 @param seconds in steps of 24 ms */
export function speech(loop: Buffer, seconds: number): Buffer {
	const { bytes, from, count } = FRAME;
	const part = loop.subarray(from * bytes, (from + count) * bytes);
	return Buffer.alloc(Math.round(seconds / FRAME.seconds) * bytes, part);
}

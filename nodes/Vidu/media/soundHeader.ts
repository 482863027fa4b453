/** Measures an MP3 by its frames. Pure. */
import type { Parser } from './feed';
import type { FileHeader } from './fileHeader';

/** Kilobits per second of layer III by index, of MPEG 1 and 2. Source: ISO/IEC 11172-3 and 13818-3. */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

interface Frame {
	/** Bytes, with the head of four. */
	readonly length: number;
	readonly seconds: number;
}

/** Adds up the frames, because only they tell the length of a file of variable rate. Null: not an MP3. */
export function* readSound(): Parser<FileHeader | null> {
	let head = yield { take: 4 };
	// Tags come first, such as title and cover.
	while (head.toString('latin1', 0, 3) === 'ID3') {
		const [a = 0, b = 0, c = 0, d = 0] = (yield { take: 6 }).subarray(2);
		yield { skip: (a << 21) | (b << 14) | (c << 7) | d };
		head = yield { take: 4 };
	}
	const first = frameOf(head);
	if (first === null) return null;
	let seconds = 0;
	for (let frame: Frame | null = first; frame !== null; frame = frameOf(head)) {
		seconds += frame.seconds;
		yield { skip: frame.length - head.length };
		head = yield { take: 4 };
	}
	return { format: 'mp3', width: 0, height: 0, seconds };
}

/** The frame of MPEG audio, layer III, that begins with these bytes; null if none does. */
function frameOf(head: Buffer): Frame | null {
	const [sync = 0, kind = 0, rates = 0] = head;
	if (sync !== 0xff || (kind & 0xe6) !== 0xe2 || head.length < 4) return null;
	// 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5.
	const version = (kind >> 3) & 3;
	const rate = (version === 3 ? RATES_1 : RATES_2)[rates >> 4];
	const fastest = SAMPLE_RATES[(rates >> 2) & 3];
	if (version === 1 || !rate || fastest === undefined) return null;
	const samples = version === 3 ? 1152 : 576;
	const sampleRate = fastest / (version === 3 ? 1 : version === 2 ? 2 : 4);
	const padding = (rates >> 1) & 1;
	const length = Math.floor((samples / 8) * ((rate * 1000) / sampleRate)) + padding;
	return { length, seconds: samples / sampleRate };
}

/**
 * What a result shows where a person looks at it: that it is a stand-in, what was ordered, and the
 * references, so that nobody takes it for the work of a provider.
 */
import { createHash } from 'node:crypto';
import { EncodedPacket } from 'mediabunny';
import { PNG } from 'pngjs';
import type { Size } from './assets/sizes.mts';
import { Canvas, thumbnail, type Colour, type Picture } from './canvas.mts';
import { BLOCK, decoderConfig, keyFrame, nextFrame } from './h264.mts';
import { LETTER, wrapped } from './letters.mts';
import { Recent } from './recent.mts';

/** What is written and shown. */
export interface Card {
	readonly model: string;
	readonly prompt: string;
	/** Null for what is no PNG, or lies where the sandbox does not look. */
	readonly references: ReadonlyArray<Picture | null>;
	/** One for each reference: the same for the same bytes. */
	readonly names: readonly string[];
}

const TITLE = 'SANDBOX STAND-IN';
const SUBTITLE = 'not made by Vidu';
const NOT_SHOWN = 'not shown';
const DARK: Colour = [38, 134, 124];
const TRACK: Colour = [70, 134, 124];
const AMBER: Colour = [176, 44, 158];
const [BLACK, WHITE, GREY] = [16, 235, 180];
const LONGEST_SIDE = 256;
const thumbnails = new Recent<Picture | null>(32);

/** @param references the bytes of each, null where they were not looked at */
export function cardOf(
	model: string,
	prompt: string,
	references: ReadonlyArray<Buffer | null>,
): Card {
	const names = references.map((bytes) =>
		bytes === null ? '' : createHash('sha256').update(bytes).digest('hex'),
	);
	const shown = references.map((bytes, index) => {
		if (bytes === null) return null;
		return thumbnails.get(names[index] ?? '', () => thumbnail(bytes, LONGEST_SIDE));
	});
	return { model, prompt, references: shown, names };
}

/** The card with a bar under it, which is empty. @param facts such as the duration */
function draw({ model, prompt, references }: Card, facts: readonly string[], size: Size): Canvas {
	const canvas = new Canvas(size, DARK);
	const scale = Math.max(1, Math.round(Math.min(size.width, size.height) / 180));
	const margin = 8 * scale;
	const line = 10 * scale;
	const inner = size.width - 2 * margin;
	const letters = Math.floor(inner / (LETTER.width * scale));

	const large = Math.min(2 * scale, Math.floor(inner / (TITLE.length * LETTER.width)));
	const title = LETTER.height * large + line;
	canvas.fill(0, 0, { width: size.width, height: 2 * Math.ceil((title + margin) / 2) }, AMBER);
	canvas.write(TITLE, margin, margin / 2, large, BLACK);
	canvas.write(SUBTITLE, margin, margin / 2 + LETTER.height * large + scale, scale, BLACK);
	let top = title + 2 * margin;
	for (const words of wrapped([model, ...facts].join(', '), letters, 2)) {
		canvas.write(words, margin, top, scale, GREY);
		top += line;
	}

	top = 2 * Math.ceil((top + margin / 2) / 2);
	const across = (inner - (references.length - 1) * margin) / references.length;
	const side = Math.max(2, 2 * Math.floor(Math.min(across, size.height * 0.3) / 2));
	const small = Math.max(1, Math.floor(side / (NOT_SHOWN.length * LETTER.width)));
	for (const [index, picture] of references.entries()) {
		const left = margin + index * (side + margin);
		const box = { width: side, height: side };
		canvas.fill(left, top, box, TRACK);
		if (picture === null) canvas.write(NOT_SHOWN, left, top + small, small, GREY);
		else canvas.put(picture, left, top, box);
	}
	if (references.length > 0) top += side + margin;

	const { row } = barOf(canvas);
	const lines = Math.max(0, Math.floor((row * BLOCK - top) / line));
	for (const words of lines === 0 ? [] : wrapped(prompt, letters, lines)) {
		canvas.write(words, margin, top, scale, WHITE);
		top += line;
	}
	return canvas;
}

/** The macroblocks of the bar that fills as the clip plays. */
function barOf({ size }: Canvas) {
	const row = Math.floor(size.height / BLOCK) - 2;
	return { row, from: 1, to: Math.floor(size.width / BLOCK) - 1 };
}

/** How a track of a clip is made: what its decoder has to know, and its packets. */
export interface Footage {
	readonly decoderConfig: VideoDecoderConfig | undefined;
	readonly packets: Iterable<EncodedPacket>;
}

/** The card as a film with a bar that fills. */
export function film(
	card: Card,
	facts: readonly string[],
	size: Size,
	fps: number,
	seconds: number,
): Footage {
	const canvas = draw(card, facts, size);
	const { row, from, to } = barOf(canvas);
	const count = Math.max(1, Math.floor(seconds * fps + 1e-6));
	const filledTo = (index: number) =>
		from + 1 + Math.floor(((index + 1) / count) * (to - from - 1));
	const block = (column: number) => [column * BLOCK, row * BLOCK] as const;
	canvas.fill(...block(from), { width: (to - from) * BLOCK, height: BLOCK }, TRACK);
	canvas.fill(...block(from), { width: (filledTo(0) - from) * BLOCK, height: BLOCK }, AMBER);
	function* packets() {
		for (let index = 0; index < count; index++) {
			const fresh = index === 0 ? 0 : filledTo(index) - filledTo(index - 1);
			const copies = Array.from(
				{ length: fresh },
				(_, at) => row * canvas.columns + filledTo(index - 1) + at,
			);
			const data = index === 0 ? keyFrame(canvas) : nextFrame(canvas, index, copies);
			yield new EncodedPacket(data, index === 0 ? 'key' : 'delta', index / fps, 1 / fps, index);
		}
	}
	return { decoderConfig: decoderConfig(canvas), packets: packets() };
}

/** The card as a grey PNG. */
export function still(card: Card, facts: readonly string[], size: Size): Buffer {
	const canvas = draw(card, facts, size);
	const [{ data, width }] = canvas.planes;
	const options = { colorType: 0, inputColorType: 0, deflateLevel: 1 } as const;
	const png = new PNG({ ...size, ...options });
	png.data = Buffer.alloc(size.width * size.height);
	for (let row = 0; row < size.height; row++) {
		png.data.set(data.subarray(row * width, row * width + size.width), row * size.width);
	}
	return PNG.sync.write(png, options);
}

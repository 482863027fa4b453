/**
 * Draws the sandbox's media. Run once, by hand, where `ffmpeg` is installed:
 *
 *     npx tsx sandbox/assets/generate.mts
 *
 * The results are committed, so nobody else needs ffmpeg. Everything is painted here, pixel by
 * pixel, and only encoded by ffmpeg: one-second clips that loop without a seam (one closed GOP, no
 * B-frames, so repeating the packets repeats the picture; still above 1080p, where motion would cost
 * megabytes), a JPEG cover per aspect, a loop of AAC and one of MP3, and three reference pictures
 * for the example workflows.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ASPECTS, LARGE, RESOLUTIONS, frameSize, templateName, type Size } from './sizes.mts';

const FPS = 12;
const SAMPLE: Size = { width: 768, height: 768 };

type Colour = readonly [red: number, green: number, blue: number];
/** Colour at a point; x and y run from 0 to 1, t in seconds. */
type Painter = (x: number, y: number, t: number) => Colour;

const mix = (from: Colour, to: Colour, share: number): Colour => [
	from[0] + (to[0] - from[0]) * share,
	from[1] + (to[1] - from[1]) * share,
	from[2] + (to[2] - from[2]) * share,
];

/** Dusk colours with two lights on small circular paths: the picture at t = 1 is the one at t = 0. */
const dusk: Painter = (x, y, t) => {
	const angle = 2 * Math.PI * t;
	const light = (cx: number, cy: number, radius: number) =>
		Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / radius ** 2);
	const sky = mix([28, 24, 74], [236, 122, 104], y ** 1.4);
	const warm = light(0.62 + 0.06 * Math.cos(angle), 0.58 + 0.06 * Math.sin(angle), 0.3);
	const cool = light(0.3 - 0.05 * Math.sin(angle), 0.3 + 0.05 * Math.cos(angle), 0.26);
	return mix(mix(sky, [255, 214, 140], 0.75 * warm), [96, 150, 232], 0.6 * cool);
};

/** How much of a point a shape covers (0 to 1), from a signed distance in picture widths. */
const cover = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance * SAMPLE.width));
type Shape = (x: number, y: number) => number;

const ellipse =
	(cx: number, cy: number, rx: number, ry: number): Shape =>
	(x, y) =>
		cover((Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry));

const box =
	(cx: number, cy: number, halfWidth: number, halfHeight: number, radius: number): Shape =>
	(x, y) => {
		const dx = Math.abs(x - cx) - halfWidth + radius;
		const dy = Math.abs(y - cy) - halfHeight + radius;
		const outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0));
		return cover(outside + Math.min(Math.max(dx, dy), 0) - radius);
	};

/** A triangle; its corners clockwise as one sees them. */
const triangle =
	(...corners: ReadonlyArray<readonly [number, number]>): Shape =>
	(x, y) => {
		const edges = corners.map(([ax, ay], index) => {
			const [bx, by] = corners[(index + 1) % corners.length] ?? [ax, ay];
			return ((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / Math.hypot(bx - ax, by - ay);
		});
		return cover(Math.max(...edges));
	};

/** Shapes painted over a soft background, the last on top. */
const scene =
	(top: Colour, bottom: Colour, shapes: ReadonlyArray<readonly [Shape, Colour]>): Painter =>
	(x, y) =>
		shapes.reduce(
			(under, [shape, colour]) => mix(under, colour, shape(x, y)),
			mix(top, bottom, Math.round(y * 24) / 24),
		);

const INK: Colour = [52, 44, 60];
const SAMPLES: Record<string, Painter> = {
	cat: scene(
		[255, 238, 214],
		[250, 208, 176],
		[
			[ellipse(0.5, 0.9, 0.3, 0.035), [224, 176, 146]],
			[ellipse(0.5, 0.76, 0.21, 0.17), [236, 142, 74]],
			[ellipse(0.5, 0.8, 0.11, 0.12), [255, 232, 206]],
			[triangle([0.27, 0.16], [0.46, 0.3], [0.26, 0.42]), [236, 142, 74]],
			[triangle([0.73, 0.16], [0.74, 0.42], [0.54, 0.3]), [236, 142, 74]],
			[triangle([0.3, 0.22], [0.4, 0.3], [0.3, 0.36]), [250, 186, 160]],
			[triangle([0.7, 0.22], [0.7, 0.36], [0.6, 0.3]), [250, 186, 160]],
			[ellipse(0.5, 0.46, 0.26, 0.22), [244, 156, 86]],
			[ellipse(0.5, 0.55, 0.13, 0.1), [255, 232, 206]],
			[ellipse(0.39, 0.43, 0.048, 0.056), INK],
			[ellipse(0.61, 0.43, 0.048, 0.056), INK],
			[ellipse(0.405, 0.412, 0.015, 0.018), [255, 255, 255]],
			[ellipse(0.625, 0.412, 0.015, 0.018), [255, 255, 255]],
			[triangle([0.47, 0.505], [0.53, 0.505], [0.5, 0.54]), [214, 92, 96]],
			[box(0.5, 0.575, 0.035, 0.007, 0.007), INK],
			[box(0.5, 0.67, 0.12, 0.018, 0.018), [74, 128, 176]],
			[ellipse(0.5, 0.7, 0.026, 0.026), [255, 208, 84]],
		],
	),
	robot: scene(
		[214, 234, 244],
		[168, 204, 226],
		[
			[ellipse(0.5, 0.93, 0.26, 0.03), [134, 170, 194]],
			[box(0.5, 0.14, 0.01, 0.07, 0.01), [96, 112, 132]],
			[ellipse(0.5, 0.08, 0.034, 0.034), [255, 112, 96]],
			[box(0.22, 0.67, 0.045, 0.13, 0.045), [120, 140, 162]],
			[box(0.78, 0.67, 0.045, 0.13, 0.045), [120, 140, 162]],
			[box(0.41, 0.88, 0.05, 0.06, 0.02), [96, 112, 132]],
			[box(0.59, 0.88, 0.05, 0.06, 0.02), [96, 112, 132]],
			[box(0.5, 0.7, 0.21, 0.15, 0.06), [232, 240, 246]],
			[box(0.5, 0.7, 0.1, 0.07, 0.03), [74, 96, 128]],
			[ellipse(0.46, 0.7, 0.024, 0.024), [112, 226, 190]],
			[ellipse(0.54, 0.7, 0.024, 0.024), [255, 208, 84]],
			[box(0.5, 0.37, 0.25, 0.17, 0.09), [246, 250, 253]],
			[box(0.5, 0.37, 0.2, 0.115, 0.07), [44, 56, 84]],
			[ellipse(0.42, 0.36, 0.038, 0.046), [112, 226, 240]],
			[ellipse(0.58, 0.36, 0.038, 0.046), [112, 226, 240]],
			[box(0.5, 0.44, 0.045, 0.008, 0.008), [112, 226, 240]],
		],
	),
	bottle: scene(
		[246, 240, 232],
		[222, 206, 190],
		[
			[ellipse(0.52, 0.91, 0.24, 0.03), [194, 174, 156]],
			[box(0.5, 0.12, 0.075, 0.06, 0.018), [58, 52, 58]],
			[box(0.5, 0.22, 0.05, 0.06, 0.01), [26, 122, 120]],
			[box(0.5, 0.58, 0.18, 0.33, 0.12), [34, 146, 140]],
			[box(0.38, 0.56, 0.018, 0.22, 0.018), [118, 206, 196]],
			[box(0.5, 0.61, 0.18, 0.15, 0.004), [252, 246, 236]],
			[ellipse(0.5, 0.57, 0.06, 0.06), [244, 156, 86]],
			[ellipse(0.52, 0.55, 0.045, 0.045), [252, 246, 236]],
			[box(0.5, 0.68, 0.1, 0.012, 0.012), INK],
			[box(0.5, 0.715, 0.07, 0.008, 0.008), [150, 140, 148]],
		],
	),
};

/** Renders `frames` pictures as raw RGB. */
function render(painter: Painter, { width, height }: Size, frames: number): Buffer {
	const pixels = Buffer.alloc(width * height * 3 * frames);
	let at = 0;
	for (let frame = 0; frame < frames; frame++) {
		for (let row = 0; row < height; row++) {
			for (let column = 0; column < width; column++) {
				const colour = painter(column / width, row / height, frame / FPS);
				for (const channel of colour) pixels[at++] = Math.round(channel);
			}
		}
	}
	return pixels;
}

function encode(name: string, input: Buffer | undefined, args: string[]): void {
	const target = fileURLToPath(new URL(name, import.meta.url));
	const { status, stderr } = spawnSync(
		'ffmpeg',
		['-v', 'error', '-y', ...args, '-map_metadata', '-1', '-fflags', '+bitexact', target],
		{ input },
	);
	if (status !== 0) throw new Error(`ffmpeg could not write ${name}: ${String(stderr)}`);
	process.stdout.write(`${name}\n`);
}

const raw = ({ width, height }: Size) => [
	...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`],
	...['-r', String(FPS), '-i', '-'],
];

for (const aspect of ASPECTS) {
	for (const resolution of RESOLUTIONS) {
		const { width, height } = frameSize(resolution, aspect);
		const still = LARGE.includes(resolution);
		const drawn = frameSize(still ? '360p' : resolution, aspect);
		const grown = still ? `loop=${FPS - 1}:1,scale=${width}:${height}:flags=bicubic,` : '';
		encode(`${templateName(resolution, aspect)}.mp4`, render(dusk, drawn, still ? 1 : FPS), [
			...raw(drawn),
			...['-vf', `${grown}format=yuv420p`, '-c:v', 'libx264', '-preset', 'veryslow'],
			...['-crf', still ? '40' : '30', '-bf', '0', '-g', String(FPS), '-flags', '+cgop'],
			...['-movflags', '+faststart'],
		]);
	}
	const size = frameSize('540p', aspect);
	encode(`cover-${aspect.replace(':', 'x')}.jpg`, render(dusk, size, 1), [
		...raw(size),
		...['-frames:v', '1', '-q:v', '4'],
	]);
}

for (const [name, painter] of Object.entries(SAMPLES)) {
	encode(`${name}.png`, render(painter, SAMPLE, 1), [...raw(SAMPLE), '-frames:v', '1']);
}

// 48 AAC frames of 1024 samples are 1.024 s: tones of whole multiples of 1/1.024 Hz loop cleanly.
const tone = (periods: number) => `sin(2*PI*${periods}/1.024*t)`;
encode('hum.m4a', undefined, [
	...['-f', 'lavfi', '-i'],
	`aevalsrc=0.05*(${tone(225)}+${tone(284)}+${tone(338)}):s=48000:d=3.1`,
	...['-c:a', 'aac', '-b:a', '48k'],
]);

// MP3 frames of 24 ms that lean on no other frame: 25 of them are 0.6 s, whole periods of both tones.
encode('hum.mp3', undefined, [
	...['-f', 'lavfi', '-i', 'aevalsrc=0.1*(sin(2*PI*220*t)+sin(2*PI*330*t)):s=24000:d=1.3'],
	...['-c:a', 'libmp3lame', '-b:a', '32k', '-reservoir', '0'],
	...['-write_xing', '0', '-id3v2_version', '0'],
]);

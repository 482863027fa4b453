/**
 * Draws the sandbox's media. Run once, by hand, where `ffmpeg` is installed:
 *
 *     npx tsx sandbox/assets/generate.mts
 *
 * The results are committed, so nobody else needs ffmpeg. Everything is painted here, pixel by
 * pixel, and only encoded by ffmpeg: one-second clips that loop without a seam (one closed GOP, no
 * B-frames, so repeating the packets repeats the picture; still above 1080p, where motion would cost
 * megabytes), a JPEG cover per aspect, a loop of AAC and one of MP3. The three pictures for the example
 * workflows were painted once and stay as they are.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ASPECTS, LARGE, RESOLUTIONS, frameSize, templateName, type Size } from './sizes.mts';

const FPS = 12;

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

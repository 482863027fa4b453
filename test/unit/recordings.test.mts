/** What the headers of videos and sounds say, read from real files in pieces, and what Vidu would refuse. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import {
	ALL_FORMATS,
	BufferSource,
	BufferTarget,
	Conversion,
	Input,
	MovOutputFormat,
	Mp4OutputFormat,
	Output,
	type OutputFormat,
} from 'mediabunny';
import { videosOf } from '../../nodes/Vidu/catalogue/fields.ts';
import { Q4_SOUNDS } from '../../nodes/Vidu/catalogue/vidu/families.ts';
import { headerOf, headerReader } from '../../nodes/Vidu/media/header.ts';
import { fileProblem, referenceProblem } from '../../nodes/Vidu/media/mediaRules.ts';
import type { MediaKind } from '../../nodes/Vidu/providers/types.ts';
import { clip } from '../../sandbox/media.mts';
import { sound, speech } from '../../sandbox/sounds.mts';

const folder = fileURLToPath(new URL('../../sandbox/assets/', import.meta.url));
const asset = (name: string) => readFileSync(folder + name);
const hum = asset('hum.mp3');

const video = (bytes: Buffer) => headerOf(bytes, 'video');
const mp3 = (bytes: Buffer) => headerOf(bytes, 'audio');

/** A clip in another container. */
async function packed(seconds: number, format: OutputFormat): Promise<Buffer> {
	const order = { seconds, resolution: '360p', aspect: '16:9', audio: true } as const;
	const source = new BufferSource(await clip(order));
	const target = new BufferTarget();
	const output = new Output({ format, target });
	const input = new Input({ formats: ALL_FORMATS, source });
	await (await Conversion.init({ input, output })).execute();
	return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}

/** An AVI as far as its main header goes. */
function avi(width: number, height: number, seconds: number): Buffer {
	const text = (word: string) => Buffer.from(word, 'latin1');
	const main = Buffer.alloc(56);
	for (const [at, value] of [
		[0, 40_000],
		[16, seconds * 25],
		[32, width],
		[36, height],
	] as const)
		main.writeUInt32LE(value, at);
	const long = (value: number) => {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32LE(value);
		return bytes;
	};
	const chunk = (name: string, content: Buffer) =>
		Buffer.concat([text(name), long(content.length), content]);
	const list = chunk('LIST', Buffer.concat([text('hdrl'), chunk('avih', main)]));
	const junk = Buffer.concat([chunk('JUNK', Buffer.alloc(3)), Buffer.alloc(1)]);
	return chunk('RIFF', Buffer.concat([text('AVI '), junk, list]));
}

describe('the header of a video', () => {
	test.each(readdirSync(folder).filter((name) => name.endsWith('.mp4')))('of %s', (name) => {
		const [, wide = 0, high = 0] = /(\d+)x(\d+)/.exec(name)?.map(Number) ?? [];
		const header = video(asset(name));
		expect(header).toMatchObject({ format: 'mp4', seconds: 1 });
		const ratio = (header?.width ?? 0) / (header?.height ?? 1);
		expect(Math.abs(ratio - wide / high)).toBeLessThan(0.02);
	});

	test.each([
		['an MP4 with its index in front', new Mp4OutputFormat({ fastStart: 'in-memory' }), 'mp4'],
		['an MP4 with its index behind', new Mp4OutputFormat({ fastStart: false }), 'mp4'],
		['a QuickTime file', new MovOutputFormat({ fastStart: false }), 'mov'],
	])('of %s says size and length', async (_, container, format) => {
		const bytes = await packed(5, container);
		const header = video(bytes);
		expect(header).toMatchObject({ format, width: 640, height: 360 });
		expect(header?.seconds).toBeCloseTo(5, 1);
	});

	test('of an MP4 in fragments says the size, and no wrong length', async () => {
		const bytes = await packed(3, new Mp4OutputFormat({ fastStart: 'fragmented' }));
		const header = video(bytes);
		expect(header).toMatchObject({ format: 'mp4', width: 640, height: 360 });
		if (header?.seconds !== null) expect(header?.seconds).toBeCloseTo(3, 1);
	});

	test('of an AVI says size and length, behind a chunk of odd length', () => {
		expect(video(avi(320, 240, 4))).toEqual({ format: 'avi', width: 320, height: 240, seconds: 4 });
	});

	test('is none for sounds, images and texts', () => {
		const others = [
			asset('hum.m4a'),
			hum,
			sound(1),
			asset('cat.png'),
			Buffer.from('<html></html>'),
		];
		for (const bytes of others) expect(video(bytes)).toBeNull();
	});

	test('is none if its index is cut off', () => {
		const bytes = asset('360p-16x9.mp4');
		const index = bytes.indexOf('moov');
		expect(video(bytes.subarray(0, index + 100))).toBeNull();
	});
});

describe('the header of an MP3', () => {
	test('is measured by its frames, whatever the length', () => {
		for (const seconds of [1.2, 3, 12, 60])
			expect(mp3(speech(hum, seconds))?.seconds).toBeCloseTo(seconds, 1);
	});

	test('comes after tags, and before others', () => {
		const tag = Buffer.concat([
			Buffer.from('ID3\x04\0\0\0\0\x01\x05', 'latin1'),
			Buffer.alloc(133),
		]);
		const tagged = Buffer.concat([tag, tag, speech(hum, 6), Buffer.from('TAG'.padEnd(128))]);
		expect(mp3(tagged)?.seconds).toBeCloseTo(6, 1);
	});

	test('is none for other sounds, videos and texts', () => {
		const others = [
			sound(1),
			asset('hum.m4a'),
			asset('360p-16x9.mp4'),
			Buffer.from('ID3 is not it'),
		];
		for (const bytes of others) expect(mp3(bytes)).toBeNull();
	});
});

const TYPES: MediaKind[] = ['audio', 'image', 'video'];

describe('whatever the bytes are', () => {
	const starts = [asset('360p-16x9.mp4'), hum, asset('cat.png'), avi(320, 240, 4)];

	test('no reader throws, or never ends', () => {
		const noise = fc.uint8Array({ maxLength: 300 });
		const damaged = fc
			.tuple(fc.constantFrom(...starts), fc.nat({ max: 3000 }), noise)
			.map(([start, at, bytes]) => Buffer.concat([start.subarray(0, at), bytes]));
		const any = fc.oneof(noise, damaged);
		fc.assert(
			fc.property(any, fc.constantFrom(...TYPES), (bytes, type) => {
				expect(() => headerOf(Buffer.from(bytes), type)).not.toThrow();
			}),
			{ numRuns: 2000 },
		);
	});

	test('pieces say the same as the whole', () => {
		const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(
				fc.constantFrom(...starts),
				sizes,
				fc.constantFrom(...TYPES),
				(bytes, each, type) => {
					const reader = headerReader(type);
					for (let at = 0, turn = 0; at < bytes.length; turn++) {
						const size = each[turn % each.length] ?? 1;
						if (!reader.push(bytes.subarray(at, at + size))) break;
						at += size;
					}
					expect(reader.end()).toEqual(headerOf(bytes, type));
				},
			),
			{ numRuns: 100 },
		);
	});
});

describe('a recording that Vidu would refuse', () => {
	const subject = videosOf(5).limits;
	const media = videosOf(8, 2, { maxSecondsOfSeveral: 5 }).limits;
	const of = (seconds: number | null, width = 640, height = 360) =>
		({ format: 'mp4', width, height, seconds }) as const;

	test.each([
		[of(6.2), 1000, subject, 1, 'is 6.2 s long, but at most 5 s are allowed'],
		[of(9), 1000, media, 1, 'is 9.0 s long, but at most 8 s are allowed'],
		[of(8), 1000, media, 2, 'at most 5 s are allowed, or 8 s if it is the only one'],
		[of(5, 100), 1000, subject, 1, 'is 100 × 360 px, but both sides must have at least 128 px'],
		[of(5, 2000), 1000, subject, 1, 'between 1:4 and 4:1'],
		[of(5), 20_500_000, subject, 1, 'is 20.5 MB, but at most 20 MB are allowed'],
		[null, 1000, subject, 1, 'is not an MP4, MOV or AVI video'],
	])('%o of %i bytes is named with the limit', (header, size, limits, count, words) => {
		expect(fileProblem('video', header, size, limits, count)).toContain(words);
	});

	test.each([
		[of(5.04), subject, 1],
		[of(0.5), subject, 1],
		[of(8), media, 1],
		[of(5), media, 2],
		[of(null), subject, 1],
	])('%o is not', (header, limits, count) => {
		expect(fileProblem('video', header, 20_000_000, limits, count)).toBeNull();
	});

	test('is found in a data URI as well', () => {
		const uri = (seconds: number, type = 'mpeg') =>
			`data:audio/${type};base64,${speech(hum, seconds).toString('base64')}`;
		const problem = (reference: string) => referenceProblem('audio', reference, Q4_SOUNDS);
		expect(problem(uri(3))).toBeNull();
		expect(problem(uri(2))).toBe('is 2.0 s long, but 3 to 12 s are allowed');
		expect(problem(uri(13))).toBe('is 13.0 s long, but 3 to 12 s are allowed');
		expect(problem(uri(3, 'wav'))).toBe('must start with "data:audio/mpeg;base64,"');
		expect(problem('data:audio/mpeg;base64,AAAA')).toBe('is not an MP3 sound');
		expect(problem('data:audio/mpeg;base64,')).toBe('contains no sound data');
		expect(problem('ssupload:?id=1')).not.toBeNull();
	});
});

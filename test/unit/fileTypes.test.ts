import fc from 'fast-check';
import { expectLinearWork } from './growth.mts';
import type { MediaKind } from '../../nodes/Vidu/providers/types';
import { fileTypeOf, inWords, kindOf } from '../../nodes/Vidu/tasks/deliver/fileTypes';

const bytes = (...parts: Array<string | number[]>) =>
	Buffer.concat(
		parts.map((part) =>
			typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
		),
	);
const box = (type: string) => bytes([0, 0, 0, 24], type, [0, 0, 2, 0], 'isomiso2');

describe('what a result is, is told by its own bytes', () => {
	const files: Array<[string, MediaKind, string, Buffer]> = [
		['mp4', 'video', 'video/mp4', box('ftypisom')],
		['mp4', 'video', 'video/mp4', box('ftypM4V ')],
		['mov', 'video', 'video/quicktime', box('ftypqt  ')],
		['mov', 'video', 'video/quicktime', box('moov')],
		[
			'webm',
			'video',
			'video/webm',
			bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm'),
		],
		[
			'mkv',
			'video',
			'video/x-matroska',
			bytes([0x1a, 0x45, 0xdf, 0xa3, 0xa3], 'B\x82\x88matroska'),
		],
		['png', 'image', 'image/png', bytes([0x89], 'PNG\r\n\x1a\n')],
		['jpg', 'image', 'image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
		['webp', 'image', 'image/webp', bytes('RIFF', [1, 10, 13, 0], 'WEBPVP8 ')],
		['mp3', 'audio', 'audio/mpeg', bytes('ID3', [4, 0])],
		['mp3', 'audio', 'audio/mpeg', bytes([0xff, 0xfb, 0x90, 0])],
		['wav', 'audio', 'audio/wav', bytes('RIFF', [1, 10, 13, 0], 'WAVEfmt ')],
		['m4a', 'audio', 'audio/mp4', box('ftypM4A ')],
		['aac', 'audio', 'audio/aac', bytes([0xff, 0xf1, 0x50, 0x80])],
		['ogg', 'audio', 'audio/ogg', bytes('OggS')],
		['flac', 'audio', 'audio/flac', bytes('fLaC')],
	];

	test.each(files)('%s (%s) is %s', (extension, kind, mimeType, head) => {
		for (const expected of ['video', 'image'] as const) {
			expect(fileTypeOf(head, expected)).toEqual({ kind, extension, mimeType });
		}
	});

	test('an MP4 of a sound is a sound', () => {
		const sound = { kind: 'audio', extension: 'm4a', mimeType: 'audio/mp4' };
		expect(fileTypeOf(box('ftypmp42'), 'audio')).toEqual(sound);
	});

	test.each([
		['a web page (HTML)', '<!DOCTYPE html><html><body>Sign in</body></html>'],
		['a web page (HTML)', '\n<html><svg></svg></html>'],
		['an SVG drawing', '<?xml version="1.0"?>\n<svg xmlns="…"><script>alert(1)</script></svg>'],
		['an SVG drawing', '\uFEFF<svg onload="x()">'],
		['XML or HTML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
		['JSON', '{"error":"expired"}'],
		['JSON', ' [1]'],
		['nothing', ''],
		['data of an unknown type', 'upstream error'],
	])('%s is no result: %j', (words, text) => {
		expect(fileTypeOf(Buffer.from(text), 'video')).toBeNull();
		expect(inWords(Buffer.from(text))).toBe(words);
	});

	test('text is never taken for media, in whatever encoding', () => {
		const text = fc
			.tuple(fc.constantFrom('<', '{', '[', '"', ' '), fc.string())
			.map((parts) => parts.join(''));
		const encodings = fc.constantFrom('utf8', 'utf16le', 'latin1');
		fc.assert(
			fc.property(text, encodings, fc.boolean(), (said, encoding, marked) => {
				const head = Buffer.from((marked ? '\uFEFF' : '') + said, encoding as BufferEncoding);
				expect(fileTypeOf(head, 'video')).toBeNull();
				expect(inWords(head)).not.toBe('');
			}),
			{ numRuns: 400 },
		);
	});

	test.each(['<!---->', '<svg', '<', '<?xml?>', '{'])(
		'a hostile head of %s takes no more work than its length',
		(part) => {
			expectLinearWork(
				(text) => inWords(Buffer.from(text)),
				(size) => part.repeat(size / part.length),
			);
		},
	);

	test('where only the address is known, its ending tells', () => {
		expect(kindOf('https://cdn.example/a.JPEG?x=.mp3#y')).toBe('image');
		expect(kindOf('https://cdn.example/a.mp3')).toBe('audio');
		expect(kindOf('https://cdn.png/a')).toBe('video');
		expect(kindOf('https://cdn.example/a.constructor')).toBe('video');
	});
});

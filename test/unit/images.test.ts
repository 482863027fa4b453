import fc from 'fast-check';
import { readImageHeader } from '../../nodes/Vidu/media/imageHeader';
import { fileProblem, megabytes, referenceProblem } from '../../nodes/Vidu/media/mediaRules';
import { chooseUploads, inlineBytes } from '../../nodes/Vidu/media/inline';

const bytes = (...parts: Array<number[] | string>) =>
	Buffer.concat(
		parts.map((part) =>
			typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
		),
	);
const imageProblem = (header: Parameters<typeof fileProblem>[1], size: number) =>
	fileProblem('image', header, size);
const imageReferenceProblem = (reference: string) => referenceProblem('image', reference);

const be16 = (value: number) => [value >> 8, value & 255];
const be32 = (value: number) => [
	value >>> 24,
	(value >> 16) & 255,
	(value >> 8) & 255,
	value & 255,
];
const le24 = (value: number) => [value & 255, (value >> 8) & 255, value >> 16];

const png = (width: number, height: number) =>
	bytes(
		[0x89],
		'PNG\r\n',
		[0x1a, 0x0a],
		be32(13),
		'IHDR',
		be32(width),
		be32(height),
		[8, 6, 0, 0, 0],
	);
const jpeg = (width: number, height: number, exif = 0) =>
	bytes(
		[0xff, 0xd8, 0xff, 0xe1],
		be16(exif + 2),
		Array.from({ length: exif }, () => 0xff),
		[0xff, 0xff, 0xc2, 0, 17, 8],
		be16(height),
		be16(width),
		[3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
	);
const webpExtended = (width: number, height: number) =>
	bytes(
		'RIFF',
		[0, 0, 0, 0],
		'WEBPVP8X',
		[10, 0, 0, 0, 0, 0, 0, 0],
		le24(width - 1),
		le24(height - 1),
		[0, 0],
	);
const webpLossless = (width: number, height: number) => {
	const bits = (width - 1) | ((height - 1) << 14);
	return bytes(
		'RIFF',
		[0, 0, 0, 0],
		'WEBPVP8L',
		[0, 0, 0, 0, 0x2f],
		[bits & 255, (bits >>> 8) & 255, (bits >>> 16) & 255, bits >>> 24],
		[0, 0, 0, 0, 0, 0],
	);
};
const webpLossy = (width: number, height: number) =>
	bytes(
		'RIFF',
		[0, 0, 0, 0],
		'WEBPVP8 ',
		[0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a],
		[width & 255, width >> 8, height & 255, height >> 8],
	);

const size = fc.integer({ min: 1, max: 16_000 });

describe('the size of an image', () => {
	it.each([
		['png', png],
		['jpeg', (w: number, h: number) => jpeg(w, h, 300)],
		['webp', webpExtended],
		['webp', webpLossless],
		['webp', webpLossy],
	] as const)('is read from the first bytes of a %s', (format, make) => {
		fc.assert(
			fc.property(size, size, (width, height) => {
				expect(readImageHeader(make(width, height))).toEqual({ format, width, height });
			}),
		);
	});

	it('is not guessed while the header is incomplete', () => {
		for (const file of [png(512, 512), jpeg(512, 512, 5000), webpExtended(512, 512)]) {
			expect(readImageHeader(file.subarray(0, 20))).toBe('more');
		}
	});

	it('is unknown for a GIF, a text and for random bytes, without an exception', () => {
		expect(readImageHeader(bytes('GIF89a', be32(1), be32(1)))).toBe('unknown');
		expect(readImageHeader(bytes('<html>hello</html>'))).toBe('unknown');
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
				expect(() => readImageHeader(noise)).not.toThrow();
				expect(() =>
					readImageHeader(Buffer.concat([jpeg(9, 9).subarray(0, 4), noise])),
				).not.toThrow();
			}),
		);
	});
});

describe('an image that Vidu would refuse', () => {
	it.each([
		[127, 500, '127 × 500 px, but both sides must have at least 128 px'],
		[128, 513, '128 × 513 px, but the aspect ratio must be between 1:4 and 4:1'],
	])('%i × %i px is named with the limit', (width, height, problem) => {
		expect(imageProblem({ format: 'png', width, height }, 1000)).toContain(problem);
	});

	it.each([
		[128, 128],
		[128, 512],
		[2048, 512],
	])('%i × %i px is accepted', (width, height) => {
		expect(imageProblem({ format: 'jpeg', width, height }, 50_000_000)).toBeNull();
	});

	it('is refused above 50 MB and when it is no image', () => {
		expect(imageProblem({ format: 'png', width: 500, height: 500 }, 50_000_001)).toContain('50 MB');
		expect(imageProblem(null, 10)).toContain('PNG, JPEG or WebP');
	});

	it('is found in a data URI as well', () => {
		const uri = (file: Buffer, type = 'png') =>
			`data:image/${type};base64,${file.toString('base64')}`;
		expect(imageReferenceProblem(uri(png(300, 300)))).toBeNull();
		expect(imageReferenceProblem(uri(png(100, 300)))).toContain('100 × 300');
		expect(imageReferenceProblem(uri(png(300, 300), 'gif'))).toContain('data:image/png;base64,');
		expect(imageReferenceProblem(uri(bytes('not an image')))).toContain('is not a PNG');
		expect(imageReferenceProblem('data:image/png;base64,')).toContain('no image data');
	});

	it.each([
		['https://example.com/a.png', null],
		['ssupload:?id=123', null],
		['cat.png', 'is not a URL'],
		['file:///etc/passwd', 'public http or https'],
	])('the reference %s', (reference, problem) => {
		const found = imageReferenceProblem(reference);
		if (problem === null) expect(found).toBeNull();
		else expect(found).toContain(problem);
	});
});

describe('images that make the request too large', () => {
	it('stay inside while all fits', () => {
		expect(chooseUploads([3e6, 4e6], 1000, 20e6, 10e6)).toEqual(new Set());
	});

	it('are uploaded largest first, until the rest fits', () => {
		expect(chooseUploads([2e6, 9e6, 8e6], 1000, 20e6, 10e6)).toEqual(new Set([1]));
	});

	it('cannot be sent when one is too large for either way', () => {
		expect(chooseUploads([16e6], 1000, 20e6, 10e6)).toBeNull();
		expect(chooseUploads([9e6, 9e6], 1000, 20e6, 0)).toBeNull();
	});

	it('never exceed the request, whatever their sizes', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 12e6 }), { maxLength: 7 }), (sizes) => {
				const chosen = chooseUploads(sizes, 5000, 20e6, 10e6);
				if (chosen === null) return;
				const inside = sizes.filter((_, i) => !chosen.has(i)).map(inlineBytes);
				expect(inside.reduce((a, b) => a + b, 5000)).toBeLessThanOrEqual(20e6);
				expect([...chosen].every((i) => (sizes[i] ?? Infinity) <= 10e6)).toBe(true);
			}),
		);
	});

	it('are spoken of in megabytes', () => {
		expect([megabytes(50_000_000), megabytes(1_250_000), megabytes(40_000)]).toEqual([
			'50 MB',
			'1.3 MB',
			'0.04 MB',
		]);
	});
});

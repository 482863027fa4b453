import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { mp4Problem } from '../../nodes/Vidu/tasks/deliver/fileTypes.ts';

const folder = fileURLToPath(new URL('../../sandbox/assets/', import.meta.url));
const clips = readdirSync(folder)
	.filter((name) => name.endsWith('.mp4'))
	.map((name) => ({ name, bytes: readFileSync(folder + name) }));

/** As a download looks at its file: only the first 64 kB are in hand. */
const problem = (bytes: Buffer, size = bytes.length) => mp4Problem(bytes.subarray(0, 65_536), size);

/** A box of ISO/IEC 14496-12 with a 32-bit length. */
function box(type: string, content = Buffer.alloc(8)): Buffer {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(8 + content.length, 0);
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, content]);
}

describe('whether an MP4 is whole', () => {
	test.each(clips)('$name is', ({ bytes }) => {
		expect(problem(bytes)).toBeNull();
	});

	test('a clip that broke off anywhere within a box is noticed, whatever length was announced', () => {
		fc.assert(
			fc.property(fc.nat({ max: clips.length - 1 }), fc.nat(), (which, cut) => {
				const bytes = clips[which]?.bytes ?? Buffer.alloc(1);
				const length = cut % bytes.length;
				if (looksWhole(bytes, length)) return;
				expect(problem(bytes.subarray(0, length))).not.toBeNull();
			}),
			{ numRuns: 300 },
		);
	});

	test('so is one that broke off where a box ends, while its pictures or their places are missing', () => {
		for (const { bytes } of clips) {
			const [ftyp = 0, ...later] = ends(bytes);
			const cut = [ftyp, ...later].filter((end) => !looksWhole(bytes, end) && end < bytes.length);
			expect(cut.length).toBeGreaterThan(1);
			for (const end of cut) expect(problem(bytes.subarray(0, end))).toBe('it is truncated');
		}
	});

	test('one byte short is noticed for every clip', () => {
		for (const { bytes } of clips) expect(problem(bytes.subarray(0, -1))).toBe('it is truncated');
	});

	test('what is no MP4 is named so', () => {
		const texts = ['', '{"error":"expired"}', '<html><body>Not found</body></html>', '    ftypiso'];
		for (const text of texts) expect(problem(Buffer.from(text))).toBe('it is not an MP4 file');
	});

	test('a box of 64-bit length is read, and one that says less than its own head is damage', () => {
		const large = Buffer.alloc(24);
		large.writeUInt32BE(1, 0);
		large.write('mdat', 4, 'latin1');
		large.writeBigUInt64BE(24n, 8);
		const whole = Buffer.concat([box('ftyp'), box('moov'), large]);
		expect(problem(whole)).toBeNull();
		expect(problem(whole.subarray(0, -1), whole.length - 1)).toBe('it is truncated');
		const damaged = Buffer.concat([box('ftyp'), Buffer.from([0, 0, 0, 4]), Buffer.alloc(12)]);
		expect(problem(damaged)).toBe('it is damaged');
	});

	test('what lies behind the bytes in hand is not judged, and what should lie in them is missed', () => {
		const [ftyp, mdat] = [box('ftyp'), box('mdat', Buffer.alloc(100))];
		const head = Buffer.concat([ftyp, mdat]);
		expect(mp4Problem(head, head.length + 50)).toBeNull();
		expect(mp4Problem(head, head.length)).toBe('it is truncated');
		const wide = Buffer.from('000000016d6f6f76', 'hex');
		expect(mp4Problem(Buffer.concat([head, wide]), head.length + 8)).toBe('it is truncated');
		expect(mp4Problem(Buffer.concat([head, wide]), head.length + 20)).toBeNull();
	});

	test('a box is judged if its head just lies within the bytes in hand', () => {
		expect(problem(box('ftyp', Buffer.alloc(4)))).toBe('it is truncated');
		for (const mdat of ['0000003a6d646174', '000000016d6461740000000000000042']) {
			const hand = Buffer.concat([box('ftyp'), Buffer.from(mdat, 'hex')]);
			// The mdat ends with the file, which has no moov.
			expect(mp4Problem(hand, hand.length + 50)).toBe('it is truncated');
		}
	});

	test('a last box of open length ends the file wherever it ends', () => {
		const open = Buffer.concat([Buffer.alloc(4), Buffer.from('mdat'), Buffer.alloc(50)]);
		expect(problem(Buffer.concat([box('ftyp'), open]))).toBeNull();
	});
});

/** The places where a box ends. */
function ends(bytes: Buffer): number[] {
	const found: number[] = [];
	for (let at = 0; at < bytes.length; found.push(at)) at += bytes.readUInt32BE(at);
	return found;
}

/** Whether what is lost at this place is nothing that a film needs. */
function looksWhole(bytes: Buffer, length: number): boolean {
	const boxes = [0, ...ends(bytes)];
	const before = boxes.slice(0, Math.max(0, boxes.indexOf(length)));
	const types = before.map((at) => bytes.toString('latin1', at + 4, at + 8));
	return types.includes('moov') && types.includes('mdat');
}

/** Changes to MP4s that no muxer writes for the asking. */
import { box, fullBox, ints, longs } from '../../../nodes/Vidu/media/join/boxes.ts';
import { innerBoxes } from '../../../nodes/Vidu/media/mp4.ts';

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts'];

/** Rewrites every box for which `change` returns another one; the others are as they were. */
function rewritten(
	bytes: Buffer,
	change: (type: string, content: Buffer) => Buffer | null,
): Buffer {
	return Buffer.concat(
		[...innerBoxes(bytes)].map(({ type, content, whole }) => {
			const inner = CONTAINERS.includes(type) ? rewritten(content, change) : content;
			const other = change(type, inner);
			if (other !== null) return other;
			return inner === content ? whole : box(type, inner);
		}),
	);
}

/** With other bytes in the boxes of a type, which keep their length. */
export function rebuilt(bytes: Buffer, type: string, change: (content: Buffer) => void): Buffer {
	return rewritten(bytes, (each, content) => {
		if (each !== type) return null;
		const changed = Buffer.from(content);
		change(changed);
		return box(type, changed);
	});
}

/** The first box of a type, however deep. */
export function boxAt(bytes: Buffer, type: string): Buffer {
	const at = bytes.indexOf(type, 0, 'latin1') - 4;
	return bytes.subarray(at, at + bytes.readUInt32BE(at));
}

/** The same file with boxes and places of 64 bits. */
export function wide(bytes: Buffer): Buffer {
	const indexFirst = bytes.indexOf('moov', 0, 'latin1') < bytes.indexOf('mdat', 0, 'latin1');
	const replaced = (shift: number) =>
		rewritten(bytes, (type, content) => {
			if (type === 'mdat')
				return Buffer.concat([ints([1]), Buffer.from(type), longs([content.length + 16]), content]);
			if (type !== 'stco') return null;
			const places = Array.from(
				{ length: content.readUInt32BE(4) },
				(_, index) => shift + content.readUInt32BE(8 + 4 * index),
			);
			return fullBox('co64', [0, 0], ints([places.length]), longs(places));
		});
	const dataAt = (file: Buffer) => file.indexOf('mdat', 0, 'latin1');
	// The head of the data has 8 bytes more, and the index before it is longer.
	return replaced(8 + (indexFirst ? dataAt(replaced(0)) - dataAt(bytes) : 0));
}

/** With another edit list of the track of this type; `from` is null for a pause. Times in seconds. */
export function edited(
	bytes: Buffer,
	track: 'vide' | 'soun',
	edits: ReadonlyArray<{ readonly length: number; readonly from: number | null }>,
): Buffer {
	const movie = boxAt(bytes, 'mvhd').readUInt32BE(20);
	const withList = rewritten(bytes, (type, content) => {
		if (type !== 'trak' || content.indexOf(track, 0, 'latin1') < 0) return null;
		const media = boxAt(content, 'mdhd').readUInt32BE(20);
		const list = edits.flatMap(({ length, from }) => [
			Math.round(length * movie),
			from === null ? 0xffff_ffff : Math.round(from * media),
			0x10000,
		]);
		const edit = box('edts', fullBox('elst', [0, 0], ints([edits.length, ...list])));
		const others = [...innerBoxes(content)].filter(({ type: each }) => each !== 'edts');
		return box('trak', ...others.map(({ whole }) => whole), edit);
	});
	return moved(withList, withList.length - bytes.length);
}

/** With the description of sound that QuickTime writes: longer, and one box deeper. */
export function quickTime(bytes: Buffer): Buffer {
	const other = rewritten(bytes, (type, content) => {
		if (type !== 'stsd' || content.indexOf('mp4a', 0, 'latin1') < 0) return null;
		const head = Buffer.from(content.subarray(16, 44));
		head.writeUInt16BE(1, 8);
		const deeper = box('wave', content.subarray(44));
		return box(type, content.subarray(0, 8), box('mp4a', head, Buffer.alloc(16), deeper));
	});
	return moved(other, other.length - bytes.length);
}

/** With the places of samples behind an index that has grown. */
function moved(bytes: Buffer, by: number): Buffer {
	return rebuilt(bytes, 'stco', (content) => {
		for (let at = 8; at < content.length; at += 4)
			content.writeUInt32BE(content.readUInt32BE(at) + by, at);
	});
}

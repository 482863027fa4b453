/** Writes boxes of MP4 files (ISO/IEC 14496-12). Pure. */

/** A box of this type around `content`. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
	const head = Buffer.alloc(8);
	head.write(type, 4, 'latin1');
	const whole = Buffer.concat([head, ...content]);
	whole.writeUInt32BE(whole.length, 0);
	return whole;
}

/** A box with a version and flags. */
export function fullBox(
	type: string,
	[version, flags]: readonly [number, number],
	...content: readonly Buffer[]
): Buffer {
	return box(type, ints([version * 2 ** 24 + flags]), ...content);
}

/** Numbers of four bytes. */
export function ints(numbers: readonly number[]): Buffer {
	const bytes = Buffer.alloc(4 * numbers.length);
	for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
	return bytes;
}

/** Numbers of eight bytes. */
export function longs(numbers: readonly number[]): Buffer {
	const bytes = Buffer.alloc(8 * numbers.length);
	for (const [index, number] of numbers.entries())
		bytes.writeBigUInt64BE(BigInt(number), 8 * index);
	return bytes;
}

/** Whether these numbers need eight bytes. */
export function areLong(...numbers: readonly number[]): boolean {
	return numbers.some((number) => number > 0xffff_ffff);
}

/** A list with the number of its entries in front. */
export function list(entries: readonly number[], perEntry = 1): Buffer {
	return ints([entries.length / perEntry, ...entries]);
}

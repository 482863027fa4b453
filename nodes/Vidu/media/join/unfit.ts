/** Reads numbers from files that others made, within their bounds. Pure. */

/** A clip that cannot be joined; the message is the end of a sentence that begins with the clip. */
export class Unfit extends Error {}

/** An index that says more than it has, or two things at once. */
export const damaged = (what: string) => new Unfit(`is damaged: ${what}`);

/** A number of one to four bytes. */
export function uint(bytes: Buffer, at: number, size = 4): number {
	if (at + size > bytes.length) throw damaged('a part of its index is too short');
	return bytes.readUIntBE(at, size);
}

/** A signed number of four bytes. */
export function int(bytes: Buffer, at: number): number {
	return uint(bytes, at) | 0;
}

/** A number of eight bytes, or of four. */
export function time(bytes: Buffer, at: number, wide: boolean): number {
	if (!wide) return uint(bytes, at);
	const value = uint(bytes, at) * 2 ** 32 + uint(bytes, at + 4);
	if (!Number.isSafeInteger(value)) throw damaged('a number in its index is too large');
	return value;
}

/** The bytes at a place. */
export function slice(bytes: Buffer, at: number, size: number): Buffer {
	if (at + size > bytes.length) throw damaged('a part of its index is too short');
	return bytes.subarray(at, at + size);
}

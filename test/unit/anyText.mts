import fc from 'fast-check';

const isHalf = (code: number) => code >= 0xd800 && code <= 0xdfff;
const character = fc
	.nat(0x10ffff)
	.filter((code) => !isHalf(code))
	.map((code) => String.fromCodePoint(code));

/** Texts of any characters, as `unit: 'binary'`, which first spends a second on a table of all of them. */
export const anyText = fc.string({ unit: character });

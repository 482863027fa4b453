/** How bodies are read: no digit of an id is lost, no number is broken, and no body costs more than its length. */
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { parseBody } from '../../nodes/Vidu/providers/read.ts';
import { anyText } from './anyText.mts';
import { expectLinearWork } from './growth.mts';

/** What JSON.parse gives, but for whole numbers of 16 or more digits, which become strings. */
function expected(value: unknown): unknown {
	if (typeof value === 'number') {
		const digits = JSON.stringify(value);
		return /^-?\d{16,}$/.test(digits) ? digits : value;
	}
	if (Array.isArray(value)) return value.map(expected);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expected(each)]));
}

const anyNumber = fc.oneof(
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.double({ min: 0, max: 1, noNaN: true }),
	fc.integer(),
	fc.maxSafeInteger(),
	fc.float({ noNaN: true, noDefaultInfinity: true }),
);
const tricky = fc.oneof(
	anyText,
	fc.string({ unit: fc.constantFrom('"', '\\', '1', '1234567890123456', '{', ':', ' ', 'é') }),
);
const { document } = fc.letrec((tie) => ({
	document: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		anyNumber,
		tricky,
		fc.constantFrom(null, true, false),
		fc.array(tie('document'), { maxLength: 5 }),
		fc.dictionary(tricky, tie('document'), { maxKeys: 5 }),
	),
}));

describe('a body', () => {
	it('is read as JSON.parse reads it, floats included, but for whole numbers of 16 or more digits', () => {
		fc.assert(
			fc.property(document, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
				const json = JSON.stringify(value, null, indent);
				const wanted = expected(JSON.parse(json));
				// jest's own comparison takes a minute for all of them.
				if (!isDeepStrictEqual(parseBody(json), wanted)) expect(parseBody(json)).toEqual(wanted);
			}),
			{ numRuns: 1000 },
		);
	});

	it.each([
		['{"progress":0.3333333333333333}', { progress: 0.3333333333333333 }],
		['{"duration":3.0416666666666665}', { duration: 3.0416666666666665 }],
		['[1.2345678901234567e-7,12345678901234567e2]', [1.2345678901234567e-7, 12345678901234567e2]],
		['[-911084878697623553,911084878697623553]', ['-911084878697623553', '911084878697623553']],
		['[999999999999999,1234567890123456]', [999999999999999, '1234567890123456']],
		['911084878697623553', '911084878697623553'],
		[
			'{"1234567890123456":"a\\\\","b":1234567890123456}',
			{ 1234567890123456: 'a\\', b: '1234567890123456' },
		],
	])('%s keeps every digit and every fraction', (json, value) => {
		expect(parseBody(json)).toEqual(value);
	});

	it.each([
		'{1234567890123456:1}',
		'[0001234567890123456]',
		'{"id":1234567890123456',
		'[1234567890123456,]',
		'<html>',
		'',
	])('that is no JSON stays text, also where an id in it would be quoted: %s', (body) => {
		expect(parseBody(body)).toBe(body);
	});

	it('is text exactly where JSON.parse refuses it, however it was damaged', () => {
		fc.assert(
			fc.property(
				document,
				fc.nat(),
				fc.constantFrom('', '"', '\\', '}', '9', '-', 'e'),
				(value, at, put) => {
					const json = JSON.stringify(value);
					const cut = at % (json.length + 1);
					const damaged = json.slice(0, cut) + put + json.slice(cut + 1);
					let valid = true;
					try {
						JSON.parse(damaged);
					} catch {
						valid = false;
					}
					// An id alone is read as its own text.
					if (!/^\s*-?\d{16,}\s*$/.test(damaged))
						expect(parseBody(damaged) !== damaged).toBe(valid);
				},
			),
			{ numRuns: 400 },
		);
	});

	it('with a text of 20 MB is read', () => {
		const long = `${'a1'.repeat(48)}"\\ü9`.repeat(200_000);
		const read = parseBody(`{"id":911084878697623553,"x":${JSON.stringify(long)}}`) as {
			id: string;
			x: string;
		};
		expect(read.id).toBe('911084878697623553');
		expect(read.x === long).toBe(true);
	});
});

it('a body that nests without end is no answer, and what nests as far as n8n can store is read', () => {
	const nested = (depth: number) => '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2);
	expect(parseBody(nested(500))).toEqual(JSON.parse(nested(500)));
	expect(parseBody(nested(502))).toBe(nested(502));
	expect(parseBody('['.repeat(1e6) + ']'.repeat(1e6))).toHaveLength(2e6);
});

/** Bodies that provoke a reader, by their size in characters. */
const HOSTILE: ReadonlyArray<readonly [what: string, body: (size: number) => string]> = [
	['an unterminated string', (size) => `"${'a'.repeat(size)}`],
	['unterminated strings', (size) => '"a":"'.repeat(size / 5)],
	['backslashes without end', (size) => `"${'\\'.repeat(size)}`],
	['escaped backslashes in a string', (size) => `"${'\\'.repeat(size)}"`],
	['escaped quotes in a string', (size) => `"${'\\"'.repeat(size / 2)}"`],
	['digits', (size) => '1'.repeat(size)],
	['digits and a letter', (size) => `${'1'.repeat(size)}x`],
	['digits behind a point', (size) => `0.${'3'.repeat(size)}`],
	['long ids', (size) => `[${'1234567890123456,'.repeat(size / 17)}1]`],
	['long ids apart', (size) => `[${`1234567890123456${' '.repeat(1000)},`.repeat(size / 1017)}1]`],
	['a long id before spaces', (size) => `[1234567890123456${' '.repeat(size)}]`],
	['almost long ids', (size) => `[${'123456789012345,'.repeat(size / 16)}1]`],
	['signs', (size) => '-'.repeat(size)],
	['exponents', (size) => `1${'e'.repeat(size)}`],
	['brackets', (size) => '['.repeat(size)],
	['closed brackets', (size) => '['.repeat(size / 2) + ']'.repeat(size / 2)],
	['flat brackets', (size) => `[${'[],'.repeat(size / 3)}1]`],
	['braces', (size) => '{"a":'.repeat(size / 5)],
	['spaces', (size) => ' '.repeat(size)],
];

describe('a hostile body', () => {
	it.each(HOSTILE)('of %s takes no more work than its length, and can have 2 MB', (_, body) => {
		expect(() => parseBody(body(2_000_000))).not.toThrow();
		expectLinearWork(parseBody, body);
	});
});

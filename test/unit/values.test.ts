import fc from 'fast-check';
import { expectLinearWork } from './growth.mts';
import * as read from '../../nodes/Vidu/tasks/context/parameters';

/** Anything that an expression can leave, JSON or not. */
const anything = fc.oneof(
	fc.jsonValue(),
	fc.anything(),
	fc.constantFrom<unknown>(
		...['5', ' 5 ', '-0.5', '5,5', '5 s', '0x10', '1e3', '٣', 'yes', 'ON', 'wahr', '[]', '["a"]'],
		...['{{ $json.x }}', 'a {{ name }} b', '{{ }}', '[{"a":1}]', '[911084878697623552]', ' '],
		...[NaN, Infinity, 2 ** 53, 911084878697623552, [], [[]], {}, [{}], true, new Date(0)],
	),
);

/** What a reader gives, or the sentence with which it refuses. */
function outcome<T>(reader: () => T): { value: T } | { refused: string } {
	try {
		return { value: reader() };
	} catch (error) {
		const { message, description } = error as Error & { description?: string };
		expect(description).toBe('Nothing was sent, and nothing was charged.');
		return { refused: message };
	}
}

/** Either understood as `understood` says, or refused by the name of the field. */
function always<T>(reader: (value: unknown, label: string) => T, understood: Understood<T>) {
	fc.assert(
		fc.property(anything, (given) => {
			const got = outcome(() => reader(given, 'Field'));
			if ('refused' in got) expect(got.refused).toMatch(/^"Field" /);
			else understood(given, got.value);
			expect(JSON.stringify(got) ?? '').not.toContain('[object ');
		}),
		{ numRuns: 500 },
	);
}
type Understood<T> = (given: unknown, value: T) => void;

const isNothing = (given: unknown) =>
	given === undefined || given === null || (typeof given === 'string' && given.trim() === '');
const same = (given: unknown) => (given instanceof Date ? given.toJSON() : String(given));

describe('whatever an expression leaves in a field is understood exactly, or refused by its name', () => {
	it('in a text field', () => {
		always(read.textOf, (given, value) => {
			if (isNothing(given)) expect(value).toBeUndefined();
			else expect(value).toBe(same(given).trim());
		});
	});

	it('in a number field', () => {
		always(read.numberOf, (given, value) => {
			if (isNothing(given)) expect(value).toBeUndefined();
			else {
				expect(['number', 'string']).toContain(typeof given);
				expect(String(given)).toMatch(/^[-+\d.e\s]+$/);
				expect(Number.isFinite(value)).toBe(true);
				expect(value).toBe(Number(given));
			}
		});
	});

	it('in a switch', () => {
		always(read.booleanOf, (given, value) => {
			if (isNothing(given)) expect(value).toBeUndefined();
			else
				expect(String(given).trim()).toMatch(value ? /^(true|yes|on|1)$/i : /^(false|no|off|0)$/i);
		});
	});

	it('in a list of texts', () => {
		always(read.textsOf, (given, value) => {
			for (const text of value) expect(text).toBe(text.trim());
			if (typeof given === 'string' && !given.trim().startsWith('['))
				expect(value).toEqual(isNothing(given) ? [] : [given.trim()]);
			if (Array.isArray(given) && given.every((one) => typeof one === 'number'))
				expect(value).toEqual(given.map(String));
		});
	});

	it('in a text that travels as it is', () => {
		always(read.verbatimOf, (given, value) => {
			if (given === '' || given === undefined || given === null) expect(value).toBeUndefined();
			else if (typeof given !== 'object') expect(value).toBe(same(given));
			else if (value !== undefined && !(given instanceof Date)) {
				expect(value).toBe(JSON.stringify(given));
			}
		});
	});
});

describe('yes or no', () => {
	it.each([
		[true, [true, 1, 'true', 'TRUE', 'yes', 'Yes', 'on', 'ON', ' on ', '1']],
		[false, [false, 0, 'false', 'False', 'no', 'NO', 'off', 'Off', '0']],
		[undefined, [undefined, null, '', '  ']],
	])('is %s for each of %j', (meant, values) => {
		for (const value of values) expect(read.booleanOf(value, 'Audio')).toBe(meant);
	});

	it.each([
		['wahr', '"Audio" is "wahr", but must be yes or no (true, false, on, off, 1, 0)'],
		[2, '"Audio" is 2, but'],
		[[], '"Audio" is a list, but'],
		[{}, '"Audio" is an object, but'],
		['y', '"Audio" is "y", but'],
	])('is not guessed from %j', (value, says) => {
		expect(() => read.booleanOf(value, 'Audio')).toThrow(says);
	});
});

describe('a number', () => {
	it.each([
		[5, 5],
		['5', 5],
		[' 5.50 ', 5.5],
		['-12', -12],
		['+3', 3],
		['', undefined],
		[null, undefined],
	])('%j is %j', (value, meant) => {
		expect(read.numberOf(value, 'Duration')).toBe(meant);
	});

	it.each([['5 s'], ['5,5'], ['1.000,5'], ['0x10'], ['1e3'], ['.'], ['٣'], [true], [[]], [[5]]])(
		'%j is none',
		(value) => {
			expect(() => read.numberOf(value, 'Duration', ' of key frame 2')).toThrow(
				/^"Duration" of key frame 2 is .*, but must be a plain number, such as 5 or 2\.5$/,
			);
		},
	);
	it.each([[Infinity], [NaN], [{}]])('%p is none', (value) => {
		expect(() => read.numberOf(value, 'Duration')).toThrow('must be a plain number');
	});
});

describe('a text', () => {
	it.each([
		['an object', { a: 1 }, '"Prompt" contains an object, but must be text'],
		['a list', ['a cat'], '"Prompt" contains a list, but must be text'],
		['a long id', 911084878697623552, 'pass it as text'],
		['no number', NaN, '"Prompt" is NaN, but must be text'],
		[
			'an expression',
			'A {{ $json.animal }} runs',
			'"Prompt" contains {{ $json.animal }} as plain text: switch the field to Expression',
		],
		['a placeholder', '{{name}} runs', 'contains {{name}} as plain text'],
		['the second of two braces', '{{ 1 }} {{ $now }}', 'contains {{ $now }} as plain text'],
	])('is not %s', (_, value, says) => {
		expect(() => read.textOf(value, 'Prompt')).toThrow(says);
	});

	it.each([['a {{ }} b'], ['{{ 12 }}'], ['{{ open'], ['closed }}'], ['{ $a }'], ['}} {{ $a']])(
		'may be %j',
		(value) => {
			expect(read.textOf(value, 'Prompt')).toBe(value);
		},
	);

	it('is a date in the form of JSON', () => {
		expect(read.textOf(new Date(0), 'Created After')).toBe('1970-01-01T00:00:00.000Z');
	});

	it.each(['{{', '}}'])('of a million %s takes no more work than its length', (braces) => {
		const textOf = (size: number) => braces.repeat(size);
		expect(read.textOf(textOf(1e6), 'Prompt')).toBe(textOf(1e6));
		expectLinearWork((text) => read.textOf(text, 'Prompt'), textOf);
	});
});

describe('a list of texts', () => {
	it('comes from a list, a JSON list, one text, or a list with lists', () => {
		for (const given of [['a', 'b'], '["a", "b"]', ['["a"]', 'b'], [['a'], ['', 'b']]]) {
			expect(read.textsOf(given, 'Image URLs')).toEqual(['a', 'b']);
		}
		expect(read.namesOf('a, b,', 'Input Data Field Names')).toEqual(['a', 'b']);
	});

	it.each([[[{ url: 'a' }]], [{ url: 'a' }], ['[{"url":"a"}]'], [['a', ['b', {}]]]])(
		'has no objects: %j',
		(given) => {
			expect(() => read.textsOf(given, 'Image URLs')).toThrow(
				'"Image URLs" contains an object, but must be text',
			);
		},
	);

	it('keeps the ids of tasks, and refuses those whose digits are lost', () => {
		expect(read.namesOf([12, '911084878697623552'], 'Task ID')).toEqual([
			'12',
			'911084878697623552',
		]);
		expect(read.namesOf('[12, 911084878697623552]', 'Task ID')).toEqual([
			'12',
			'911084878697623552',
		]);
		for (const given of [911084878697623552, [911084878697623552]]) {
			expect(() => read.namesOf(given, 'Task ID')).toThrow(
				'"Task ID" is a number above 9007199254740991, which JSON has rounded: pass it as text',
			);
		}
	});
});

describe('a payload', () => {
	it.each([
		['  order 17 \n', '  order 17 \n'],
		[' ', ' '],
		['{{ mine }}', '{{ mine }}'],
		[{ row: 17 }, '{"row":17}'],
		[[1, 'a'], '[1,"a"]'],
		[17, '17'],
		[false, 'false'],
		['', undefined],
		[undefined, undefined],
	])('%j travels as %j', (given, text) => {
		expect(read.verbatimOf(given, 'Payload')).toBe(text);
	});
});

describe('rows and options', () => {
	it('are objects, or refused', () => {
		expect(read.recordsOf(undefined, 'Subjects')).toEqual([]);
		expect(read.recordsOf({ name: 'cat' }, 'Subjects')).toEqual([{ name: 'cat' }]);
		expect(read.collectionOf(undefined, 'Options')).toEqual({});
		for (const given of [['cat'], [null], [[]], 'cat']) {
			expect(() => read.recordsOf(given, 'Subjects')).toThrow(/^"Subjects" contains /);
			expect(() => read.collectionOf(given, 'Options')).toThrow(/^"Options" contains /);
		}
	});

	it('a choice is one of those offered', () => {
		expect(read.choiceOf('leave', 'On Stop', ['leave', 'cancel'])).toBe('leave');
		expect(() => read.choiceOf('stop', 'On Stop', ['leave', 'cancel'])).toThrow(
			'"On Stop" is "stop", but must be one of leave, cancel',
		);
	});
});

import { readCallback } from '../../nodes/Vidu/callbacks/body';
import { seenIn, type Marks } from '../../nodes/Vidu/callbacks/nonces';
import { PROVIDERS, findProvider } from '../../nodes/Vidu/providers';
import type { Provider } from '../../nodes/Vidu/providers/types';

describe('what was seen', () => {
	const day = 24 * 3600 * 1000;

	it('is known until it is too old', () => {
		const marks: Marks = new Map();
		seenIn(marks, 0, day).add('a', 'b');
		expect(seenIn(marks, day - 1, day).has('a')).toBe(true);
		expect(seenIn(marks, day, day).has('a')).toBe(false);
		expect(seenIn(marks, 0, day).has('c')).toBe(false);
		seenIn(marks, day, day).add('c');
		expect([...marks.keys()]).toEqual(['c']);
	});

	it('can be forgotten', () => {
		const seen = seenIn(new Map(), 0, day);
		seen.add('a', 'b');
		seen.forget('a');
		expect([seen.has('a'), seen.has('b')]).toEqual([false, true]);
	});

	it('never grows beyond a bound, and the newest stay', () => {
		const marks: Marks = new Map();
		for (let i = 0; i < 2000; i++) seenIn(marks, i, day).add(`${i}`);
		expect(marks.size).toBe(500);
		const seen = seenIn(marks, 2000, day);
		expect([seen.has('1500'), seen.has('1999'), seen.has('1499')]).toEqual([true, true, false]);
	});

	it('stays longer when it is seen again', () => {
		const marks: Marks = new Map();
		seenIn(marks, 0, day).add('a', 'b');
		seenIn(marks, day / 2, day).add('a');
		expect([...marks.keys()]).toEqual(['b', 'a']);
	});
});

describe('the body of a callback', () => {
	const vidu = findProvider('vidu') as Provider;

	it.each([
		[{ id: '7', state: 'success', creations: [{ url: 'https://a/b.mp4' }] }, '7', 'succeeded'],
		[{ task_id: '7', status: 'processing' }, '7', 'processing'],
		[{ id: '7', state: 'failed', err_code: 'AuditFailed' }, '7', 'failed'],
		[
			{ state: 'success', err_code: '', creations: [{ id: 'c', url: 'https://a' }] },
			'',
			'succeeded',
		],
	])('%j is read', (body, taskId, state) => {
		expect(readCallback(vidu, body)).toMatchObject({ taskId, state, raw: body });
	});

	it.each([[null], ['text'], [[]], [{}], [{ id: '7' }], [7], [{ state: '' }]])(
		'%j is none',
		(body) => {
			expect(readCallback(vidu, body)).toBeNull();
		},
	);

	it('is none for any provider when it is no object', () => {
		for (const provider of PROVIDERS) expect(readCallback(provider, 'x')).toBeNull();
	});
});

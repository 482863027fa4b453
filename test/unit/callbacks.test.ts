import type { IDataObject } from 'n8n-workflow';
import { readCallback } from '../../nodes/Vidu/callbacks/body';
import { seenIn } from '../../nodes/Vidu/callbacks/nonces';
import { PROVIDERS, findProvider } from '../../nodes/Vidu/providers';
import type { Provider } from '../../nodes/Vidu/providers/types';

describe('what was seen', () => {
	const day = 24 * 3600 * 1000;

	it('is known until it is too old', () => {
		const store: IDataObject = {};
		seenIn(store, 'nonces', 0, day).add('a', 'b');
		expect(seenIn(store, 'nonces', day - 1, day).has('a')).toBe(true);
		expect(seenIn(store, 'nonces', day, day).has('a')).toBe(false);
		expect(seenIn(store, 'nonces', 0, day).has('c')).toBe(false);
	});

	it('can be forgotten', () => {
		const seen = seenIn({}, 'nonces', 0, day);
		seen.add('a', 'b');
		seen.forget('a');
		expect([seen.has('a'), seen.has('b')]).toEqual([false, true]);
	});

	it('never grows beyond a bound, and the newest stay', () => {
		const store: IDataObject = {};
		for (let i = 0; i < 2000; i++) seenIn(store, 'nonces', i, day).add(`${i}`);
		expect(Object.keys(store.nonces as IDataObject).length).toBe(500);
		const seen = seenIn(store, 'nonces', 2000, day);
		expect([seen.has('1500'), seen.has('1999'), seen.has('1499')]).toEqual([true, true, false]);
	});

	it('survives being written as JSON, whatever the marks are called', () => {
		const store: IDataObject = {};
		seenIn(store, 'nonces', 5, day).add('__proto__', '955117325476716544');
		const saved = JSON.parse(JSON.stringify(store)) as IDataObject;
		const seen = seenIn(saved, 'nonces', 6, day);
		expect([seen.has('__proto__'), seen.has('955117325476716544')]).toEqual([true, true]);
		expect([seen.has('constructor'), seen.has('toString')]).toEqual([false, false]);
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

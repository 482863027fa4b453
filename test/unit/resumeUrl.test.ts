import fc from 'fast-check';
import { callbackUrl, readMark, unreachable } from '../../nodes/Vidu/callbacks/resumeUrl';

const RESUME = 'https://n8n.example.com/webhook-waiting/42?signature=ab12';

const marks = fc.record({
	run: fc.nat({ max: 999_999_999 }),
	item: fc.nat({ max: 999_999_999 }),
	key: fc.stringMatching(/^[0-9a-f]{24}$/),
});

describe('the address of a suspended node', () => {
	test('stands under the execution, with its token and the mark of the item', () => {
		expect(callbackUrl(RESUME, 'node-1', { run: 0, item: 2, key: 'k' })).toBe(
			'https://n8n.example.com/webhook-waiting/42/node-1?signature=ab12&item=0.2.k',
		);
	});

	test('works where n8n gives no token', () => {
		const url = callbackUrl('https://n8n.example.com/webhook-waiting/42', 'n', {
			run: 0,
			item: 0,
			key: 'k',
		});
		expect(url).toBe('https://n8n.example.com/webhook-waiting/42/n?item=0.0.k');
	});

	test('gives back run, item and key, and keeps the token, whatever the node id', () => {
		fc.assert(
			fc.property(marks, fc.string({ minLength: 1 }), (mark, id) => {
				const { searchParams, pathname } = new URL(callbackUrl(RESUME, id, mark));
				expect(readMark(searchParams.get('item'))).toEqual(mark);
				expect(searchParams.get('signature')).toBe('ab12');
				expect(pathname.startsWith('/webhook-waiting/42/')).toBe(true);
			}),
		);
	});

	test('anything else is no mark', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				fc.pre(typeof value !== 'string' || !/^\d+\.\d+\./.test(value));
				expect(readMark(value)).toBeNull();
			}),
		);
	});
});

describe('whether a provider can reach n8n', () => {
	test.each([
		'https://n8n.example.com/webhook-waiting/1',
		'https://n8n.example.com:5678/prefix/webhook-waiting/1',
		'https://8.8.8.8/webhook-waiting/1',
		'https://[2001:db8::1]/webhook-waiting/1',
	])('%s may be reached', (url) => {
		expect(unreachable(url)).toBeNull();
	});

	test.each([
		['http://localhost:5678/webhook-waiting/1', 'machine of n8n'],
		['https://127.0.0.1/webhook-waiting/1', 'machine of n8n'],
		['https://[::1]/webhook-waiting/1', 'machine of n8n'],
		['https://10.1.2.3/webhook-waiting/1', 'private network'],
		['https://192.168.0.7:5678/webhook-waiting/1', 'private network'],
		['https://172.20.0.2/webhook-waiting/1', 'private network'],
		['https://n8n:5678/webhook-waiting/1', 'private network'],
		['https://n8n.local/webhook-waiting/1', 'private network'],
		['https://[fd00::1]/webhook-waiting/1', 'private network'],
		['http://n8n.example.com/webhook-waiting/1', 'not https'],
		['n8n.example.com', 'not a URL'],
	])('%s cannot: %s', (url, reason) => {
		expect(unreachable(url)).toContain(reason);
	});
});

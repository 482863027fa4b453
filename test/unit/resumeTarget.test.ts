import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { callbackUrl, readMark, targetOf } from '../../nodes/Vidu/tasks/suspend/resumeTarget';

const PUBLIC = 'https://n8n.example.com/webhook-waiting/42?signature=ab12';
const DIGITS = '0123456789abcdef01234567';
const RESUME = { resumeUrl: PUBLIC, key: DIGITS };
const PROVIDER = 'https://api.vidu.com';

const marks = fc.record({
	run: fc.nat({ max: 999_999_999 }),
	item: fc.nat({ max: 999_999_999 }),
	key: fc.stringMatching(/^[0-9a-f]{24}$/),
});

describe('the address of a suspended node', () => {
	test('stands under the execution, with its token and the mark of the item', () => {
		expect(callbackUrl(RESUME, 'node-1', { run: 0, item: 2 })).toBe(
			`https://n8n.example.com/webhook-waiting/42/node-1?signature=ab12&item=0.2.${DIGITS}`,
		);
	});

	test('works where n8n gives no token', () => {
		const resumeUrl = 'https://n8n.example.com/webhook-waiting/42';
		const url = callbackUrl({ resumeUrl, key: DIGITS }, 'n', { run: 0, item: 0 });
		expect(url).toBe(`https://n8n.example.com/webhook-waiting/42/n?item=0.0.${DIGITS}`);
	});

	test('gives back run, item and key, and keeps the token, whatever the node id', () => {
		fc.assert(
			fc.property(marks, fc.string({ minLength: 1 }), (mark, id) => {
				const target = { ...RESUME, key: mark.key };
				const { searchParams, pathname } = new URL(callbackUrl(target, id, mark));
				expect(readMark(searchParams.get('item'))).toEqual(mark);
				expect(searchParams.get('signature')).toBe('ab12');
				expect(pathname.startsWith('/webhook-waiting/42/')).toBe(true);
			}),
		);
	});

	test('anything else is no mark', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				const mark = readMark(value);
				if (mark !== null) expect(`${mark.run}.${mark.item}.${mark.key}`).toBe(value);
			}),
		);
	});
});

describe('where a node is rung', () => {
	/** A node whose execution n8n says to be resumed at `resumeUrl`. */
	function contextOf(resumeUrl: string, kept: Record<string, unknown> = {}) {
		return {
			evaluateExpression: (expression: string) =>
				expression === '{{ $execution.resumeUrl }}' ? resumeUrl : undefined,
			getContext: () => kept,
		} as unknown as IExecuteFunctions;
	}

	test('is the execution, with a key that nobody can guess, the same for all its turns', () => {
		const kept = {};
		const target = targetOf(contextOf(PUBLIC, kept), PROVIDER);
		expect(target).toEqual({ resumeUrl: PUBLIC, key: expect.stringMatching(/^[0-9a-f]{24}$/) });
		expect(targetOf(contextOf(PUBLIC, kept), PROVIDER)).toEqual(target);
		expect(targetOf(contextOf(PUBLIC), PROVIDER)).not.toEqual(target);
	});

	test('an address that the provider cannot reach is told, with what to do and without the token', () => {
		const local = 'http://localhost:5678/webhook-waiting/42?signature=ab12';
		const hint = targetOf(contextOf(local), PROVIDER);
		expect(hint).toContain(
			'http://localhost:5678/webhook-waiting/42, which is not a public https address',
		);
		expect(hint).toMatch(/polls for the results.*N8N_WEBHOOK_URL/);
		expect(hint).not.toContain('ab12');
	});

	test.each(['http://127.0.0.1:8080', 'http://vidu-relay.local/ent'])(
		'a provider in the same network (%s) can reach any address',
		(baseUrl) => {
			const local = 'http://localhost:5678/webhook-waiting/42';
			expect(targetOf(contextOf(local), baseUrl)).toMatchObject({ resumeUrl: local });
		},
	);

	test.each([
		'https://n8n.example.com/webhook-waiting/1',
		'https://n8n.example.com:5678/prefix/webhook-waiting/1',
		'https://8.8.8.8/webhook-waiting/1',
		'https://[2001:db8::1]/webhook-waiting/1',
	])('the provider rings at %s', (url) => {
		expect(targetOf(contextOf(url), PROVIDER)).toMatchObject({ resumeUrl: url });
	});

	test.each([
		'http://localhost:5678/webhook-waiting/1',
		'https://127.0.0.1/webhook-waiting/1',
		'https://[::1]/webhook-waiting/1',
		'https://10.1.2.3/webhook-waiting/1',
		'https://192.168.0.7:5678/webhook-waiting/1',
		'https://172.20.0.2/webhook-waiting/1',
		'https://n8n:5678/webhook-waiting/1',
		'https://n8n.local/webhook-waiting/1',
		'https://[fd00::1]/webhook-waiting/1',
		'http://n8n.example.com/webhook-waiting/1',
		'n8n.example.com',
	])('it cannot at %s, which is told', (url) => {
		expect(targetOf(contextOf(url), PROVIDER)).toContain(url);
	});
});

import fc from 'fast-check';
import type { IWebhookFunctions } from 'n8n-workflow';
import { givenUrl, readCallback } from '../../nodes/Vidu/callbacks/incoming';
import { Marks, type Saved } from '../../nodes/Vidu/callbacks/marks';
import { PROVIDERS, findProvider } from '../../nodes/Vidu/providers';
import type { Provider } from '../../nodes/Vidu/providers/types';

describe('what was handled', () => {
	const day = 24 * 3600 * 1000;
	/** As n8n's database gives it back. */
	const stored = (marks: Marks) => JSON.parse(JSON.stringify(marks.saved)) as Saved;

	it('is known for as long as was asked, and forgotten soon after', () => {
		const times = fc.integer({ min: 0, max: 4e12 });
		fc.assert(
			fc.property(times, fc.integer({ min: 4, max: 10 * day }), fc.nat(), (now, age, later) => {
				const marks = new Marks();
				marks.add('a', now, age);
				expect(marks.has('a', now + (later % age))).toBe(true);
				expect(marks.has('b', now)).toBe(false);
				expect(marks.has('a', now + age * 1.25 + 1)).toBe(false);
			}),
		);
	});

	it('stays known when 10,000 others come after it, here and in what is saved', () => {
		const marks = new Marks();
		for (let i = 0; i <= 10_000; i++) marks.add(`nonce-${i}`, i, day);
		const next = new Marks();
		next.merge(stored(marks), 10_001);
		for (const i of [0, 1, 5_000, 10_000]) {
			expect(marks.has(`nonce-${i}`, 10_001)).toBe(true);
			expect(next.has(`nonce-${i}`, 10_001)).toBe(true);
		}
		expect(next.has('nonce-10001', 10_001)).toBe(false);
		expect(JSON.stringify(stored(marks)).length).toBeLessThan(82_000);
	});

	it('leaves nothing behind when it is too old', () => {
		const marks = new Marks();
		for (let i = 0; i < 100; i++) marks.add(`${i}`, i * day, day);
		expect(Object.values(stored(marks)).join('')).toHaveLength(8);
	});

	it('is new again when it is forgotten, also where it was saved meanwhile', () => {
		const marks = new Marks();
		marks.add('a', 0, day);
		marks.add('b', 0, day);
		const saved = stored(marks);
		marks.forget('a');
		marks.merge(saved, 1);
		expect([marks.has('a', 1), marks.has('b', 1)]).toEqual([false, true]);
		marks.add('a', 1, day);
		expect(marks.has('a', 1)).toBe(true);
	});

	it('of several processes adds up, whatever each of them saved', () => {
		const texts = fc.array(fc.string(), { maxLength: 20 });
		fc.assert(
			fc.property(texts, texts, (ours, theirs) => {
				const [one, two] = [new Marks(), new Marks()];
				for (const text of ours) one.add(text, 0, day);
				for (const text of theirs) two.add(text, 0, day);
				one.merge(stored(two), 1);
				two.merge(stored(one), 1);
				for (const text of [...ours, ...theirs]) {
					expect([one.has(text, 1), two.has(text, 1)]).toEqual([true, true]);
				}
				const before = JSON.stringify(stored(two));
				two.merge(stored(two), 1);
				expect(JSON.stringify(stored(two))).toBe(before);
			}),
		);
	});

	it('survives whatever stands in the place of what was saved', () => {
		fc.assert(
			fc.property(fc.anything(), (odd) => {
				const marks = new Marks();
				marks.add('a', 0, day);
				marks.merge(odd, 1);
				expect(marks.has('a', 1)).toBe(true);
			}),
		);
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

describe('the URL that a provider was given, in an n8n that tells the production URL alone', () => {
	const production = 'https://n8n.example/sub/webhook/5f1c/webhook';
	const givenIn = (mode: string) =>
		givenUrl(
			{
				getMode: () => mode,
				getNodeWebhookUrl: () => production,
				getRequestObject: () => ({ originalUrl: '/anything?row=7' }),
			} as unknown as IWebhookFunctions,
			undefined,
		);

	it('is that one when the workflow is published', () => {
		expect(givenIn('webhook')).toBe(`${production}?row=7`);
	});

	it('is the test URL while the editor listens', () => {
		expect(givenIn('manual')).toBe('https://n8n.example/sub/webhook-test/5f1c/webhook?row=7');
	});
});

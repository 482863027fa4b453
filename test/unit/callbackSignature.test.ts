import fc from 'fast-check';
import {
	splitUrl,
	verifySignature,
	type SignedRequest,
} from '../../nodes/Vidu/callbacks/signature';
import { keyOf } from '../../nodes/Vidu/providers/connection';
import { signCallback } from '../../sandbox/callbacks.mts';
import vectors from './vectors/callback-signature.json';

const SKEW = 300_000;
const WRONG = /does not match|no API key/;
const MALFORMED =
	/occurs more than once|^Expected|cannot be read|is malformed|header is missing|nonce is not signed/;
const at = Date.parse(vectors.headers.Date);
const lowerCase = (headers: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const KEY = 'vda_test_key';
const URL_GIVEN = 'https://n8n.example.com/webhook/abc?row=7';

/** A good callback, changed by `headers` (undefined takes one away) or `other`. */
function verify(headers: Record<string, unknown> = {}, other: Partial<SignedRequest> = {}) {
	const good = signCallback(
		KEY,
		URL_GIVEN,
		vectors.headers.Date,
		vectors.headers['x-request-nonce'],
	);
	return verifySignature({
		method: 'POST',
		url: URL_GIVEN,
		headers: lowerCase({ ...good, ...headers }),
		key: KEY,
		now: at,
		maxClockSkew: SKEW,
		...other,
	});
}

describe('the vectors', () => {
	const judge = ({ key, callbackUrl, signature }: (typeof vectors.valid)[number]) =>
		verify({ ...vectors.headers, 'X-HMAC-SIGNATURE': signature }, { key, url: callbackUrl });

	it.each(vectors.valid)('$callbackUrl is signed', (vector) => {
		expect(judge(vector)).toEqual({ nonce: vectors.headers['x-request-nonce'] });
	});

	it.each(vectors.invalid)('a $why is refused', (vector) => {
		expect(judge(vector)).toMatch(/does not match/);
	});
});

describe('a callback is refused', () => {
	it.each(Object.keys(signCallback('', '', '', '')))('without the header %s', (name) => {
		expect(verify({ [name]: undefined })).toBe('The callback is not signed');
		expect(verify({ [name]: '' })).toBe('The callback is not signed');
	});

	it.each([
		['another algorithm', { 'X-HMAC-ALGORITHM': 'hmac-sha512' }],
		['no algorithm', { 'X-HMAC-ALGORITHM': 'none' }],
		['another access key', { 'X-HMAC-ACCESS-KEY': 'admin' }],
		['a nonce that is not signed', { 'X-HMAC-SIGNED-HEADERS': 'Date' }],
		['a signed header that is not there', { 'X-HMAC-SIGNED-HEADERS': 'x-request-nonce;x-other' }],
		[
			'a header of the prototype',
			{ 'X-HMAC-SIGNED-HEADERS': 'x-request-nonce;__proto__;constructor' },
		],
		['very many signed headers', { 'X-HMAC-SIGNED-HEADERS': 'x-request-nonce;'.repeat(1000) }],
		['a header that came twice', { 'x-request-nonce': ['a', 'b'] }],
		['a nonce that came twice', { 'x-request-nonce': 'one, two' }],
		['a very long nonce', { 'x-request-nonce': 'n'.repeat(5000) }],
		['a Date that came twice', { Date: `${vectors.headers.Date}, ${vectors.headers.Date}` }],
		['a Date that is none', { Date: 'Tue, 99 May 2025 12:09:42 GMT' }],
		['a Date in another form', { Date: '2025-05-06T12:09:42Z' }],
	])('with %s', (_, headers) => {
		expect(verify(headers)).toMatch(MALFORMED);
	});

	it.each([
		['another key', {}, { key: 'vda_other' }],
		['no key in the credential', {}, { key: '' }],
		['another path', {}, { url: 'https://n8n.example.com/webhook/abd?row=7' }],
		['another query', {}, { url: 'https://n8n.example.com/webhook/abc?row=8' }],
		['another method', {}, { method: 'PUT' }],
		['another nonce', { 'x-request-nonce': '00000000-e89b-12d3-a456-426614174000' }, {}],
		['another Date', { Date: 'Tue, 06 May 2025 12:09:43 GMT' }, {}],
		['a short signature', { 'X-HMAC-SIGNATURE': 'AAAA' }, {}],
	])('made with %s', (_, headers, other) => {
		expect(verify(headers, other)).toMatch(WRONG);
	});

	it('signed with an empty key when the credential has none', () => {
		const forged = signCallback('', URL_GIVEN, vectors.headers.Date, 'nonce');
		expect(verify(forged, { key: '' })).toBe('The credential has no API key');
	});

	it('when its Date is further away than the clock skew, and not before', () => {
		for (const sign of [1, -1]) {
			expect(verify({}, { now: at + sign * SKEW })).toHaveProperty('nonce');
			expect(verify({}, { now: at + sign * (SKEW + 1) })).toMatch(/too long ago/);
		}
	});

	it('without its answer repeating what was sent or the key', () => {
		const sentences = [verify({ 'X-HMAC-ALGORITHM': '<b>' }), verify({}, { key: 'secret' })];
		expect(JSON.stringify(sentences)).not.toMatch(/<b>|secret/);
	});
});

const text = (characters: string) =>
	fc.string({ unit: fc.constantFrom(...characters), maxLength: 30 });
const path = text("abc/-_.~%20%E4%BD%A0:@!$&'()*+,;=你");
const query = text('abc=&/?%20+-_.~[]\'"你');
const url = fc
	.tuple(path, fc.option(query, { nil: undefined }))
	.map(([p, q]) => `https://n8n.example.com${p && `/${p}`}${q === undefined ? '' : `?${q}`}`);
const nonce = fc.uuid();
const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });

describe('any URL, key, nonce and time', () => {
	it('verifies what was signed, whatever the case of the listed headers', () => {
		fc.assert(
			fc.property(
				url,
				nonce,
				date,
				fc.string({ minLength: 1 }),
				fc.boolean(),
				(u, n, d, key, upper) => {
					const stamp = d.toUTCString();
					const headers = signCallback(
						key,
						u,
						stamp,
						n,
						upper ? 'DATE;X-Request-Nonce' : undefined,
					);
					const verdict = verify(headers, { url: u, key, now: Date.parse(stamp) });
					expect(verdict).toEqual({ nonce: n });
				},
			),
		);
	});

	it('refuses what was signed for another URL', () => {
		const parts = fc.string({
			unit: fc.constantFrom(...'aA0/-+=', '%20', '%E4%BD%A0', '你'),
			maxLength: 9,
		});
		const plain = fc
			.tuple(parts, parts)
			.map(([p, q]) => `https://n8n.example.com/${p}${q && `?${q}`}`);
		fc.assert(
			fc.property(plain, plain, (signed, given) => {
				const [a, b] = [splitUrl(signed), splitUrl(given)];
				const same = (p: string) => encodeURI(decodeURIComponent(p));
				fc.pre(a.query !== b.query || same(a.path) !== same(b.path));
				const headers = signCallback(KEY, signed, vectors.headers.Date, 'nonce');
				expect(verify(headers, { url: given })).toMatch(/does not match/);
			}),
		);
	});

	it('takes a percent-encoded path as it stands, or decoded', () => {
		const [encoded, decoded] = ['/webhook/%E4%BD%A0%20x', '/webhook/你 x'].map(
			(p) => `https://n8n.example.com${p}?q=%20`,
		) as [string, string];
		const accepts = (given: string, signed: string) =>
			typeof verify(signCallback(KEY, signed, vectors.headers.Date, 'nonce'), { url: given }) ===
			'object';
		expect([accepts(encoded, encoded), accepts(encoded, decoded)]).toEqual([true, true]);
		expect([accepts(decoded, decoded), accepts(decoded, encoded)]).toEqual([true, false]);
	});

	it('never throws, whatever the headers hold', () => {
		const values = fc.anything();
		fc.assert(
			fc.property(fc.array(values, { minLength: 6, maxLength: 6 }), fc.string(), (odd, anyUrl) => {
				const names = Object.keys(signCallback('', '', '', ''));
				const headers = Object.fromEntries(names.map((name, index) => [name, odd[index]]));
				expect(typeof verify(headers, { url: anyUrl })).toBe('string');
			}),
		);
	});
});

it.each([
	['vda_test_key', 'vda_test_key'],
	['  Token vda_test_key\n', 'vda_test_key'],
	['bearer\tvda_test_key', 'vda_test_key'],
	[undefined, ''],
])('the key %j of a credential is %j', (apiKey, key) => {
	expect(keyOf({ apiKey })).toBe(key);
});

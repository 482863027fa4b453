/** What a provider returns, without the key and in short. */
import { discreet, said } from '../../nodes/Vidu/providers/discreet';
import type { Provider } from '../../nodes/Vidu/providers/types';
import { vidu } from '../../nodes/Vidu/providers/vidu';

describe('a sentence of the provider', () => {
	it('is shown whole up to its limit, and beyond it is as long as the limit', () => {
		expect(said('12345', 5)).toBe('12345');
		expect(said('123456', 5)).toBe('1234…');
	});
});

describe('a response that echoes the key', () => {
	/** Every reader returns what it was given. */
	const echo = (key: string) => {
		const read = (body: unknown) => body as never;
		const readers: Partial<Provider> = {
			readCreate: read,
			readQuery: read,
			readError: (_, body) => body as never,
			list: { ...vidu.list, read } as Provider['list'],
			credits: { ...vidu.credits, read } as Provider['credits'],
			library: { ...vidu.library, read } as Provider['library'],
		};
		const { readCreate, readQuery, readError, list, credits, library } = discreet(
			{ ...vidu, ...readers },
			key,
		);
		const body = { [`at ${key}`]: [`key ${key}`] };
		return [
			readCreate(body, 'textToVideo'),
			readQuery(body, '7'),
			readError(400, body),
			...[list, credits, library].map((one) => one?.read(body)),
		];
	};

	it('is read without it everywhere', () => {
		expect(echo('vda_12345')).toEqual(Array(6).fill({ 'at •••': ['key •••'] }));
		expect(echo('12345678')).toEqual(Array(6).fill({ 'at •••': ['key •••'] }));
	});

	it('is left alone where the key is so short that it may be a word', () => {
		expect(echo('seconds')).toEqual(Array(6).fill({ 'at seconds': ['key seconds'] }));
	});
});
